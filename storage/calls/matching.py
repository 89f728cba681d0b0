"""Who is to hear of a call: subscribers by pillar and kind, and what their organisations are."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import case, col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.alerts import Interest
from storage.calls.records import CallPillar, GrantCall, Kind, Stage, State
from storage.calls.subscriptions import Pace, Profile, Size, Subscription, SubscriptionPillar
from storage.organisations import Kind as Sort
from storage.organisations import Organisation
from storage.people import Person
from storage.pillars import OrganisationPillar

WANTS = {
    Kind.NATIONAL: col(Subscription.national),
    Kind.EUROPEAN: col(Subscription.european),
    Kind.REGIONAL: col(Subscription.regional),
    Kind.VOUCHER: col(Subscription.voucher),
    Kind.INTERNATIONAL: col(Subscription.international),
}


class Hearer(NamedTuple):
    """`pillars` are those of the call by which they hear of it."""

    person_id: int
    organisation_id: int
    pillars: frozenset[int]


async def subscribers(session: AsyncSession, call: GrantCall) -> list[Hearer]:
    """All who want calls of that kind."""
    nothing: frozenset[int] = frozenset()
    return [Hearer(who, home, nothing) for who, home in await _subscribers(session, call)]


async def in_pillars(
    session: AsyncSession, call: GrantCall, pillars: Collection[int]
) -> list[Hearer]:
    """Those who have chosen one of the pillars, or none and whose organisation stands in one."""
    homes = await _organisations_in(session, pillars)
    chosen = await _chosen(session, pillars)
    nothing: frozenset[int] = frozenset()
    hearers = []
    for who, home in await _subscribers(session, call):
        theirs = chosen[who] if who in chosen else homes.get(home, nothing)
        if theirs:
            hearers.append(Hearer(who, home, theirs))
    return hearers


async def _chosen(session: AsyncSession, pillars: Collection[int]) -> dict[int, frozenset[int]]:
    """Of everybody who has chosen pillars, those among these; the engine adds them up as bits."""
    bits = {pillar_id: 1 << at for at, pillar_id in enumerate(pillars)}
    mask = func.sum(case(bits, value=col(SubscriptionPillar.pillar_id), else_=0))
    person_id = col(SubscriptionPillar.person_id)
    rows = await _rows(session, select(person_id, mask).group_by(person_id))
    sets = {
        each: frozenset(pillar_id for pillar_id, bit in bits.items() if each & bit)
        for each in {those for _, those in rows}
    }
    return {who: sets[those] for who, those in rows}


async def bidders(
    session: AsyncSession,
) -> Sequence[tuple[int, Sort, str | None, str | None, Size | None]]:
    """Of all organisations the id, kind, town, and the region and size that they have told."""
    query = sa.select(
        col(Organisation.id),
        col(Organisation.kind),
        col(Organisation.town),
        col(Profile.region),
        col(Profile.size),
    ).outerjoin(Profile, col(Profile.organisation_id) == Organisation.id)
    return await _rows(session, query)


async def places(session: AsyncSession, call_ids: Collection[int]) -> Sequence[CallPillar]:
    query = select(CallPillar).where(col(CallPillar.call_id).in_(call_ids))
    return (await session.exec(query)).all()


async def put_places(
    session: AsyncSession, call_ids: Collection[int], new: Sequence[CallPillar]
) -> None:
    """Instead of all that was not set by hand."""
    old = col(CallPillar.call_id).in_(call_ids), sa.not_(col(CallPillar.by_hand))
    await session.exec(delete(CallPillar).where(*old))
    session.add_all(new)
    await session.flush()


async def unsettled(session: AsyncSession, after: int, limit: int) -> Sequence[GrantCall]:
    """Calls that may still come before the manager, by their ids."""
    query = (
        select(GrantCall)
        .where(
            col(GrantCall.id) > after,
            col(GrantCall.stage).in_((Stage.QUIET, Stage.WAITING)),
            col(GrantCall.state).in_((State.FORECAST, State.OPEN)),
        )
        .order_by(col(GrantCall.id))
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def neutral(session: AsyncSession, limit: int) -> Sequence[GrantCall]:
    """Live ones that are open to any technology, the newest first."""
    live = col(GrantCall.state).in_((State.FORECAST, State.OPEN))
    query = (
        select(GrantCall)
        .where(sa.not_(col(GrantCall.topic)), live, col(GrantCall.programme) != "")
        .order_by(col(GrantCall.found_at).desc(), col(GrantCall.id).desc())
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def _subscribers(session: AsyncSession, call: GrantCall) -> list[tuple[int, int]]:
    """Verified members who can be written to and have not said that it is not for them, with
    their organisations."""
    person_id = col(Subscription.person_id)
    query = (
        select(person_id, col(Person.organisation_id))
        .join(Person, col(Person.id) == person_id)
        .where(
            WANTS[call.kind],
            col(Subscription.pace) != Pace.OFF,
            col(Person.verified_at).is_not(None),
            col(Person.organisation_id).is_not(None),
            col(Person.telegram_id).is_not(None),
            col(Person.reachable),
        )
    )
    refusing = select(Interest.person_id).where(
        Interest.call_id == call.id,
        sa.or_(col(Interest.unfit).is_not(None), sa.not_(col(Interest.following))),
    )
    refused = set((await session.exec(refusing)).all())
    return [(who, home) for who, home in await _rows(session, query) if who not in refused]


async def _organisations_in(
    session: AsyncSession, pillars: Collection[int]
) -> dict[int, frozenset[int]]:
    query = select(OrganisationPillar).where(col(OrganisationPillar.pillar_id).in_(pillars))
    homes: dict[int, set[int]] = {}
    for each in await session.exec(query):
        homes.setdefault(each.organisation_id, set()).add(each.pillar_id)
    return {home: frozenset(those) for home, those in homes.items()}


async def _rows(session: AsyncSession, query: Any) -> Sequence[Any]:
    found: Sequence[Any] = (await session.exec(query)).all()
    return found

"""What a year of calls was: those that were sent, followed and bid for."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.alerts import Interest
from storage.calls.bids import Bid, PartnerAsked, PartnerSearch
from storage.calls.records import CallPillar, GrantCall, Stage
from storage.organisations import Organisation
from storage.people import Person

AT_ONCE = 500


async def sent(
    session: AsyncSession, since: datetime, until: datetime
) -> Sequence[tuple[int, str]]:
    """Calls that were brought to members then: ids and programmes."""
    query = select(GrantCall.id, GrantCall.programme).where(
        GrantCall.stage == Stage.SENT,
        col(GrantCall.settled_at) >= since,
        col(GrantCall.settled_at) < until,
    )
    return [(key, programme) for key, programme in await session.exec(query) if key is not None]


async def followed(
    session: AsyncSession, since: datetime, until: datetime
) -> Sequence[tuple[int, str, int]]:
    """Calls that people began to follow then, and still do: ids, programmes and how many."""
    query = (
        select(GrantCall.id, GrantCall.programme, func.count())
        .join(Interest, col(Interest.call_id) == GrantCall.id)
        .where(
            col(Interest.following),
            col(Interest.since) >= since,
            col(Interest.since) < until,
        )
        .group_by(col(GrantCall.id), col(GrantCall.programme))
    )
    found = (await session.exec(query)).all()
    return [(key, programme, number) for key, programme, number in found if key is not None]


async def bids(
    session: AsyncSession, since: datetime, until: datetime
) -> Sequence[tuple[Bid, GrantCall, Organisation, Person | None]]:
    """Those of calls whose last deadline was then; where there is none, those begun then."""
    deadline, begun = col(GrantCall.last_deadline_at), col(Bid.since)
    query = (
        select(Bid, GrantCall, Organisation, Person)
        .join(GrantCall, col(GrantCall.id) == Bid.call_id)
        .join(Organisation, col(Organisation.id) == Bid.organisation_id)
        .outerjoin(Person, col(Person.id) == Bid.person_id)
        .where(
            or_(
                and_(deadline >= since, deadline < until),
                and_(deadline.is_(None), begun >= since, begun < until),
            )
        )
        .order_by(deadline, col(Organisation.folded), col(Bid.id))
    )
    return (await session.exec(query)).all()


async def searches(session: AsyncSession, since: datetime, until: datetime) -> tuple[int, int]:
    """How often a partner was looked for then, and how many found each other."""
    began = (col(PartnerSearch.began_at) >= since, col(PartnerSearch.began_at) < until)
    all_of_them = select(func.count()).select_from(PartnerSearch).where(*began)
    met = (
        select(func.count())
        .select_from(PartnerAsked)
        .join(PartnerSearch, col(PartnerSearch.id) == PartnerAsked.search_id)
        .where(*began, col(PartnerAsked.met_at).is_not(None))
    )
    return (await session.exec(all_of_them)).one(), (await session.exec(met)).one()


async def pillars_of(session: AsyncSession, calls: Collection[int]) -> dict[int, list[int]]:
    query = select(CallPillar.call_id, CallPillar.pillar_id)
    found: dict[int, list[int]] = {}
    wanted = sorted(calls)
    for start in range(0, len(wanted), AT_ONCE):
        some = query.where(col(CallPillar.call_id).in_(wanted[start : start + AT_ONCE]))
        for call_id, pillar_id in await session.exec(some):
            found.setdefault(call_id, []).append(pillar_id)
    return found


async def first_year(session: AsyncSession) -> datetime | None:
    """When the first call was sent or the first bid was begun."""
    of_calls = select(func.min(col(GrantCall.settled_at))).where(GrantCall.stage == Stage.SENT)
    of_bids = select(func.min(col(Bid.since)))
    found = [(await session.exec(of_calls)).one(), (await session.exec(of_bids)).one()]
    return min((each for each in found if each is not None), default=None)

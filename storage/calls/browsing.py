"""Calls that people leaf through: those that were sent and are not over, and what a card shows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import bindparam, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.alerts import Interest
from storage.calls.history import Change
from storage.calls.records import CallPillar, Deadline, GrantCall, Kind, Stage, State
from storage.calls.subscriptions import Profile, SubscriptionPillar
from storage.database import Moment
from storage.pillars import Pillar

CALL = GrantCall.__table__  # type: ignore[attr-defined]
DEADLINE = Deadline.__table__  # type: ignore[attr-defined]
STANDS = CallPillar.__table__  # type: ignore[attr-defined]
NOW = bindparam("now", type_=Moment)
ALIVE = (State.FORECAST, State.OPEN)
COMING = sa.and_(
    CALL.c.stage == Stage.SENT,
    CALL.c.state.in_(ALIVE),
    sa.or_(CALL.c.last_deadline_at.is_(None), CALL.c.last_deadline_at > NOW),
)
NEXT = (
    sa.select(sa.func.min(DEADLINE.c.at))
    .where(DEADLINE.c.call_id == CALL.c.id, DEADLINE.c.at > NOW)
    .scalar_subquery()
)
GLANCES = (
    sa.select(CALL.c.id, CALL.c.kind, CALL.c.state, CALL.c.topic, CALL.c.opens_at, NEXT)
    .where(COMING)
    .order_by(CALL.c.last_deadline_at, CALL.c.id)
    .limit(bindparam("limit"))
)
PLACES = (
    sa.select(STANDS.c.call_id, STANDS.c.pillar_id)
    .join(CALL, CALL.c.id == STANDS.c.call_id)
    .where(COMING)
)


@dataclass(frozen=True, slots=True)
class Glance:
    """What a call is sorted and filtered by."""

    id: int
    kind: Kind
    state: State
    topic: bool
    opens_at: datetime | None
    deadline_at: datetime | None  # the next one
    pillars: frozenset[int]


async def coming(session: AsyncSession, now: datetime, limit: int) -> list[Glance]:
    """Those that were sent and can still be bid for, or are expected."""
    connection = await session.connection()
    places: dict[int, set[int]] = {}
    for call_id, pillar_id in await connection.execute(PLACES, {"now": now}):
        places.setdefault(call_id, set()).add(pillar_id)
    rows = await connection.execute(GLANCES, {"now": now, "limit": limit})
    return [Glance(*row, frozenset(places.get(row[0], ()))) for row in rows]


async def find(session: AsyncSession, call_id: int) -> GrantCall | None:
    return await session.get(GrantCall, call_id)


async def deadlines(
    session: AsyncSession, call_ids: Collection[int]
) -> dict[int, Sequence[Deadline]]:
    query = select(Deadline).where(col(Deadline.call_id).in_(call_ids))
    found: dict[int, list[Deadline]] = {}
    for each in (await session.exec(query.order_by(col(Deadline.at), col(Deadline.id)))).all():
        found.setdefault(each.call_id, []).append(each)
    return dict(found)


async def pillars(
    session: AsyncSession, call_ids: Collection[int]
) -> dict[int, Sequence[tuple[Pillar, CallPillar]]]:
    query = (
        select(Pillar, CallPillar)
        .join(CallPillar, col(CallPillar.pillar_id) == Pillar.id)
        .where(col(CallPillar.call_id).in_(call_ids))
        .order_by(col(Pillar.position))
    )
    found: dict[int, list[tuple[Pillar, CallPillar]]] = {}
    for pillar, place in (await session.exec(query)).all():
        found.setdefault(place.call_id, []).append((pillar, place))
    return dict(found)


async def interests(session: AsyncSession, person_id: int) -> dict[int, Interest]:
    """What somebody has said of calls, by their ids."""
    query = select(Interest).where(Interest.person_id == person_id)
    return {each.call_id: each for each in (await session.exec(query)).all()}


async def chosen_pillars(session: AsyncSession, person_id: int) -> Sequence[int]:
    query = select(SubscriptionPillar.pillar_id).where(SubscriptionPillar.person_id == person_id)
    return (await session.exec(query)).all()


async def profile(session: AsyncSession, organisation_id: int) -> Profile | None:
    return await session.get(Profile, organisation_id)


async def last_changes(session: AsyncSession, call_id: int, limit: int) -> Sequence[Change]:
    """The newest first."""
    query = select(Change).where(Change.call_id == call_id)
    newest = query.order_by(col(Change.found_at).desc(), col(Change.id).desc())
    return (await session.exec(newest.limit(limit))).all()


async def changes(session: AsyncSession, call_ids: Collection[int]) -> dict[int, int]:
    """How often each has changed, where it ever has."""
    query = (
        select(Change.call_id, func.count())
        .where(col(Change.call_id).in_(call_ids))
        .group_by(col(Change.call_id))
    )
    return dict((await session.exec(query)).all())


async def followed(
    session: AsyncSession, person_id: int, since: datetime
) -> Sequence[tuple[GrantCall, datetime]]:
    """The calls that somebody follows with a deadline after `since`, and since when they do."""
    query = (
        select(GrantCall, Interest.since)
        .join(Interest, col(Interest.call_id) == GrantCall.id)
        .where(
            Interest.person_id == person_id,
            col(Interest.following),
            or_(col(GrantCall.last_deadline_at) > since, col(GrantCall.internal_at) > since),
        )
        .order_by(col(GrantCall.id))
    )
    return (await session.exec(query)).all()


async def sent(session: AsyncSession, since: datetime, limit: int) -> Sequence[GrantCall]:
    """Those that were sent with a deadline after `since`, the next first."""
    query = (
        select(GrantCall)
        .where(GrantCall.stage == Stage.SENT, col(GrantCall.last_deadline_at) > since)
        .order_by(col(GrantCall.last_deadline_at), col(GrantCall.id))
    )
    return (await session.exec(query.limit(limit))).all()

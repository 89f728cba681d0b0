"""Questions about bids: of an organisation, of a person, and those we are to speak about."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import and_, case, col, exists, func, not_, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.alerts import Interest
from storage.calls.bids import Bid
from storage.calls.records import CallPillar, GrantCall, State
from storage.people import Person

FOLLOWED = and_(col(Interest.following), col(Interest.unfit).is_(None))


async def call(session: AsyncSession, call_id: int, *, lock: bool = False) -> GrantCall | None:
    return await session.get(GrantCall, call_id, with_for_update=lock, populate_existing=lock)


async def find(session: AsyncSession, bid_id: int, *, lock: bool = False) -> Bid | None:
    return await session.get(Bid, bid_id, with_for_update=lock, populate_existing=lock)


async def of_organisation(
    session: AsyncSession, call_id: int, organisation_id: int, *, lock: bool = False
) -> Bid | None:
    query = select(Bid).where(Bid.call_id == call_id, Bid.organisation_id == organisation_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(query)).first()


async def of_call(session: AsyncSession, call_id: int) -> Sequence[Bid]:
    """Those that somebody handles or that were handed in, the oldest first."""
    query = select(Bid).where(
        Bid.call_id == call_id, or_(col(Bid.person_id).is_not(None), col(Bid.handed).is_not(None))
    )
    return (await session.exec(query.order_by(col(Bid.id)))).all()


async def of_person(session: AsyncSession, person_id: int) -> Sequence[Bid]:
    query = select(Bid).where(Bid.person_id == person_id).order_by(col(Bid.id))
    return (await session.exec(query)).all()


async def pillars(session: AsyncSession, call_id: int) -> Sequence[CallPillar]:
    """Those of the call, the surest first."""
    query = select(CallPillar).where(CallPillar.call_id == call_id)
    return (await session.exec(query.order_by(col(CallPillar.score).desc()))).all()


async def moved(session: AsyncSession, limit: int) -> Sequence[Bid]:
    """Those whose call has another deadline, or is off, since we last made a plan for them."""
    off = GrantCall.state == State.CANCELLED
    deadline = case((off, None), else_=col(GrantCall.last_deadline_at))
    planned = col(Bid.deadline_at)
    one_is_none = or_(
        and_(deadline.is_(None), planned.is_not(None)),
        and_(deadline.is_not(None), planned.is_(None)),
    )
    query = (
        select(Bid)
        .join(GrantCall, col(GrantCall.id) == Bid.call_id)
        .where(or_(deadline != planned, one_is_none, and_(off, col(Bid.due_at).is_not(None))))
        .order_by(col(Bid.id))
    )
    return (await session.exec(query.limit(limit).with_for_update(skip_locked=True, of=Bid))).all()


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[Bid]:
    query = select(Bid).where(col(Bid.due_at) <= now).order_by(col(Bid.due_at), col(Bid.id))
    return (await session.exec(query.limit(limit).with_for_update(skip_locked=True))).all()


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    query = select(func.min(col(Bid.due_at))).where(col(Bid.due_at) > now)
    return (await session.exec(query)).one()


async def followed_in_vain(
    session: AsyncSession, since: datetime, until: datetime, limit: int
) -> Sequence[tuple[int, int]]:
    """Calls whose last deadline was between, with the organisations in which somebody follows
    them and nobody ever said whether they bid."""
    told = exists().where(
        col(Bid.call_id) == Interest.call_id, col(Bid.organisation_id) == Person.organisation_id
    )
    query = (
        select(Interest.call_id, Person.organisation_id)
        .join(Person, col(Person.id) == Interest.person_id)
        .join(GrantCall, col(GrantCall.id) == Interest.call_id)
        .where(
            FOLLOWED,
            col(Person.verified_at).is_not(None),
            col(Person.organisation_id).is_not(None),
            col(GrantCall.last_deadline_at) > since,
            col(GrantCall.last_deadline_at) <= until,
            GrantCall.state != State.CANCELLED,
            not_(told),
        )
        .distinct()
        .limit(limit)
    )
    found = (await session.exec(query)).all()
    return [(call_id, where) for call_id, where in found if where is not None]


async def followers(
    session: AsyncSession, call_id: int, organisation_id: int, limit: int
) -> Sequence[Person]:
    """Reachable people of an organisation who follow a call, those who have longest first."""
    query = (
        select(Person)
        .join(Interest, col(Interest.person_id) == Person.id)
        .where(
            Interest.call_id == call_id,
            FOLLOWED,
            Person.organisation_id == organisation_id,
            col(Person.verified_at).is_not(None),
            col(Person.telegram_id).is_not(None),
            col(Person.reachable),
        )
        .order_by(col(Interest.since), col(Person.id))
    )
    return (await session.exec(query.limit(limit))).all()

"""Questions about ideas for the one bid that the whole cluster may hand in."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import and_, col, func, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.bids import Idea
from storage.calls.records import GrantCall, Stage, State
from storage.organisations import Organisation
from storage.people import Person


async def find(session: AsyncSession, idea_id: int) -> Idea | None:
    return await session.get(Idea, idea_id)


async def of_organisation(
    session: AsyncSession, call_id: int, organisation_id: int
) -> Idea | None:
    query = select(Idea).where(Idea.call_id == call_id, Idea.organisation_id == organisation_id)
    return (await session.exec(query)).first()


async def of_call(
    session: AsyncSession, call_id: int
) -> Sequence[tuple[Idea, Organisation, Person]]:
    """With whose they are, in the order in which they came."""
    query = (
        select(Idea, Organisation, Person)
        .join(Organisation, col(Organisation.id) == Idea.organisation_id)
        .join(Person, col(Person.id) == Idea.person_id)
        .where(Idea.call_id == call_id)
        .order_by(col(Idea.given_at), col(Idea.id))
    )
    return (await session.exec(query)).all()


async def of_person(session: AsyncSession, person_id: int) -> Sequence[Idea]:
    query = select(Idea).where(Idea.person_id == person_id).order_by(col(Idea.id))
    return (await session.exec(query)).all()


async def chosen(session: AsyncSession, call_id: int) -> Idea | None:
    query = select(Idea).where(Idea.call_id == call_id, col(Idea.chosen_at).is_not(None))
    return (await session.exec(query)).first()


async def count(session: AsyncSession, call_id: int) -> int:
    query = select(func.count()).select_from(Idea).where(Idea.call_id == call_id)
    return (await session.exec(query)).one()


async def to_be_told(session: AsyncSession, now: datetime, limit: int) -> Sequence[GrantCall]:
    """Calls with but one bid whose ideas are due, and the managers have not heard of it."""
    query = select(GrantCall).where(*_COLLECTING, col(GrantCall.internal_at) <= now)
    return (await session.exec(query.limit(limit).with_for_update(skip_locked=True))).all()


async def next_told(session: AsyncSession, now: datetime) -> datetime | None:
    query = select(func.min(col(GrantCall.internal_at))).where(
        *_COLLECTING, col(GrantCall.internal_at) > now
    )
    return (await session.exec(query)).one()


_COLLECTING = (
    col(GrantCall.one_bid),
    or_(
        col(GrantCall.ideas_told_at).is_(None),
        col(GrantCall.ideas_told_at) < col(GrantCall.internal_at),
    ),
    GrantCall.stage == Stage.SENT,
    GrantCall.state != State.CANCELLED,
)


async def silence_before(session: AsyncSession, before: datetime) -> None:
    """Empty ideas for calls that were over by then."""
    over = select(GrantCall.id).where(col(GrantCall.last_deadline_at) < before)
    said = and_(col(Idea.text) != "", col(Idea.call_id).in_(over))
    await session.exec(update(Idea).where(said).values(text=""))

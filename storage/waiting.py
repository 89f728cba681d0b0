"""What waits for the team, in numbers: each is one quick count."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from storage import confirmations
from storage.calls import desk as calls
from storage.groups.chats import GroupChat, Health
from storage.instruments.enquiries import LIVE, Enquiry
from storage.instruments.enquiries import State as Asked
from storage.letters import Letter
from storage.workshops.events import Part, State, Workshop


@dataclass(frozen=True)
class Waiting:
    people: int  # who asked to be confirmed as members
    calls: int  # new ones that wait for a yes
    enquiries: int  # without an answer, or left to the manager
    undated: int  # events with a preliminary date
    letters: int
    groups: int  # of pillars, in which the bot lacks a right or is no more

    def __bool__(self) -> bool:
        return any(vars(self).values())


async def for_the_team(session: AsyncSession, now: datetime, silent_since: datetime) -> Waiting:
    """An enquiry counts when nobody has answered it since `silent_since`."""
    return Waiting(
        await confirmations.count_waiting(session),
        await calls.waiting(session),
        await _count(session, _enquiries(silent_since)),
        await _count(session, _undated(now)),
        await _count(session, _letters()),
        await _count(session, _groups()),
    )


async def _count(session: AsyncSession, query: SelectOfScalar[int]) -> int:
    return (await session.exec(query)).one()


def _enquiries(silent_since: datetime) -> SelectOfScalar[int]:
    silent = and_(col(Enquiry.state) == Asked.WAITING, col(Enquiry.asked_at) <= silent_since)
    left = and_(col(Enquiry.with_manager), col(Enquiry.state).in_(LIVE))
    return select(func.count(col(Enquiry.id))).where(or_(silent, left))


def _undated(now: datetime) -> SelectOfScalar[int]:
    coming = select(Part.workshop_id).where(col(Part.starts_at) > now)
    return select(func.count(col(Workshop.id))).where(
        col(Workshop.provisional),
        col(Workshop.state) != State.CANCELLED,
        col(Workshop.id).in_(coming),
    )


def _letters() -> SelectOfScalar[int]:
    return select(func.count(col(Letter.id))).where(
        ~col(Letter.from_team), col(Letter.closed_at).is_(None)
    )


def _groups() -> SelectOfScalar[int]:
    return select(func.count(col(GroupChat.id))).where(
        col(GroupChat.until).is_(None), col(GroupChat.health) != Health.READY
    )

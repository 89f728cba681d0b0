"""The message of an event that stays up to date in the chats of those who lead it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel, col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import LongId, Moment
from storage.people import Person
from storage.workshops.events import Part


class Board(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    message_id: int | None = Field(default=None, sa_type=LongId)  # None: not heard of yet
    sent_as: str  # the key of what went out about it last
    shown: str = ""  # a digest of what it says, so that only what differs is edited
    shown_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


async def find(session: AsyncSession, workshop_id: int, person_id: int) -> Board | None:
    query = select(Board).where(Board.workshop_id == workshop_id, Board.person_id == person_id)
    return (await session.exec(query)).first()


async def row(session: AsyncSession, board_id: int) -> Board | None:
    """The board to be changed."""
    return await session.get(Board, board_id, with_for_update=True)


async def hung(session: AsyncSession) -> Sequence[tuple[Board, Person]]:
    """All there are, by event, with whose they are."""
    query = select(Board, Person).join(Person, col(Person.id) == Board.person_id)
    return (await session.exec(query.order_by(col(Board.workshop_id), col(Board.id)))).all()


async def outlived(session: AsyncSession, before: datetime) -> Sequence[int]:
    """The ids of events that ended before then and still have a board."""
    query = (
        select(Board.workshop_id)
        .join(Part, col(Part.workshop_id) == Board.workshop_id)
        .group_by(col(Board.workshop_id))
        .having(func.max(Part.ends_at) < before)
    )
    return (await session.exec(query)).all()


async def remove(session: AsyncSession, board_id: int) -> None:
    await session.exec(delete(Board).where(col(Board.id) == board_id))


async def remove_of(session: AsyncSession, person_id: int) -> None:
    await session.exec(delete(Board).where(col(Board.person_id) == person_id))

"""Secret addresses from which a calendar reads somebody's events."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, bindparam, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment
from storage.workshops.events import EVENT_COLUMNS, PART, SLOT_COLUMNS, WORKSHOP, Event, Slot
from storage.workshops.seats import SEAT


class CalendarFeed(SQLModel, table=True):
    __tablename__ = "calendar_feed"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", unique=True)
    digest: str = Field(unique=True)  # SHA-256 of the token, in hex
    made_at: datetime = Field(sa_type=Moment)


ENTRIES = (
    sa.select(SEAT.c.taken_at, *EVENT_COLUMNS, *SLOT_COLUMNS)
    .join_from(SEAT, PART, PART.c.id == SEAT.c.part_id)
    .join(WORKSHOP, WORKSHOP.c.id == PART.c.workshop_id)
    .where(
        SEAT.c.person_id == bindparam("person_id"),
        SEAT.c.seated_at.is_not(None),
        PART.c.ends_at > bindparam("since", type_=Moment),
    )
    .order_by(PART.c.starts_at, PART.c.id)
)


async def by_digest(session: AsyncSession, digest: str) -> CalendarFeed | None:
    query = select(CalendarFeed).where(CalendarFeed.digest == digest)
    return (await session.exec(query)).first()


async def of_person(session: AsyncSession, person_id: int) -> CalendarFeed | None:
    query = select(CalendarFeed).where(CalendarFeed.person_id == person_id)
    return (await session.exec(query)).first()


async def remove(session: AsyncSession, person_id: int) -> None:
    await session.exec(delete(CalendarFeed).where(col(CalendarFeed.person_id) == person_id))


async def entries(
    session: AsyncSession, person_id: int, since: datetime
) -> Sequence[tuple[datetime, Event]]:
    """The parts in which somebody sits that end after `since`, in the order of time: when they
    signed up, and the event with that part alone."""
    connection = await session.connection()
    values = {"person_id": person_id, "since": since}
    rows = (await connection.execute(ENTRIES, values)).all()
    width = 1 + len(EVENT_COLUMNS)
    return [(row[0], Event((Slot(*row[width:]),), *row[1:width])) for row in rows]

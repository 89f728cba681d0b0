"""When people are to be reminded of what: rows, so that a late or a doubled tick does no harm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Index, func, text
from sqlmodel import Field, SQLModel, and_, col, delete, exists, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment, stored
from storage.people import Person
from storage.workshops.check_ins import CheckIn
from storage.workshops.events import Part, Workshop
from storage.workshops.invitees import is_for
from storage.workshops.ratings import Rating
from storage.workshops.seats import Seat


class Kind(StrEnum):
    WEEK_BEFORE = "week_before"
    WILL_YOU_COME = "will_you_come"
    DAY_BEFORE = "day_before"
    SOON = "soon"
    LINK = "link"  # of an online part
    NEXT_DAY = "next_day"
    EVENING = "evening"
    AFTERWARDS = "afterwards"
    NUDGE = "nudge"
    CERTIFICATE = "certificate"
    HALF_A_YEAR = "half_a_year"


class Reminder(SQLModel, table=True):
    """Of the parts of an event that start from `since` up to and with `until`.

    People are told in the order of their ids, some at a time: `told_up_to` is the last of them.
    Ids are never used twice, because what was sent is known by them.
    """

    __table_args__ = (
        Index(
            "ix_reminder_open",
            "due_at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    kind: Kind = Field(sa_type=stored(Kind))
    since: datetime = Field(sa_type=Moment)
    until: datetime = Field(sa_type=Moment)
    due_at: datetime = Field(sa_type=Moment)
    told_up_to: int = 0
    done_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


@dataclass(frozen=True, slots=True)
class Whom:
    """Those who have sat in one of `parts` since `seated_by` at the latest, and so on.

    Whom the event is not for any more is none of them.
    """

    workshop_id: int
    parts: Sequence[int]
    seated_by: datetime
    registered_by: datetime | None = None  # took their place by then
    unconfirmed: bool = False  # have not said yet that they will come
    neither_in: Sequence[int] = ()  # sit in none of these parts
    also_in: Sequence[int] | None = None  # sit in one of these parts too
    checked_in: bool = False  # to most of the parts in which they sit
    present: bool = False  # were checked in, or nobody was
    unrated: bool = False  # have said nothing of any part


@dataclass(frozen=True, slots=True)
class Place:
    """A seat as reminders see it."""

    person_id: int
    part_id: int
    taken_at: datetime
    confirmed_at: datetime | None


SEAT = Seat.__table__  # type: ignore[attr-defined]
CAME = CheckIn.__table__  # type: ignore[attr-defined]
RATED = Rating.__table__  # type: ignore[attr-defined]


async def due(
    session: AsyncSession, now: datetime, limit: int, kinds: Sequence[Kind]
) -> Sequence[Reminder]:
    """Those of these `kinds` that are not done, the longest due first."""
    open_ones = select(Reminder).where(
        col(Reminder.done_at).is_(None), Reminder.due_at <= now, col(Reminder.kind).in_(kinds)
    )
    ordered = open_ones.order_by(col(Reminder.due_at), col(Reminder.id)).limit(limit)
    return (await session.exec(ordered.with_for_update(skip_locked=True))).all()


async def people(session: AsyncSession, whom: Whom, *, after: int, limit: int) -> Sequence[Person]:
    """The next of them, in the order of their ids."""
    who = _seated(whom.parts).where(SEAT.c.seated_at <= whom.seated_by)
    if whom.registered_by is not None:
        who = who.where(SEAT.c.taken_at <= whom.registered_by)
    if whom.unconfirmed:
        who = who.where(SEAT.c.confirmed_at.is_(None))
    query = (
        select(Person)
        .join(Workshop, col(Workshop.id) == whom.workshop_id)
        .where(col(Person.id).in_(who), col(Person.id) > after, is_for(), *_narrowed(whom))
        .order_by(col(Person.id))
        .limit(limit)
    )
    return (await session.exec(query)).all()


def _narrowed(whom: Whom) -> list["ColumnElement[bool]"]:
    person = col(Person.id)
    found: list[ColumnElement[bool]] = []
    if whom.neither_in:
        found.append(person.not_in(_seated(whom.neither_in)))
    if whom.also_in is not None:
        found.append(person.in_(_seated(whom.also_in)))
    came = sa.select(CAME.c.person_id).where(CAME.c.part_id.in_(whom.parts))
    if whom.checked_in:
        found += [person.in_(came), _came_to_most(whom.parts)]
    if whom.present:
        found.append(or_(person.in_(came), ~came.exists()))
    if whom.unrated:
        rated = sa.select(RATED.c.person_id).where(RATED.c.part_id.in_(whom.parts))
        found.append(person.not_in(rated))
    return found


def _came_to_most(part_ids: Sequence[int]) -> "ColumnElement[bool]":
    """To at least four of five parts in which they sit."""
    mine = col(Person.id)
    came = sa.select(func.count()).where(CAME.c.part_id.in_(part_ids), CAME.c.person_id == mine)
    sat = _seated(part_ids).where(SEAT.c.person_id == mine).with_only_columns(func.count())
    return came.scalar_subquery() * 5 >= sat.scalar_subquery() * 4


def _seated(part_ids: Sequence[int]) -> "sa.Select[Any]":
    """The ids of those who sit there."""
    return sa.select(SEAT.c.person_id).where(
        SEAT.c.part_id.in_(part_ids), SEAT.c.seated_at.is_not(None)
    )


async def places(
    session: AsyncSession, part_ids: Sequence[int], person_ids: Sequence[int]
) -> Sequence[Place]:
    """Where these people sit."""
    query = sa.select(
        SEAT.c.person_id, SEAT.c.part_id, SEAT.c.taken_at, SEAT.c.confirmed_at
    ).where(
        SEAT.c.part_id.in_(part_ids),
        SEAT.c.person_id.in_(person_ids),
        SEAT.c.seated_at.is_not(None),
    )
    connection = await session.connection()
    return [Place(*row) for row in await connection.execute(query)]


async def rhythm(session: AsyncSession, workshop_id: int) -> dict[str, Any]:
    """Where the event's own is not the usual one."""
    query = select(Workshop.rhythm).where(Workshop.id == workshop_id)
    return dict((await session.exec(query)).one())


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    """When the next reminder will be due that anybody is to get."""
    about = and_(
        col(Part.workshop_id) == Reminder.workshop_id,
        col(Part.starts_at).between(Reminder.since, Reminder.until),
    )
    seated = col(Seat.seated_at).is_not(None)
    somebody = exists().where(about, col(Seat.part_id) == Part.id, seated)
    coming = select(func.min(Reminder.due_at)).where(
        col(Reminder.done_at).is_(None), Reminder.due_at > now, somebody
    )
    return (await session.exec(coming)).one()


async def of_workshop(session: AsyncSession, workshop_id: int) -> Sequence[Reminder]:
    query = select(Reminder).where(Reminder.workshop_id == workshop_id)
    return (await session.exec(query.order_by(col(Reminder.due_at)))).all()


async def drop_coming(session: AsyncSession, workshop_id: int, now: datetime) -> None:
    """Forget those that are not due yet; what is being told goes on."""
    coming = delete(Reminder).where(
        col(Reminder.workshop_id) == workshop_id, col(Reminder.due_at) > now
    )
    await session.exec(coming)


async def drop_all(session: AsyncSession, workshop_id: int) -> None:
    await session.exec(delete(Reminder).where(col(Reminder.workshop_id) == workshop_id))

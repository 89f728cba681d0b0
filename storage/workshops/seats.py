"""Who has a seat in a part of an event, and who waits for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Index, UniqueConstraint, func, text
from sqlmodel import Field, SQLModel, bindparam, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment
from storage.organisations import Organisation
from storage.people import Person
from storage.workshops.events import PART, WORKSHOP, Part, Workshop
from storage.workshops.invitees import is_for


class Seat(SQLModel, table=True):
    """A place in a part. Those who wait do so in the order of their ids."""

    __table_args__ = (
        UniqueConstraint("part_id", "person_id"),
        Index("ix_seat_order", "part_id", "id"),
        Index(
            "ix_seat_waiting",
            "part_id",
            "id",
            sqlite_where=text("seated_at IS NULL"),
            postgresql_where=text("seated_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    part_id: int = Field(foreign_key="part.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    taken_at: datetime = Field(sa_type=Moment)
    seated_at: datetime | None = Field(default=None, sa_type=Moment)  # None: waits
    rose: bool = False  # waited before they sat
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)  # said that they will come
    told_number: int | None = None  # the last number in the line that they were told
    told_at: datetime | None = Field(default=None, sa_type=Moment)  # when that was pushed to them


@dataclass(frozen=True, slots=True)
class Standing:
    """How many have a place in a part, how many of them wait, and what the person has there."""

    taken: int
    waiting: int
    mine: int | None  # the id of the seat
    seated_at: datetime | None
    confirmed_at: datetime | None

    @property
    def sitting(self) -> int:
        return self.taken - self.waiting


@dataclass(frozen=True, slots=True)
class Place:
    """A place that somebody takes; without `seated_at` they wait."""

    part_id: int
    seated_at: datetime | None
    told_number: int | None = None


@dataclass(frozen=True, slots=True)
class Attendee:
    place: int  # from 1, those who wait behind those who sit
    first_name: str
    last_name: str
    organisation: str
    taken_at: datetime
    seated_at: datetime | None
    confirmed_at: datetime | None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def waits(self) -> bool:
        return self.seated_at is None


NOBODY = Standing(taken=0, waiting=0, mine=None, seated_at=None, confirmed_at=None)
SEAT = Seat.__table__  # type: ignore[attr-defined]
MINE = SEAT.alias("mine")
PERSON = Person.__table__  # type: ignore[attr-defined]
TAKE = sa.insert(SEAT)
GIVE_BACK = sa.delete(SEAT).where(
    SEAT.c.part_id == bindparam("part_id"), SEAT.c.person_id == bindparam("person_id")
)
TAKEN = sa.select(func.count()).where(SEAT.c.part_id == PART.c.id).scalar_subquery()
WAITING = (
    sa.select(func.count())
    .where(SEAT.c.part_id == PART.c.id, SEAT.c.seated_at.is_(None))
    .scalar_subquery()
)
STANDING = (
    sa.select(PART.c.id, TAKEN, WAITING, MINE.c.id, MINE.c.seated_at, MINE.c.confirmed_at)
    .join_from(
        PART,
        MINE,
        sa.and_(MINE.c.part_id == PART.c.id, MINE.c.person_id == bindparam("person_id")),
        isouter=True,
    )
    .where(PART.c.workshop_id == bindparam("workshop_id"))
)
COUNTS = sa.select(TAKEN, WAITING).where(PART.c.id == bindparam("part_id"))
OF_ORGANISATION = (
    sa.select(SEAT.c.part_id, func.count())
    .where(
        SEAT.c.part_id.in_(
            sa.select(PART.c.id).where(PART.c.workshop_id == bindparam("workshop_id"))
        ),
        SEAT.c.person_id.in_(
            sa.select(PERSON.c.id).where(PERSON.c.organisation_id == bindparam("organisation_id"))
        ),
        SEAT.c.seated_at.is_not(None),
    )
    .group_by(SEAT.c.part_id)
)
CONFIRM = (
    sa.update(SEAT)
    .where(
        SEAT.c.part_id.in_(bindparam("parts", expanding=True)),
        SEAT.c.person_id == bindparam("person"),
        SEAT.c.seated_at.is_not(None),
    )
    .values(confirmed_at=bindparam("at"))
)


async def take(
    session: AsyncSession, places: Sequence[Place], person_id: int, now: datetime
) -> None:
    """In parts in which the person must have no place yet."""
    connection = await session.connection()
    rows = [
        {
            "part_id": place.part_id,
            "person_id": person_id,
            "taken_at": now,
            "seated_at": place.seated_at,
            "rose": False,
            "told_number": place.told_number,
        }
        for place in places
    ]
    await connection.execute(TAKE, rows)


async def give_back(session: AsyncSession, part_id: int, person_id: int) -> None:
    connection = await session.connection()
    await connection.execute(GIVE_BACK, {"part_id": part_id, "person_id": person_id})


async def confirm(
    session: AsyncSession, part_ids: Sequence[int], person_id: int, now: datetime
) -> None:
    """They said that they will come to those of the parts in which they sit."""
    connection = await session.connection()
    values = {"parts": list(part_ids), "person": person_id, "at": now}
    await connection.execute(CONFIRM, values)


async def standing(session: AsyncSession, workshop_id: int, person_id: int) -> dict[int, Standing]:
    """By the id of the part."""
    connection = await session.connection()
    values = {"workshop_id": workshop_id, "person_id": person_id}
    rows = await connection.execute(STANDING, values)
    return {row[0]: Standing(*row[1:]) for row in rows}


async def of_organisation(
    session: AsyncSession, workshop_id: int, organisation_id: int
) -> Mapping[int, int]:
    """How many of its people sit, by the id of the part."""
    connection = await session.connection()
    values = {"workshop_id": workshop_id, "organisation_id": organisation_id}
    rows = (await connection.execute(OF_ORGANISATION, values)).all()
    return {row[0]: row[1] for row in rows}


async def counts(session: AsyncSession, part_id: int) -> tuple[int, int]:
    """How many sit in a part, and how many wait."""
    connection = await session.connection()
    taken, waiting = (await connection.execute(COUNTS, {"part_id": part_id})).one()
    return taken - waiting, waiting


async def taken(session: AsyncSession, part_id: int) -> int:
    return sum(await counts(session, part_id))


async def attendees(
    session: AsyncSession, part_id: int, start: int, stop: int
) -> Sequence[Attendee]:
    query = (
        sa.select(
            col(Person.first_name),
            col(Person.last_name),
            func.coalesce(col(Organisation.name), ""),
            SEAT.c.taken_at,
            SEAT.c.seated_at,
            SEAT.c.confirmed_at,
        )
        .join_from(SEAT, Person, col(Person.id) == SEAT.c.person_id)
        .outerjoin(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(SEAT.c.part_id == part_id)
        .order_by(SEAT.c.seated_at.is_(None), SEAT.c.id)
        .offset(start)
        .limit(stop - start)
    )
    connection = await session.connection()
    rows = (await connection.execute(query)).all()
    return [Attendee(number, *row) for number, row in enumerate(rows, start + 1)]


def registered_ids(workshop_id: int) -> "sa.Select[tuple[int]]":
    """Whoever has a place in any part, seated or waiting, of an event that is for them: each
    once, as a subquery."""
    ids: sa.Select[tuple[int]] = (
        sa.select(SEAT.c.person_id)
        .join(PART, PART.c.id == SEAT.c.part_id)
        .join(WORKSHOP, WORKSHOP.c.id == PART.c.workshop_id)
        .join(PERSON, PERSON.c.id == SEAT.c.person_id)
        .where(WORKSHOP.c.id == workshop_id, is_for())
        .distinct()
        .correlate(None)
    )
    return ids


async def registered(
    session: AsyncSession, workshop_id: int, *, after: int = 0, limit: int
) -> Sequence[Person]:
    """The next people with a place in any part, in the order of their ids."""
    query = (
        select(Person)
        .where(col(Person.id).in_(registered_ids(workshop_id)), col(Person.id) > after)
        .order_by(col(Person.id))
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def count_registered(session: AsyncSession, workshop_id: int) -> int:
    query = select(func.count()).select_from(registered_ids(workshop_id).subquery())
    return (await session.exec(query)).one()


async def mine(session: AsyncSession, person_id: int) -> frozenset[int]:
    """The ids of the events in which the person has a place."""
    query = (
        select(Part.workshop_id)
        .join(Seat, col(Seat.part_id) == Part.id)
        .where(Seat.person_id == person_id)
    )
    return frozenset((await session.exec(query)).all())


async def of_person(session: AsyncSession, person_id: int) -> Sequence[dict[str, Any]]:
    """Where somebody has a place, as words."""
    query = (
        sa.select(
            col(Workshop.title).label("event"),
            col(Part.name).label("part"),
            col(Part.starts_at),
            *(SEAT.c[name] for name in ("taken_at", "seated_at", "rose", "confirmed_at")),
            *(SEAT.c[name] for name in ("told_number", "told_at")),
        )
        .join_from(SEAT, Part, col(Part.id) == SEAT.c.part_id)
        .join(Workshop, col(Workshop.id) == col(Part.workshop_id))
        .where(SEAT.c.person_id == person_id)
        .order_by(SEAT.c.id)
    )
    connection = await session.connection()
    return [dict(row) for row in (await connection.execute(query)).mappings()]


async def people(session: AsyncSession, ids: Sequence[int]) -> Sequence[Person]:
    query = select(Person).where(col(Person.id).in_(ids)).order_by(col(Person.id))
    return (await session.exec(query)).all()

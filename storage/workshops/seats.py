"""Who has a seat in a part of an event, and who waits for one."""

from collections.abc import Sequence
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
from storage.workshops.events import PART, Part, Workshop


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
    told_number: int | None = None  # the last number in the line that was pushed to them


@dataclass(frozen=True, slots=True)
class Standing:
    """How many places of a part are taken, and the id of the person's own, if there is one."""

    taken: int
    mine: int | None


@dataclass(frozen=True, slots=True)
class Attendee:
    place: int  # from 1
    first_name: str
    last_name: str
    organisation: str
    taken_at: datetime

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


NOBODY = Standing(taken=0, mine=None)
NO_LAST = 2**31 - 1  # behind every seat
SEAT = Seat.__table__  # type: ignore[attr-defined]
TAKE = sa.insert(SEAT)
GIVE_BACK = sa.delete(SEAT).where(
    SEAT.c.part_id == bindparam("part_id"), SEAT.c.person_id == bindparam("person_id")
)
STANDING = sa.select(
    PART.c.id,
    sa.select(func.count()).where(SEAT.c.part_id == PART.c.id).scalar_subquery(),
    sa.select(SEAT.c.id)
    .where(SEAT.c.part_id == PART.c.id, SEAT.c.person_id == bindparam("person_id"))
    .scalar_subquery(),
).where(PART.c.workshop_id == bindparam("workshop_id"))
PLACE = sa.select(func.count()).where(
    SEAT.c.part_id == bindparam("part_id"), SEAT.c.id <= bindparam("seat_id")
)
NTH = (
    sa.select(SEAT.c.id)
    .where(SEAT.c.part_id == bindparam("part_id"))
    .order_by(SEAT.c.id)
    .limit(1)
    .offset(bindparam("places_before"))
)
PEOPLE_UP_TO = (
    sa.select(SEAT.c.person_id)
    .where(
        SEAT.c.part_id == bindparam("part_id"),
        SEAT.c.person_id > bindparam("after"),
        SEAT.c.id <= bindparam("seat_id"),
    )
    .order_by(SEAT.c.person_id)
    .limit(bindparam("limit"))
)


async def take(
    session: AsyncSession, part_ids: Sequence[int], person_id: int, now: datetime
) -> None:
    """Join the ends of the queues, in which the person must have no place yet."""
    connection = await session.connection()
    seats = [{"part_id": each, "person_id": person_id, "taken_at": now} for each in part_ids]
    await connection.execute(TAKE, seats)


async def give_back(session: AsyncSession, part_id: int, person_id: int) -> None:
    connection = await session.connection()
    await connection.execute(GIVE_BACK, {"part_id": part_id, "person_id": person_id})


async def standing(session: AsyncSession, workshop_id: int, person_id: int) -> dict[int, Standing]:
    """By the id of the part."""
    connection = await session.connection()
    values = {"workshop_id": workshop_id, "person_id": person_id}
    rows = await connection.execute(STANDING, values)
    return {part_id: Standing(taken, mine) for part_id, taken, mine in rows}


async def place(session: AsyncSession, part_id: int, seat_id: int) -> int:
    """From 1."""
    connection = await session.connection()
    values = {"part_id": part_id, "seat_id": seat_id}
    return int((await connection.execute(PLACE, values)).scalar_one())


async def taken(session: AsyncSession, part_id: int) -> int:
    query = select(func.count()).where(Seat.part_id == part_id)
    return (await session.exec(query)).one()


async def nth(session: AsyncSession, part_id: int, number: int) -> int | None:
    """The id of the seat with that number in the queue, from 1."""
    connection = await session.connection()
    values = {"part_id": part_id, "places_before": number - 1}
    return (await connection.execute(NTH, values)).scalar()


async def places(
    session: AsyncSession, part_id: int, start: int, stop: int
) -> Sequence[tuple[int, Person]]:
    """Who has the places after `start` up to `stop`, with the ids of their seats, in order."""
    query = (
        select(col(Seat.id), Person)
        .join(Person, col(Person.id) == Seat.person_id)
        .where(Seat.part_id == part_id)
        .order_by(col(Seat.id))
        .offset(start)
        .limit(stop - start)
    )
    return [(key, person) for key, person in (await session.exec(query)).all() if key]


async def between(
    session: AsyncSession, part_id: int, first: int, last: int, limit: int
) -> Sequence[tuple[int, Person]]:
    """Who has the seats with ids from `first` to `last`, with those ids, in order."""
    query = (
        select(col(Seat.id), Person)
        .join(Person, col(Person.id) == Seat.person_id)
        .where(Seat.part_id == part_id, col(Seat.id).between(first, last))
        .order_by(col(Seat.id))
        .limit(limit)
    )
    return [(key, person) for key, person in (await session.exec(query)).all() if key]


async def attendees(
    session: AsyncSession, part_id: int, start: int, stop: int
) -> Sequence[Attendee]:
    query = (
        select(
            Person.first_name,
            Person.last_name,
            func.coalesce(Organisation.name, ""),
            Seat.taken_at,
        )
        .join_from(Seat, Person, col(Person.id) == Seat.person_id)
        .outerjoin(Organisation, col(Organisation.id) == Person.organisation_id)
        .where(Seat.part_id == part_id)
        .order_by(col(Seat.id))
        .offset(start)
        .limit(stop - start)
    )
    rows = (await session.exec(query)).all()
    return [Attendee(number, *row) for number, row in enumerate(rows, start + 1)]


async def seated_after(
    session: AsyncSession, part_id: int, last_seat: int, after: int, limit: int
) -> Sequence[int]:
    """The next ids of people, above `after`, whose places are not behind `last_seat`."""
    connection = await session.connection()
    values = {"part_id": part_id, "seat_id": last_seat, "after": after, "limit": limit}
    return (await connection.execute(PEOPLE_UP_TO, values)).scalars().all()


def registered_ids(workshop_id: int) -> "sa.Select[tuple[int]]":
    """Whoever has a place in any part, seated or waiting: each once, as a subquery."""
    ids: sa.Select[tuple[int]] = (
        sa.select(SEAT.c.person_id)
        .join(PART, PART.c.id == SEAT.c.part_id)
        .where(PART.c.workshop_id == workshop_id)
        .distinct()
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
        select(Workshop.title, Part.name, Part.starts_at, Seat.taken_at)
        .join_from(Seat, Part, col(Part.id) == Seat.part_id)
        .join(Workshop, col(Workshop.id) == Part.workshop_id)
        .where(Seat.person_id == person_id)
        .order_by(col(Seat.id))
    )
    names = ("event", "part", "starts_at", "taken_at")
    return [dict(zip(names, row, strict=True)) for row in (await session.exec(query)).all()]


async def people(session: AsyncSession, ids: Sequence[int]) -> Sequence[Person]:
    query = select(Person).where(col(Person.id).in_(ids)).order_by(col(Person.id))
    return (await session.exec(query)).all()


async def forget_part(session: AsyncSession, part_id: int) -> None:
    connection = await session.connection()
    await connection.execute(sa.delete(SEAT).where(SEAT.c.part_id == part_id))
    await connection.execute(sa.delete(PART).where(PART.c.id == part_id))

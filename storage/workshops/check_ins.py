"""Tickets, and who has come to which part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import UniqueConstraint, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, SQLModel, and_, bindparam, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment, stored
from storage.organisations import Organisation
from storage.people import Person
from storage.workshops.events import PART, Part, Workshop
from storage.workshops.seats import Seat


class How(StrEnum):
    """How we know that somebody was there."""

    TICKET = "ticket"  # scanned by the team
    POSTER = "poster"  # scanned the code at the door
    LIST = "list"  # ticked off by the team


class Ticket(SQLModel, table=True):
    """One for all parts of an event."""

    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    code: str = Field(unique=True)  # what the picture says, so that it can be drawn again


class CheckIn(SQLModel, table=True):
    """`name` and `organisation` are kept for the evidence when the person is forgotten."""

    __tablename__ = "check_in"
    __table_args__ = (UniqueConstraint("part_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    part_id: int = Field(foreign_key="part.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    how: How = Field(sa_type=stored(How))
    by: int | None = Field(default=None, foreign_key="person.id")  # None: by themselves
    at: datetime = Field(sa_type=Moment)
    name: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """What somebody has in a part: a place in which they sit since, and a check-in."""

    part_id: int
    seat_id: int | None
    seated_at: datetime | None
    came_at: datetime | None
    how: How | None


@dataclass(frozen=True, slots=True)
class Troop:
    """How many of one organisation are expected in a part, and how many have come."""

    organisation_id: int  # 0: without one
    name: str
    expected: int
    came: int


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is expected in a part, or has come to it."""

    person_id: int
    first_name: str
    last_name: str
    organisation: str
    came_at: datetime | None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or "–"


SEAT = Seat.__table__  # type: ignore[attr-defined]
TICKET = Ticket.__table__  # type: ignore[attr-defined]
CHECK_IN = CheckIn.__table__  # type: ignore[attr-defined]
PERSON = Person.__table__  # type: ignore[attr-defined]
ORGANISATION = Organisation.__table__  # type: ignore[attr-defined]
ONCE: dict[str, Any] = {
    dialect: {table: into(table).on_conflict_do_nothing() for table in (TICKET, CHECK_IN)}
    for dialect, into in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
OF_PERSON = (
    sa.select(PART.c.id, SEAT.c.id, SEAT.c.seated_at, CHECK_IN.c.at, CHECK_IN.c.how)
    .outerjoin(SEAT, and_(SEAT.c.part_id == PART.c.id, SEAT.c.person_id == bindparam("person_id")))
    .outerjoin(
        CHECK_IN,
        and_(CHECK_IN.c.part_id == PART.c.id, CHECK_IN.c.person_id == bindparam("person_id")),
    )
    .where(PART.c.workshop_id == bindparam("workshop_id"))
)
SEATED = sa.select(PART.c.id, func.count(SEAT.c.seated_at)).select_from(PART.outerjoin(SEAT))
SEATED = SEATED.where(PART.c.workshop_id == bindparam("workshop_id")).group_by(PART.c.id)
# Whoever came is shown even when they have given their seat back since.
EXPECTED = (
    sa.select(SEAT.c.person_id)
    .where(SEAT.c.part_id == bindparam("part_id"), SEAT.c.seated_at.is_not(None))
    .union(sa.select(CHECK_IN.c.person_id).where(CHECK_IN.c.part_id == bindparam("part_id")))
    .subquery()
)
WITH_CHECK_INS = (
    EXPECTED.join(PERSON, PERSON.c.id == EXPECTED.c.person_id)
    .outerjoin(ORGANISATION, ORGANISATION.c.id == PERSON.c.organisation_id)
    .outerjoin(
        CHECK_IN,
        and_(
            CHECK_IN.c.part_id == bindparam("part_id"),
            CHECK_IN.c.person_id == EXPECTED.c.person_id,
        ),
    )
)
TROOPS = (
    sa.select(
        func.coalesce(ORGANISATION.c.id, 0),
        func.coalesce(ORGANISATION.c.short, ""),
        func.count(),
        func.count(CHECK_IN.c.id),
    )
    .select_from(WITH_CHECK_INS)
    .group_by(ORGANISATION.c.id, ORGANISATION.c.short, ORGANISATION.c.folded)
    .order_by(ORGANISATION.c.id.is_(None), ORGANISATION.c.folded, ORGANISATION.c.id)
)
VISITOR = (
    PERSON.c.id,
    PERSON.c.first_name,
    PERSON.c.last_name,
    func.coalesce(ORGANISATION.c.short, ""),
)
VISITORS = (
    sa.select(*VISITOR, CHECK_IN.c.at)
    .select_from(WITH_CHECK_INS)
    .where(func.coalesce(ORGANISATION.c.id, 0) == bindparam("organisation_id"))
    .order_by(PERSON.c.last_name, PERSON.c.first_name, PERSON.c.id)
)


async def ticket(session: AsyncSession, workshop_id: int, person_id: int, code: str) -> str:
    """The code of the person's ticket: the one they have, else this one from now on."""
    values = {"workshop_id": workshop_id, "person_id": person_id, "code": code}
    if await _once(session, TICKET, values):
        return code
    return await ticket_code(session, workshop_id, person_id) or code


async def ticket_code(session: AsyncSession, workshop_id: int, person_id: int) -> str | None:
    mine = select(Ticket.code).where(
        Ticket.workshop_id == workshop_id, Ticket.person_id == person_id
    )
    return (await session.exec(mine)).first()


async def ticket_by_code(session: AsyncSession, code: str) -> Ticket | None:
    return (await session.exec(select(Ticket).where(Ticket.code == code))).first()


async def enter(
    session: AsyncSession, part_id: int, person_id: int, how: How, by: int | None, now: datetime
) -> bool:
    """Whether it was the first time; the first one stays."""
    values = {"part_id": part_id, "person_id": person_id, "how": how, "by": by, "at": now}
    return await _once(session, CHECK_IN, {**values, "name": "", "organisation": ""})


async def take_back(session: AsyncSession, part_id: int, person_id: int) -> CheckIn | None:
    """What there was, and is no more."""
    query = select(CheckIn).where(CheckIn.part_id == part_id, CheckIn.person_id == person_id)
    found = (await session.exec(query.with_for_update())).first()
    if found is not None:
        await session.delete(found)
        await session.flush()
    return found


async def presences(
    session: AsyncSession, workshop_id: int, person_id: int
) -> dict[int, Presence]:
    """By the id of the part."""
    connection = await session.connection()
    values = {"workshop_id": workshop_id, "person_id": person_id}
    return {row[0]: Presence(*row) for row in await connection.execute(OF_PERSON, values)}


async def seated(session: AsyncSession, workshop_id: int) -> dict[int, int]:
    """How many sit, by the id of the part."""
    connection = await session.connection()
    rows = await connection.execute(SEATED, {"workshop_id": workshop_id})
    return dict(rows.all())


async def seat(session: AsyncSession, part_id: int, person_id: int, now: datetime) -> None:
    """Let somebody sit, whether they waited or had no place at all."""
    connection = await session.connection()
    mine = and_(SEAT.c.part_id == part_id, SEAT.c.person_id == person_id)
    waited = sa.update(SEAT).where(mine).values(seated_at=now)
    if (await connection.execute(waited)).rowcount == 0:
        values = {"part_id": part_id, "person_id": person_id, "taken_at": now, "seated_at": now}
        await connection.execute(sa.insert(SEAT).values(**values, rose=False))


async def troops(session: AsyncSession, part_id: int) -> Sequence[Troop]:
    """By the name of the organisation; those without one are the last."""
    connection = await session.connection()
    return [Troop(*row) for row in await connection.execute(TROOPS, {"part_id": part_id})]


async def visitors(session: AsyncSession, part_id: int, organisation_id: int) -> Sequence[Visitor]:
    """Of one organisation, or (0) without one, by name."""
    connection = await session.connection()
    values = {"part_id": part_id, "organisation_id": organisation_id}
    return [Visitor(*row) for row in await connection.execute(VISITORS, values)]


async def everybody(session: AsyncSession, workshop_id: int) -> Sequence[Visitor]:
    """Whoever has a place in any part, seated or waiting, by name."""
    connection = await session.connection()
    places = sa.select(SEAT.c.person_id).join(PART, PART.c.id == SEAT.c.part_id)
    with_organisations = PERSON.outerjoin(
        ORGANISATION, ORGANISATION.c.id == PERSON.c.organisation_id
    )
    query = (
        sa.select(*VISITOR, sa.null())
        .select_from(with_organisations)
        .where(PERSON.c.id.in_(places.where(PART.c.workshop_id == workshop_id)))
        .order_by(PERSON.c.last_name, PERSON.c.first_name, PERSON.c.id)
    )
    return [Visitor(*row) for row in await connection.execute(query)]


async def of_person(session: AsyncSession, person_id: int) -> Sequence[dict[str, Any]]:
    """Where somebody has been, as words."""
    query = (
        select(Workshop.title, Part.name, CheckIn.at, CheckIn.how)
        .join_from(CheckIn, Part, col(Part.id) == CheckIn.part_id)
        .join(Workshop, col(Workshop.id) == Part.workshop_id)
        .where(CheckIn.person_id == person_id)
        .order_by(col(CheckIn.id))
    )
    names = ("event", "part", "at", "how")
    return [dict(zip(names, row, strict=True)) for row in (await session.exec(query)).all()]


async def tickets_of(session: AsyncSession, person_id: int) -> Sequence[str]:
    """The titles of the events that they have a ticket for."""
    query = select(Workshop.title).join(Ticket, col(Ticket.workshop_id) == Workshop.id)
    return (await session.exec(query.where(Ticket.person_id == person_id))).all()


async def drop_tickets(session: AsyncSession, person_id: int) -> None:
    connection = await session.connection()
    await connection.execute(sa.delete(TICKET).where(TICKET.c.person_id == person_id))


async def keep_name(session: AsyncSession, person_id: int, name: str, organisation: str) -> None:
    """Of somebody who will have none any more, where a project has to be accounted for."""
    paid = sa.select(PART.c.id).join(Workshop, col(Workshop.id) == PART.c.workshop_id)
    mine = sa.update(CHECK_IN).where(
        CHECK_IN.c.person_id == person_id,
        CHECK_IN.c.part_id.in_(paid.where(col(Workshop.project) != "")),
    )
    connection = await session.connection()
    await connection.execute(mine.values(name=name, organisation=organisation))


async def drop_names(session: AsyncSession, before: datetime) -> None:
    old = sa.update(CHECK_IN).where(CHECK_IN.c.at < before, CHECK_IN.c.name != "")
    connection = await session.connection()
    await connection.execute(old.values(name="", organisation=""))


async def _once(session: AsyncSession, table: sa.Table, values: dict[str, Any]) -> bool:
    connection = await session.connection()
    insert = ONCE[connection.dialect.name][table]
    return (await connection.execute(insert, values)).rowcount == 1

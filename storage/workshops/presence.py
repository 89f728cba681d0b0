"""Who was at an event: whoever was checked in; where nobody was, whoever had a seat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func
from sqlmodel import and_, bindparam, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.organisations import Organisation
from storage.people import Person
from storage.pillars import OrganisationPillar
from storage.workshops.check_ins import CheckIn, How, Ticket
from storage.workshops.events import PART
from storage.workshops.seats import SEAT

CAME = CheckIn.__table__  # type: ignore[attr-defined]
PERSON = Person.__table__  # type: ignore[attr-defined]
ORGANISATION = Organisation.__table__  # type: ignore[attr-defined]
MANY = 500  # rows of an insert


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of an attendance list; `sat` is whether they had a seat."""

    person_id: int
    name: str
    organisation: str
    sat: bool
    came_at: datetime | None
    how: How | None


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is expected at an event."""

    person_id: int
    name: str
    organisation: str
    organisation_id: int | None


def _parts(workshop_id: int) -> "sa.Select[tuple[int]]":
    return sa.select(PART.c.id).where(PART.c.workshop_id == workshop_id)


def _came(workshop_id: int) -> "sa.Select[tuple[int]]":
    return sa.select(CAME.c.person_id).where(CAME.c.part_id.in_(_parts(workshop_id)))


def _sat(workshop_id: int) -> "sa.Select[tuple[int]]":
    return sa.select(SEAT.c.person_id).where(
        SEAT.c.part_id.in_(_parts(workshop_id)), SEAT.c.seated_at.is_not(None)
    )


async def anybody_came(session: AsyncSession, workshop_id: int) -> bool:
    """Whether people were checked in at all."""
    connection = await session.connection()
    return bool((await connection.execute(sa.select(_came(workshop_id).exists()))).scalar())


async def people_there(
    session: AsyncSession, workshop_id: int, *, after: int, limit: int
) -> Sequence[Person]:
    """The next of those who were there, in the order of their ids."""
    came = _came(workshop_id)
    there = or_(
        col(Person.id).in_(came), and_(~came.exists(), col(Person.id).in_(_sat(workshop_id)))
    )
    query = select(Person).where(there, col(Person.id) > after).order_by(col(Person.id))
    return (await session.exec(query.limit(limit))).all()


async def count_there(session: AsyncSession, workshop_id: int) -> int:
    connection = await session.connection()
    checked = await anybody_came(session, workshop_id)
    who = (_came(workshop_id) if checked else _sat(workshop_id)).distinct().subquery()
    return int((await connection.execute(sa.select(func.count()).select_from(who))).scalar_one())


async def certified(session: AsyncSession, workshop_id: int) -> Mapping[int, Sequence[int]]:
    """The parts to which people were checked in, by the ids of the people, in their order."""
    query = (
        sa.select(CAME.c.person_id, CAME.c.part_id)
        .where(CAME.c.part_id.in_(_parts(workshop_id)))
        .order_by(CAME.c.person_id, CAME.c.part_id)
    )
    found: dict[int, list[int]] = {}
    for person_id, part_id in await (await session.connection()).execute(query):
        found.setdefault(person_id, []).append(part_id)
    return found


NAME = func.coalesce(  # as `Person.name` says
    func.nullif(func.trim(PERSON.c.first_name + " " + PERSON.c.last_name), ""),
    "@" + PERSON.c.username,
    "–",
)
SHEET = (
    sa.union(
        sa.select(SEAT.c.person_id).where(
            SEAT.c.part_id == bindparam("part_id"), SEAT.c.seated_at.is_not(None)
        ),
        sa.select(CAME.c.person_id).where(CAME.c.part_id == bindparam("part_id")),
    )
).subquery()
LISTED = (
    sa.select(
        SHEET.c.person_id,
        func.coalesce(func.nullif(CAME.c.name, ""), NAME),
        func.coalesce(func.nullif(CAME.c.organisation, ""), ORGANISATION.c.name, ""),
        SEAT.c.seated_at.is_not(None),
        CAME.c.at,
        CAME.c.how,
    )
    .select_from(
        SHEET.join(PERSON, PERSON.c.id == SHEET.c.person_id)
        .outerjoin(ORGANISATION, ORGANISATION.c.id == PERSON.c.organisation_id)
        .outerjoin(
            CAME,
            and_(CAME.c.part_id == bindparam("part_id"), CAME.c.person_id == SHEET.c.person_id),
        )
        .outerjoin(
            SEAT,
            and_(SEAT.c.part_id == bindparam("part_id"), SEAT.c.person_id == SHEET.c.person_id),
        )
    )
    .order_by(
        ORGANISATION.c.id.is_(None),
        ORGANISATION.c.folded,
        PERSON.c.last_name,
        PERSON.c.first_name,
        PERSON.c.id,
    )
)


async def sheet(session: AsyncSession, part_id: int) -> Sequence[Listed]:
    """Whoever had a seat in the part or came to it, by organisation and name."""
    connection = await session.connection()
    rows = await connection.execute(LISTED, {"part_id": part_id})
    return [Listed(*row) for row in rows]


async def guests(session: AsyncSession, workshop_id: int) -> Sequence[Guest]:
    """Whoever has a seat in any part or came to one, by organisation and name."""
    query = (
        sa.select(
            PERSON.c.id, NAME, func.coalesce(ORGANISATION.c.name, ""), PERSON.c.organisation_id
        )
        .select_from(PERSON.outerjoin(ORGANISATION, ORGANISATION.c.id == PERSON.c.organisation_id))
        .where(or_(PERSON.c.id.in_(_sat(workshop_id)), PERSON.c.id.in_(_came(workshop_id))))
        .order_by(
            ORGANISATION.c.id.is_(None),
            ORGANISATION.c.folded,
            PERSON.c.last_name,
            PERSON.c.first_name,
            PERSON.c.id,
        )
    )
    rows = await (await session.connection()).execute(query)
    return [Guest(*row) for row in rows]


async def pillars(session: AsyncSession) -> Mapping[int, Sequence[int]]:
    """The ids of their pillars, by the ids of organisations."""
    query = select(OrganisationPillar).order_by(
        col(OrganisationPillar.organisation_id), col(OrganisationPillar.pillar_id)
    )
    found: dict[int, list[int]] = {}
    for each in (await session.exec(query)).all():
        found.setdefault(each.organisation_id, []).append(each.pillar_id)
    return found


async def tickets(session: AsyncSession, workshop_id: int) -> Mapping[int, str]:
    """The codes of tickets, by the ids of the people."""
    query = select(Ticket.person_id, Ticket.code).where(Ticket.workshop_id == workshop_id)
    return dict((await session.exec(query)).all())


async def add_tickets(session: AsyncSession, workshop_id: int, codes: Mapping[int, str]) -> None:
    """For people who have none; the event has to be locked."""
    rows: list[dict[str, Any]] = [
        {"workshop_id": workshop_id, "person_id": person_id, "code": code}
        for person_id, code in codes.items()
    ]
    connection = await session.connection()
    for start in range(0, len(rows), MANY):
        await connection.execute(sa.insert(Ticket), rows[start : start + MANY])

"""The lines of those who wait for a seat: who is next, what number they have, who sits down.

Those who wait do so in the order of their ids. Where an organisation may have so many seats of a
part and no more, its people above that number stand behind all others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, func
from sqlmodel import bindparam, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment
from storage.people import Person
from storage.workshops.events import PART, WORKSHOP, State
from storage.workshops.seats import PERSON, SEAT, TAKEN, WAITING, Seat

IN_ONE_GO = 10_000


@dataclass(frozen=True, slots=True)
class Waiter:
    seat_id: int
    person_id: int
    number: int  # in the line, from 1
    told_number: int | None


def _in_part(*, waiting: bool) -> ColumnElement[bool]:
    state = SEAT.c.seated_at.is_(None) if waiting else SEAT.c.seated_at.is_not(None)
    return sa.and_(SEAT.c.part_id == bindparam("part_id"), state)


SEATED = (
    sa.select(PERSON.c.organisation_id, func.count().label("seated"))
    .join_from(SEAT, PERSON, PERSON.c.id == SEAT.c.person_id)
    .where(_in_part(waiting=False), PERSON.c.organisation_id.is_not(None))
    .group_by(PERSON.c.organisation_id)
    .cte("seated")
)
# Whoever belongs to no organisation is one by themselves.
WAITERS = (
    sa.select(
        SEAT.c.id,
        SEAT.c.person_id,
        SEAT.c.told_number,
        PERSON.c.organisation_id,
        func.row_number()
        .over(
            partition_by=func.coalesce(PERSON.c.organisation_id, -PERSON.c.id),
            order_by=SEAT.c.id,
        )
        .label("nth"),
    )
    .join_from(SEAT, PERSON, PERSON.c.id == SEAT.c.person_id)
    .where(_in_part(waiting=True))
    .cte("waiting")
)
SURPLUS = func.coalesce(SEATED.c.seated, 0) + WAITERS.c.nth > bindparam("limit")
FAIR = (
    sa.select(
        WAITERS.c.id,
        WAITERS.c.person_id,
        WAITERS.c.told_number,
        SURPLUS.label("surplus"),
        func.row_number().over(order_by=(SURPLUS, WAITERS.c.id)).label("number"),
    )
    .outerjoin_from(WAITERS, SEATED, SEATED.c.organisation_id == WAITERS.c.organisation_id)
    .subquery("fair")
)
FAIR_NEXT = sa.select(FAIR.c.id).where(sa.not_(FAIR.c.surplus)).order_by(FAIR.c.number)
FAIR_NUMBER = sa.select(FAIR.c.number).where(FAIR.c.id == bindparam("seat_id"))
FAIR_FIRST = sa.select(FAIR.c.id, FAIR.c.person_id, FAIR.c.number, FAIR.c.told_number).order_by(
    FAIR.c.number
)
NEXT = sa.select(SEAT.c.id).where(_in_part(waiting=True)).order_by(SEAT.c.id)
NUMBER = sa.select(func.count()).where(_in_part(waiting=True), SEAT.c.id <= bindparam("seat_id"))
FIRST = (
    sa.select(
        SEAT.c.id,
        SEAT.c.person_id,
        func.row_number().over(order_by=SEAT.c.id).label("number"),
        SEAT.c.told_number,
    )
    .where(_in_part(waiting=True))
    .order_by(SEAT.c.id)
)
SIT = (
    sa.update(SEAT)
    .where(SEAT.c.id.in_(bindparam("ids", expanding=True)))
    .values(seated_at=bindparam("at"), rose=True, confirmed_at=bindparam("confirmed"))
)
STAND_UP = (
    sa.update(SEAT)
    .where(SEAT.c.id.in_(bindparam("ids", expanding=True)))
    .values(seated_at=None, rose=False, confirmed_at=None)
)
LAST_SEATED = (
    sa.select(SEAT.c.id)
    .where(_in_part(waiting=False))
    .order_by(SEAT.c.id.desc())
    .limit(bindparam("rows"))
)
NOTE = sa.update(SEAT).where(
    SEAT.c.part_id == bindparam("in_part"), SEAT.c.person_id == bindparam("person")
)
COMING_PARTS = (
    sa.select(WORKSHOP.c.id.label("workshop_id"), PART.c.id.label("part_id"))
    .join_from(WORKSHOP, PART)
    .where(
        WORKSHOP.c.state == State.PUBLISHED,
        PART.c.starts_at > bindparam("after", type_=Moment),
        sa.exists().where(SEAT.c.part_id == PART.c.id, SEAT.c.seated_at.is_(None)).correlate(PART),
    )
    .order_by(WORKSHOP.c.id, PART.c.starts_at, PART.c.id)
)
WITH_FREE_SEATS = COMING_PARTS.where(PART.c.capacity > TAKEN - WAITING)


async def next_ones(
    session: AsyncSession, part_id: int, rows: int, limit: int | None
) -> Sequence[int]:
    """The ids of the seats that go to the next in line: of those within the `limit` of their
    organisations, where there is one."""
    values = {"part_id": part_id, **({} if limit is None else {"limit": limit})}
    query = NEXT if limit is None else FAIR_NEXT
    ids: Sequence[int] = (await _run(session, query.limit(rows), values)).scalars().all()
    return ids


async def number(session: AsyncSession, part_id: int, seat_id: int, limit: int | None) -> int:
    """From 1, of somebody who waits."""
    values = {"part_id": part_id, "seat_id": seat_id}
    if limit is not None:
        return int((await _run(session, FAIR_NUMBER, values | {"limit": limit})).scalar_one())
    return int((await _run(session, NUMBER, values)).scalar_one())


async def first(
    session: AsyncSession, part_id: int, rows: int, limit: int | None
) -> Sequence[Waiter]:
    values = {"part_id": part_id, **({} if limit is None else {"limit": limit})}
    query = FIRST if limit is None else FAIR_FIRST
    return [Waiter(*row) for row in (await _run(session, query.limit(rows), values)).all()]


async def waiters_after(
    session: AsyncSession, part_id: int, after: int, limit: int
) -> Sequence[tuple[int, Person]]:
    """Who waits with a seat id above `after`, with those ids, in order."""
    query = (
        select(col(Seat.id), Person)
        .join(Person, col(Person.id) == Seat.person_id)
        .where(Seat.part_id == part_id, col(Seat.seated_at).is_(None), col(Seat.id) > after)
        .order_by(col(Seat.id))
        .limit(limit)
    )
    return [(key, person) for key, person in (await session.exec(query)).all() if key]


async def holders(
    session: AsyncSession, seat_ids: Sequence[int], *, seated: bool
) -> Sequence[Person]:
    """Whose seats they are and who sits there, or waits there, in order."""
    at = col(Seat.seated_at)
    query = (
        select(Person)
        .join(Seat, col(Seat.person_id) == Person.id)
        .where(col(Seat.id).in_(seat_ids), at.is_not(None) if seated else at.is_(None))
        .order_by(col(Seat.id))
    )
    return (await session.exec(query)).all()


async def sit(
    session: AsyncSession, seat_ids: Sequence[int], now: datetime, *, confirmed: bool = False
) -> None:
    """They waited and sit from now on; `confirmed` when they have just asked for it."""
    for ids in _lots(seat_ids):
        values = {"ids": ids, "at": now, "confirmed": now if confirmed else None}
        await _run(session, SIT, values)


async def last_seated(session: AsyncSession, part_id: int, rows: int) -> Sequence[int]:
    values = {"part_id": part_id, "rows": rows}
    ids: Sequence[int] = (await _run(session, LAST_SEATED, values)).scalars().all()
    return ids


async def stand_up(session: AsyncSession, seat_ids: Sequence[int]) -> None:
    """They sat and wait from now on."""
    for ids in _lots(seat_ids):
        await _run(session, STAND_UP, {"ids": ids})


def _lots(ids: Sequence[int]) -> Iterator[list[int]]:
    """As many as fit into one statement."""
    for start in range(0, len(ids), IN_ONE_GO):
        yield list(ids[start : start + IN_ONE_GO])


async def note_number(
    session: AsyncSession, part_id: int, person_id: int, number: int, at: datetime | None = None
) -> None:
    """They know it; `at` when it was pushed to them."""
    values = {"told_number": number, **({"told_at": at} if at else {})}
    await _run(session, NOTE.values(values), {"in_part": part_id, "person": person_id})


async def told_since(
    session: AsyncSession, person_ids: Sequence[int], since: datetime
) -> set[int]:
    """Who of them was told a number in some line after that."""
    query = sa.select(SEAT.c.person_id).where(
        SEAT.c.person_id.in_(person_ids), SEAT.c.told_at > since
    )
    return set((await _run(session, query, {})).scalars())


async def with_waiters(session: AsyncSession, after: datetime) -> Sequence[tuple[int, int]]:
    """Events and their parts (ids), which start after that, in which somebody waits."""
    rows = (await _run(session, COMING_PARTS, {"after": after})).all()
    return [(row[0], row[1]) for row in rows]


async def with_free_seats(session: AsyncSession, after: datetime) -> Sequence[tuple[int, int]]:
    """Those of them in which seats are free."""
    rows = (await _run(session, WITH_FREE_SEATS, {"after": after})).all()
    return [(row[0], row[1]) for row in rows]


async def next_end_of_limits(session: AsyncSession, after: datetime) -> datetime | None:
    """When the first of the parts starts, after that, in which a limit keeps people waiting."""
    waits = WITH_FREE_SEATS.where(WORKSHOP.c.organisation_limit.is_not(None)).subquery()
    query = sa.select(func.min(PART.c.starts_at)).where(PART.c.id.in_(sa.select(waits.c.part_id)))
    first_start: datetime | None = (await _run(session, query, {"after": after})).scalar()
    return first_start


async def _run(session: AsyncSession, query: Any, values: dict[str, Any]) -> Any:
    connection = await session.connection()
    return await connection.execute(query, values)

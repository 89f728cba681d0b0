"""Meetings of a pillar: what is to be spoken of, what was marked, and the minutes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import and_, col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from storage.groups.meetings import AgendaPoint, MarkedMessage, Minutes
from storage.people import Person
from storage.workshops.events import PART, WORKSHOP, Audience, State


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting in a list."""

    key: int
    title: str
    starts_at: datetime


STANDS = col(AgendaPoint.dropped_at).is_(None)
MEETING = and_(WORKSHOP.c.audience == Audience.PILLAR, WORKSHOP.c.state == State.PUBLISHED)


async def point(session: AsyncSession, point_id: int) -> AgendaPoint | None:
    return await session.get(AgendaPoint, point_id, with_for_update=True)


async def points(session: AsyncSession, workshop_id: int) -> Sequence[tuple[AgendaPoint, Person]]:
    """In the order in which they were put."""
    query = (
        select(AgendaPoint, Person)
        .join(Person, col(Person.id) == AgendaPoint.person_id)
        .where(AgendaPoint.workshop_id == workshop_id, STANDS)
        .order_by(col(AgendaPoint.id))
    )
    return (await session.exec(query)).all()


async def points_of(session: AsyncSession, person_id: int) -> Sequence[AgendaPoint]:
    """Dropped ones, too."""
    query = select(AgendaPoint).where(AgendaPoint.person_id == person_id)
    return (await session.exec(query.order_by(col(AgendaPoint.id)))).all()


async def coming(session: AsyncSession, pillar_id: int, now: datetime) -> Sequence[Line]:
    """Meetings that are not over."""
    lines = _lines(pillar_id).having(func.max(PART.c.ends_at) > now).order_by("first")
    rows = (await (await session.connection()).execute(lines)).all()
    return [Line(*row) for row in rows]


async def past(session: AsyncSession, pillar_id: int, now: datetime, limit: int) -> Sequence[Line]:
    """The last one first."""
    over = _lines(pillar_id).having(func.max(PART.c.ends_at) <= now)
    lines = over.order_by(sa.desc("first")).limit(limit)
    rows = (await (await session.connection()).execute(lines)).all()
    return [Line(*row) for row in rows]


def _lines(pillar_id: int) -> Any:
    return (
        sa.select(WORKSHOP.c.id, WORKSHOP.c.title, func.min(PART.c.starts_at).label("first"))
        .join(PART, PART.c.workshop_id == WORKSHOP.c.id)
        .where(MEETING, WORKSHOP.c.pillar_id == pillar_id)
        .group_by(WORKSHOP.c.id, WORKSHOP.c.title)
    )


async def without(
    session: AsyncSession, since: datetime, now: datetime
) -> Sequence[tuple[int, int]]:
    """Meetings that ended between then and now and of which nobody keeps minutes yet: the ids
    of the event and of its pillar."""
    query = (
        sa.select(WORKSHOP.c.id, WORKSHOP.c.pillar_id)
        .join(PART, PART.c.workshop_id == WORKSHOP.c.id)
        .outerjoin(Minutes, col(Minutes.workshop_id) == WORKSHOP.c.id)
        .where(MEETING, WORKSHOP.c.pillar_id.is_not(None), col(Minutes.id).is_(None))
        .group_by(WORKSHOP.c.id, WORKSHOP.c.pillar_id)
        .having(func.max(PART.c.ends_at).between(since, now))
        .order_by(WORKSHOP.c.id)
    )
    rows = (await (await session.connection()).execute(query)).all()
    return [(workshop_id, pillar_id) for workshop_id, pillar_id in rows]


async def find(session: AsyncSession, minutes_id: int, *, lock: bool = False) -> Minutes | None:
    return await session.get(Minutes, minutes_id, with_for_update=lock, populate_existing=lock)


async def of_meeting(session: AsyncSession, workshop_id: int) -> Minutes | None:
    query = select(Minutes).where(Minutes.workshop_id == workshop_id)
    return (await session.exec(query)).first()


async def marked(
    session: AsyncSession, pillar_id: int, message_id: int, group_id: int
) -> MarkedMessage | None:
    query = select(MarkedMessage).where(
        MarkedMessage.pillar_id == pillar_id,
        MarkedMessage.group_id == group_id,
        MarkedMessage.message_id == message_id,
    )
    return (await session.exec(query)).first()


async def mark(session: AsyncSession, mark_id: int) -> MarkedMessage | None:
    return await session.get(MarkedMessage, mark_id, with_for_update=True)


async def same_words(session: AsyncSession, pillar_id: int, text: str) -> bool:
    """Whether these wait to be taken into minutes."""
    query = _waiting(pillar_id).where(MarkedMessage.text == text)
    return (await session.exec(query.limit(1))).first() is not None


async def waiting(session: AsyncSession, pillar_id: int) -> Sequence[MarkedMessage]:
    """Marked and in no minutes yet, in the order in which they were said."""
    order = (col(MarkedMessage.said_at), col(MarkedMessage.id))
    return (await session.exec(_waiting(pillar_id).order_by(*order).with_for_update())).all()


async def count_waiting(session: AsyncSession, pillar_id: int) -> int:
    query = select(func.count()).select_from(_waiting(pillar_id).subquery())
    return (await session.exec(query)).one()


def _waiting(pillar_id: int) -> SelectOfScalar[MarkedMessage]:
    return select(MarkedMessage).where(
        MarkedMessage.pillar_id == pillar_id, col(MarkedMessage.minutes_id).is_(None)
    )


async def marks_of(session: AsyncSession, person_id: int) -> Sequence[MarkedMessage]:
    query = select(MarkedMessage).where(MarkedMessage.marked_by == person_id)
    return (await session.exec(query.order_by(col(MarkedMessage.id)))).all()


async def empty_points(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Those of somebody who is to be forgotten."""
    query = update(AgendaPoint).where(col(AgendaPoint.person_id) == person_id)
    await session.exec(query.values(text="", dropped_at=now))


async def prune(session: AsyncSession, before: datetime) -> None:
    """What was marked before then: it is in minutes, or nobody wants it any more."""
    await session.exec(delete(MarkedMessage).where(col(MarkedMessage.said_at) < before))

"""An event in numbers, for those who lead it. These read many rows, so they run aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.organisations import Organisation
from storage.people import Person
from storage.sqlite import ASIDE
from storage.workshops.check_ins import CheckIn
from storage.workshops.events import PART, WORKSHOP, State
from storage.workshops.registration import RegistrationAnswer, RegistrationQuestion, Subject
from storage.workshops.seats import SEAT

PERSON = Person.__table__  # type: ignore[attr-defined]
ORGANISATION = Organisation.__table__  # type: ignore[attr-defined]
CHECK_IN = CheckIn.__table__  # type: ignore[attr-defined]
QUESTION = RegistrationQuestion.__table__  # type: ignore[attr-defined]
ANSWER = RegistrationAnswer.__table__  # type: ignore[attr-defined]
SITS = SEAT.c.seated_at.is_not(None)
CONFIRMED = SEAT.c.confirmed_at.is_not(None)
CAME = sa.exists().where(
    CHECK_IN.c.part_id == SEAT.c.part_id, CHECK_IN.c.person_id == SEAT.c.person_id
)


@dataclass(frozen=True, slots=True)
class PartCount:
    part_id: int
    seated: int
    waiting: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """`words` are empty where nobody has answered the question yet."""

    question_id: int
    subject: Subject
    question: str
    words: str
    people: int


@dataclass(frozen=True, slots=True)
class Turnout:
    """Of those who had a seat at a part that is over: how many there were, and how many came."""

    part_id: int
    confirmed: bool
    seated: int
    came: int


@dataclass(frozen=True, slots=True)
class Riser:
    """Somebody who waited before they had a seat at a part that is over."""

    part_id: int
    confirmed: bool
    came: bool
    seated_at: datetime
    starts_at: datetime


async def by_part(session: AsyncSession, part_ids: Sequence[int]) -> dict[int, PartCount]:
    """Parts in which nobody has a place are left out."""
    query = (
        sa.select(
            SEAT.c.part_id,
            func.count(SEAT.c.seated_at),
            func.count() - func.count(SEAT.c.seated_at),
            func.count(sa.case((SITS, SEAT.c.confirmed_at))),
        )
        .where(SEAT.c.part_id.in_(part_ids))
        .group_by(SEAT.c.part_id)
    )
    return {row[0]: PartCount(*row) for row in await _rows(session, query)}


async def came(session: AsyncSession, part_ids: Sequence[int]) -> dict[int, int]:
    """How many have been checked in, by the id of the part."""
    query = (
        sa.select(CHECK_IN.c.part_id, func.count())
        .where(CHECK_IN.c.part_id.in_(part_ids))
        .group_by(CHECK_IN.c.part_id)
    )
    return {row[0]: row[1] for row in await _rows(session, query)}


async def people(session: AsyncSession, part_ids: Sequence[int]) -> tuple[int, int]:
    """How many sit in any of the parts, and how many of them said that they will come."""
    each = (
        sa.select(func.max(sa.case((CONFIRMED, 1), else_=0)).label("confirmed"))
        .where(SEAT.c.part_id.in_(part_ids), SITS)
        .group_by(SEAT.c.person_id)
        .subquery()
    )
    query = sa.select(func.count(), func.coalesce(func.sum(each.c.confirmed), 0))
    ((seated, confirmed),) = await _rows(session, query.select_from(each))
    return seated, confirmed


async def by_organisation(
    session: AsyncSession, part_ids: Sequence[int]
) -> Sequence[tuple[str, int]]:
    """The most numerous first; whoever belongs to none counts under an empty name."""
    name = ORGANISATION.c.short
    number = func.count(SEAT.c.person_id.distinct())
    query = (
        sa.select(name, number)
        .select_from(SEAT)
        .join(PERSON, PERSON.c.id == SEAT.c.person_id)
        .outerjoin(ORGANISATION, ORGANISATION.c.id == PERSON.c.organisation_id)
        .where(SEAT.c.part_id.in_(part_ids), SITS)
        .group_by(name)
        .order_by(number.desc(), name)
    )
    return [(short or "", people) for short, people in await _rows(session, query)]


async def answers(session: AsyncSession, workshop_id: int) -> Sequence[AnswerCount]:
    """Of those who sit, by question; the most frequent first."""
    sitting = (
        sa.select(SEAT.c.person_id)
        .join(PART, PART.c.id == SEAT.c.part_id)
        .where(PART.c.workshop_id == workshop_id, SITS)
    )
    given = sa.and_(
        ANSWER.c.question_id == QUESTION.c.id,
        ANSWER.c.words != "",
        ANSWER.c.person_id.in_(sitting),
    )
    number = func.count(ANSWER.c.id)
    query = (
        sa.select(
            QUESTION.c.id,
            QUESTION.c.subject,
            QUESTION.c.words,
            func.coalesce(ANSWER.c.words, ""),
            number,
        )
        .select_from(QUESTION)
        .outerjoin(ANSWER, given)
        .where(QUESTION.c.workshop_id == workshop_id)
        .group_by(QUESTION.c.id, QUESTION.c.subject, QUESTION.c.words, ANSWER.c.words)
        .order_by(QUESTION.c.id, number.desc(), ANSWER.c.words)
    )
    return [AnswerCount(*row) for row in await _rows(session, query)]


async def arrivals(session: AsyncSession, part_ids: Sequence[int]) -> Sequence[datetime]:
    """When each of those with a place signed up, the earliest first."""
    first = func.min(SEAT.c.taken_at)
    query = (
        sa.select(first)
        .where(SEAT.c.part_id.in_(part_ids))
        .group_by(SEAT.c.person_id)
        .order_by(first)
    )
    return [moment for (moment,) in await _rows(session, query)]


async def past_parts(session: AsyncSession, since: datetime, now: datetime) -> Sequence[int]:
    """The ids of parts that ended in that time and at which somebody was checked in."""
    query = (
        sa.select(PART.c.id)
        .join(WORKSHOP, WORKSHOP.c.id == PART.c.workshop_id)
        .where(
            WORKSHOP.c.state == State.PUBLISHED,
            PART.c.starts_at >= since,
            PART.c.ends_at <= now,
            sa.exists().where(CHECK_IN.c.part_id == PART.c.id),
        )
    )
    return [part_id for (part_id,) in await _rows(session, query)]


async def turnouts(session: AsyncSession, part_ids: Sequence[int]) -> Sequence[Turnout]:
    number = func.sum(sa.case((CAME, 1), else_=0))
    query = (
        sa.select(SEAT.c.part_id, CONFIRMED, func.count(), number)
        .where(SEAT.c.part_id.in_(part_ids), SITS)
        .group_by(SEAT.c.part_id, CONFIRMED)
    )
    return [Turnout(*row) for row in await _rows(session, query)]


async def risers(session: AsyncSession, part_ids: Sequence[int]) -> Sequence[Riser]:
    query = (
        sa.select(SEAT.c.part_id, CONFIRMED, CAME, SEAT.c.seated_at, PART.c.starts_at)
        .join(PART, PART.c.id == SEAT.c.part_id)
        .where(SEAT.c.part_id.in_(part_ids), SITS, SEAT.c.rose)
    )
    return [Riser(*row) for row in await _rows(session, query)]


async def _rows(session: AsyncSession, query: "sa.Select[Any]") -> Sequence[Any]:
    connection = await session.connection()
    rows: Sequence[Any] = (await connection.execute(query.prefix_with(ASIDE))).all()
    return rows

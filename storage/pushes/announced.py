"""An announcement decided for everybody meant by it, in one statement however many they are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlmodel import JSON, case, col, func
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment
from storage.people import Person
from storage.pushes.deciding import LATELY, alone
from storage.pushes.records import USUAL, WEEK, Manner, Push, PushChoice, PushKind, Way
from storage.sqlite import ASIDE


@dataclass(frozen=True)
class Outlook:
    """How many an announcement would reach in which way if it left now."""

    now: int = 0
    by_wish: int = 0  # want announcements in the digest
    over_limit: int = 0  # have had what they may have in a week
    muted: int = 0
    unreachable: int = 0

    @property
    def digest(self) -> int:
        return self.by_wish + self.over_limit


WISH: Any = (
    sa.select(col(PushChoice.way))
    .where(
        col(PushChoice.person_id) == col(Person.id),
        col(PushChoice.kind) == PushKind.ANNOUNCEMENTS,
    )
    .correlate(Person)
    .scalar_subquery()
)
WEEKLY: Any = (
    sa.select(col(Manner.weekly))
    .where(col(Manner.person_id) == col(Person.id))
    .correlate(Person)
    .scalar_subquery()
)


async def decide(
    session: AsyncSession,
    announcement_id: int,
    those: ColumnElement[bool],
    now: datetime,
    *,
    urgent: bool = False,
    digest: bool = False,
    limit: int = USUAL,
) -> dict[Way, int]:
    """Note for everybody meant how an announcement reaches them. Returns how many each way.

    `limit` is the cluster's; what is `urgent` passes over it, and `digest` waits for Monday
    whoever it is for. Whoever turned announcements off gets none.
    """
    await alone(session)
    values = {
        "person_id": col(Person.id),
        "kind": sa.literal(PushKind.ANNOUNCEMENTS.value),
        "key": sa.literal(f"a{announcement_id}"),
        "way": _way(now, urgent=urgent, digest=digest, limit=limit),
        "urgent": sa.literal(urgent),
        "announcement_id": sa.literal(announcement_id),
        "title": sa.literal(""),
        "opens": sa.literal(""),
        "facts": sa.literal({}, JSON),
        "at": sa.literal(now, Moment),
    }
    people = sa.select(*values.values()).where(those).order_by(col(Person.id))
    table = Push.__table__  # type: ignore[attr-defined]
    rows = sa.insert(table).prefix_with(ASIDE).from_select(list(values), people)
    connection = await session.connection()
    await connection.execute(rows, {"since": now - WEEK})
    return await ways(session, announcement_id)


async def foresee(
    session: AsyncSession, those: ColumnElement[bool], now: datetime, *, limit: int = USUAL
) -> Outlook:
    """What `decide` would decide for what is not urgent, and why."""
    kind = _sort(limit, by_wish="by_wish", over_limit="over_limit", muted="muted").label("sort")
    sorts = sa.select(kind).where(those).subquery()
    query = sa.select(sorts.c.sort, func.count()).prefix_with(ASIDE).group_by(sorts.c.sort)
    connection = await session.connection()
    found = await connection.execute(query, {"since": now - WEEK})
    return Outlook(**{str(sort): int(count) for sort, count in found})


async def ways(session: AsyncSession, announcement_id: int) -> dict[Way, int]:
    query = sa.select(col(Push.way), func.count()).where(
        col(Push.announcement_id) == announcement_id
    )
    connection = await session.connection()
    found = await connection.execute(query.group_by(col(Push.way)))
    return {Way(way): count for way, count in found}


def at_once(announcement_id: int) -> "sa.Select[int | None, int | None]":
    """The ids of people and of their chats to whom it goes now."""
    return (
        sa.select(col(Person.id), col(Person.telegram_id))
        .join(Push, col(Push.person_id) == col(Person.id))
        .where(col(Push.announcement_id) == announcement_id, col(Push.way) == Way.NOW)
    )


def _way(now: datetime, *, urgent: bool, digest: bool, limit: int) -> ColumnElement[str]:
    if urgent or digest:
        way = Way.NOW if urgent else Way.DIGEST
        return case(
            (~col(Person.reachable), Way.UNREACHABLE.value),
            (WISH == Way.OFF, Way.OFF.value),
            else_=way.value,
        )
    late = Way.DIGEST.value
    return _sort(limit, by_wish=late, over_limit=late, muted=Way.OFF.value)


def _sort(limit: int, *, by_wish: str, over_limit: str, muted: str) -> ColumnElement[str]:
    return case(
        (~col(Person.reachable), Way.UNREACHABLE.value),
        (WISH == Way.OFF, muted),
        (WISH == Way.DIGEST, by_wish),
        (func.coalesce(WEEKLY, limit) <= LATELY, over_limit),
        else_=Way.NOW.value,
    )

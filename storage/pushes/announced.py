"""An announcement decided for everybody meant by it, in one statement however many they are."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import JSON, and_, case, col, func
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment
from storage.people import Person
from storage.pushes.deciding import LATELY, RECENT, alone
from storage.pushes.records import USUAL, WEEK, Manner, Push, PushChoice, PushKind, Way
from storage.sqlite import ASIDE


@dataclass(frozen=True)
class Outlook:
    """How many an announcement would reach in which way if it left now.

    `others` are counted by the limit that they have set for themselves, if any, and by how many
    pushes they have had within a week.
    """

    by_wish: int = 0  # want announcements in the digest
    muted: int = 0
    unreachable: int = 0
    others: Mapping[tuple[int | None, int], int] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """Who get it, at once or in the digest."""
        return self.by_wish + sum(self.others.values())

    def over_limit(self, limit: int) -> int:
        """Who have had what they may have in a week; `limit` is the cluster's."""
        return sum(
            count
            for (own, had), count in self.others.items()
            if had >= (limit if own is None else own)
        )


CHOICE, MANNER = aliased(PushChoice), aliased(Manner)
WISH, WEEKLY = col(CHOICE.way), col(MANNER.weekly)
PEOPLE: Any = (
    sa.join(
        Person,
        CHOICE,
        and_(col(CHOICE.person_id) == col(Person.id), col(CHOICE.kind) == PushKind.ANNOUNCEMENTS),
        isouter=True,
    )
).outerjoin(MANNER, col(MANNER.person_id) == col(Person.id))
COUNTED: Any = (
    sa.select(col(Push.person_id), func.count().label("had"))
    .where(*RECENT)
    .group_by(col(Push.person_id))
    .subquery("lately")
)


def _known(session: AsyncSession) -> tuple[Any, ColumnElement[int]]:
    """Everybody with how they want announcements; and how many pushes they have had lately.

    PostgreSQL counts these for all at once, before it writes: looked up one by one, it may walk
    through what the statement itself has written, for each person again. SQLite looks them up in
    an index, however long the history.
    """
    if session.get_bind().dialect.name == "sqlite":
        return PEOPLE, LATELY
    counted = PEOPLE.outerjoin(COUNTED, COUNTED.c.person_id == col(Person.id))
    return counted, func.coalesce(COUNTED.c.had, 0)


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
    known, had = _known(session)
    values = {
        "person_id": col(Person.id),
        "kind": sa.literal(PushKind.ANNOUNCEMENTS.value),
        "key": sa.literal(f"a{announcement_id}"),
        "way": _way(had, urgent=urgent, digest=digest, limit=limit),
        "urgent": sa.literal(urgent),
        "announcement_id": sa.literal(announcement_id),
        "title": sa.literal(""),
        "opens": sa.literal(""),
        "facts": sa.literal({}, JSON),
        "at": sa.literal(now, Moment),
    }
    people = sa.select(*values.values()).select_from(known).where(those)
    table = Push.__table__  # type: ignore[attr-defined]
    rows = (
        sa.insert(table)
        .prefix_with(ASIDE)
        .from_select(list(values), people.order_by(col(Person.id)))
    )
    connection = await session.connection()
    await connection.execute(rows, {"since": now - WEEK})
    return await ways(session, announcement_id)


async def foresee(session: AsyncSession, those: ColumnElement[bool], now: datetime) -> Outlook:
    """What `decide` would decide for what is not urgent, and why."""
    known, had = _known(session)
    people = sa.select(
        case(
            (~col(Person.reachable), "unreachable"),
            (WISH == Way.OFF, "muted"),
            (WISH == Way.DIGEST, "by_wish"),
        ).label("sort"),
        WEEKLY.label("own"),
        had.label("had"),
    )
    facts = people.select_from(known).where(those).subquery()
    groups = (facts.c.sort, facts.c.own, facts.c.had)
    query = sa.select(*groups, func.count()).prefix_with(ASIDE).group_by(*groups)
    connection = await session.connection()
    sorts: Counter[str] = Counter()
    others: dict[tuple[int | None, int], int] = {}
    for sort, own, had, count in await connection.execute(query, {"since": now - WEEK}):
        if sort is None:
            others[own, had] = count
        else:
            sorts[sort] += count
    return Outlook(**sorts, others=others)


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


def _way(had: ColumnElement[int], *, urgent: bool, digest: bool, limit: int) -> ColumnElement[str]:
    if urgent or digest:
        way = Way.NOW if urgent else Way.DIGEST
        return case(
            (~col(Person.reachable), Way.UNREACHABLE.value),
            (WISH == Way.OFF, Way.OFF.value),
            else_=way.value,
        )
    return case(
        (~col(Person.reachable), Way.UNREACHABLE.value),
        (WISH == Way.OFF, Way.OFF.value),
        (WISH == Way.DIGEST, Way.DIGEST.value),
        (func.coalesce(WEEKLY, limit) <= had, Way.DIGEST.value),
        else_=Way.NOW.value,
    )

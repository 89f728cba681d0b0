"""What reaches people without their asking: how they want it, and what became of each."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlmodel import JSON, Field, Index, SQLModel, UniqueConstraint, case, col, func
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import LongId, Moment, stored
from storage.people import Person
from storage.sqlite import ASIDE

WAITS = sa.text("way = 'digest' and digested_at is null")


class PushKind(StrEnum):
    ANNOUNCEMENTS = "announcements"
    CALLS = "calls"
    GROUPS = "groups"
    EQUIPMENT = "equipment"
    EVENTS = "events"  # invitations, ratings and the like, not one's own seat
    WELCOME = "welcome"


class Way(StrEnum):
    NOW = "now"
    DIGEST = "digest"
    OFF = "off"
    UNREACHABLE = "unreachable"


class Push(SQLModel, table=True):
    """Something not asked for and not urgent, decided for one person.

    `title` and `opens` (a button's data) are its line in the digest; of an announcement they are
    the announcement's own.
    """

    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_push_lately", "person_id", "way", "at"),
        Index("ix_push_announcement", "announcement_id", "way"),
        Index("ix_push_waits", "person_id", sqlite_where=WAITS, postgresql_where=WAITS),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=LongId)
    person_id: int = Field(foreign_key="person.id")
    kind: PushKind = Field(sa_type=stored(PushKind))
    key: str  # the same thing is never pushed to the same person twice
    way: Way = Field(sa_type=stored(Way))
    urgent: bool = False  # passed over the limit, and does not use it up
    announcement_id: int | None = Field(default=None, foreign_key="announcement.id")
    title: str = ""
    opens: str = ""
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    at: datetime = Field(sa_type=Moment)
    expires_at: datetime | None = Field(default=None, sa_type=Moment)
    digested_at: datetime | None = Field(default=None, sa_type=Moment)


class PushChoice(SQLModel, table=True):
    """How somebody wants one kind; without a row at once, within the limit."""

    __tablename__ = "push_choice"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    kind: PushKind = Field(sa_type=stored(PushKind), primary_key=True)
    way: Way = Field(sa_type=stored(Way))
    changed_at: datetime = Field(sa_type=Moment)


class Manner(SQLModel, table=True):
    """When and how often somebody wants to be written to, where it is not the cluster's usual."""

    __tablename__ = "push_manner"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    quiet_from: int | None = None  # hours of the day where the cluster is; None: the usual ones
    quiet_until: int | None = None
    weekly: int | None = None  # non-urgent pushes in seven days
    changed_at: datetime = Field(sa_type=Moment)


async def decide(
    session: AsyncSession,
    announcement_id: int,
    those: ColumnElement[bool],
    now: datetime,
    *,
    urgent: bool = False,
) -> dict[Way, int]:
    """Note for everybody meant how an announcement reaches them. Returns how many each way."""
    way = case((~col(Person.reachable), Way.UNREACHABLE.value), else_=Way.NOW.value)
    values = {
        "person_id": col(Person.id),
        "kind": sa.literal(PushKind.ANNOUNCEMENTS.value),
        "key": sa.literal(f"a{announcement_id}"),
        "way": way,
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
    await connection.execute(rows)
    return await ways(session, announcement_id)


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

"""Updates as they came, until what they ask for has been done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Index, Text, func, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import BigInteger, Field, SQLModel, bindparam, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import LongId, Moment
from storage.forgetting import forget
from storage.outbox import TABLE as OUTBOX
from storage.outbox import State as Sent


class State(IntEnum):
    NEW = 0
    DONE = 2
    DEAD = 3


class Inbox(SQLModel, table=True):
    """`id` is the order of arrival: Telegram's own numbers may start anew after a quiet week."""

    __table_args__ = (
        Index(
            "ix_inbox_waiting",
            "id",
            sqlite_where=text("state = 0"),
            postgresql_where=text("state = 0"),
        ),
        Index(
            "ix_inbox_lane",
            "lane",
            "id",
            sqlite_where=text("state = 0"),
            postgresql_where=text("state = 0"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=LongId)
    update_id: int = Field(sa_type=BigInteger, unique=True)
    lane: int = Field(sa_type=BigInteger)  # whose order must be kept: a person, or a group chat
    body: str = Field(sa_type=Text)
    state: int = State.NEW
    attempts: int = 0
    error: str | None = None
    received_at: datetime = Field(sa_type=Moment, index=True)


@dataclass(frozen=True, slots=True)
class Arrival:
    id: int
    update_id: int
    lane: int
    body: str
    attempts: int = 0
    crosses: bool = False  # another replica is just answering in the same chat


TABLE = Inbox.__table__  # type: ignore[attr-defined]
STORE: Any = {
    dialect: into(TABLE)
    .on_conflict_do_nothing(index_elements=["update_id"])
    .returning(TABLE.c.id, TABLE.c.update_id, TABLE.c.lane, TABLE.c.body)
    for dialect, into in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
CLAIM = (
    update(TABLE)
    .where(TABLE.c.id == bindparam("key"), TABLE.c.state == State.NEW)
    .values(state=State.DONE)
)
LATER = TABLE.alias("later")
CLAIM_ON_THE_WAY: Any = CLAIM.returning(
    sa.exists().where(
        LATER.c.lane == TABLE.c.lane, LATER.c.state == State.NEW, LATER.c.id > TABLE.c.id
    )
)
WAITING: Any = (
    sa.select(TABLE.c.id, TABLE.c.update_id, TABLE.c.lane, TABLE.c.body, TABLE.c.attempts)
    .where(TABLE.c.state == State.NEW, TABLE.c.id > bindparam("after"))
    .order_by(TABLE.c.id)
    .limit(bindparam("limit"))
)


OTHERS_ANSWER = sa.exists().where(
    OUTBOX.c.chat_id == TABLE.c.lane,
    OUTBOX.c.state == Sent.SENDING,
    OUTBOX.c.replica_id != bindparam("replica"),
)
HEAD: Any = (
    sa.select(
        TABLE.c.id,
        TABLE.c.update_id,
        TABLE.c.lane,
        TABLE.c.body,
        TABLE.c.attempts,
        OTHERS_ANSWER,
    )
    .where(
        # The whole truth about the row is looked at again once it is locked; about others it
        # is not, so none but this one may be locked here.
        TABLE.c.id
        == sa.select(func.min(TABLE.c.id))
        .where(TABLE.c.lane == bindparam("number"), TABLE.c.state == State.NEW)
        .scalar_subquery(),
        TABLE.c.state == State.NEW,
    )
    .with_for_update(skip_locked=True, of=TABLE)
)
LANES: Any = text(
    """
    with recursive head as (
        (select lane from inbox where state = 0 and lane > :after order by lane limit 1)
        union all
        select (
            select next.lane from inbox as next
            where next.state = 0 and next.lane > head.lane order by next.lane limit 1
        ) from head where head.lane is not null
    )
    select lane from head where lane is not null limit :most
    """
)


async def store(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> list[Arrival]:
    """Keep updates; those that we have already are passed over. Returns the new ones, in order."""
    fresh = await session.exec(STORE[session.get_bind().dialect.name], params=list(rows))
    return sorted((Arrival(*row) for row in fresh), key=lambda arrival: arrival.id)


async def waiting(session: AsyncSession, *, after: int = 0, limit: int = 1000) -> list[Arrival]:
    rows = await session.exec(WAITING, params={"after": after, "limit": limit})
    return [Arrival(*row) for row in rows]


async def lanes(session: AsyncSession, *, after: int, limit: int) -> list[int]:
    """Lanes in which somebody waits, by their numbers; however long one is, it costs one look.

    Only on PostgreSQL.
    """
    rows = await session.exec(LANES, params={"after": after, "most": limit})
    return [lane for (lane,) in rows]


async def head(session: AsyncSession, lane: int, replica: int | None) -> Arrival | None:
    """The first of a lane, locked for `replica`; None when there is none, or another one has it.

    Only on PostgreSQL.
    """
    row = (await session.exec(HEAD, params={"number": lane, "replica": replica})).first()
    return Arrival(*row) if row else None


async def claim(session: AsyncSession, key: int) -> bool:
    """Mark as done in the transaction that does it; False when somebody else has."""
    return (await session.exec(CLAIM, params={"key": key})).rowcount == 1


async def claim_head(session: AsyncSession, key: int) -> bool:
    """As `claim`, for one that `head` has locked. Returns whether more wait in its lane."""
    (more,) = (await session.exec(CLAIM_ON_THE_WAY, params={"key": key})).one()
    return bool(more)


async def finish(session: AsyncSession, keys: Sequence[int]) -> None:
    await session.exec(CLAIM, params=[{"key": key} for key in keys])


async def fail(session: AsyncSession, key: int, error: str, *, dead: bool) -> bool:
    """False when somebody else has done it in the meantime."""
    state = State.DEAD if dead else State.NEW
    values = {"attempts": Inbox.attempts + 1, "error": error[:500], "state": state}
    mine = (col(Inbox.id) == key, col(Inbox.state) == State.NEW)
    return (await session.exec(update(Inbox).where(*mine).values(**values))).rowcount == 1


async def depth(session: AsyncSession) -> tuple[int, datetime | None, int]:
    """How many wait, since when the oldest, and how many dead letters there are."""
    waits = select(func.count(), func.min(Inbox.received_at)).where(Inbox.state == State.NEW)
    count, oldest = (await session.exec(waits)).one()
    dead = select(func.count()).select_from(Inbox).where(Inbox.state == State.DEAD)
    return count, oldest, (await session.exec(dead)).one()


async def hush(session: AsyncSession, since: datetime) -> None:
    """Forget at once what was said in groups: it was not said to us. What came before `since` has
    been forgotten already; rows of a month need not be read for that every hour."""
    said = (col(Inbox.lane) < 0, col(Inbox.state) == State.DONE, col(Inbox.body) != "")
    fresh = col(Inbox.received_at) >= since
    await session.exec(update(Inbox).where(*said, fresh).values(body=""))


async def prune(session: AsyncSession, before: datetime) -> None:
    """Forget what was done before then; dead letters are kept until somebody has read them."""
    done = col(Inbox.state) == State.DONE
    await forget(session, Inbox, col(Inbox.received_at), before, done)

"""What we owe to chats: written in the transaction that made us owe it, sent afterwards."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import JSON, Index, case, func, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import BigInteger, Field, SQLModel, bindparam, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import blanks, forgetting
from storage.database import LongId, Moment


class Priority(IntEnum):
    ANSWER = 0
    NOTICE = 1
    BULK = 2


class State(IntEnum):
    PENDING = 0
    SENDING = 1  # the request may have left: after a crash nobody knows
    SENT = 2
    FAILED = 3
    UNCERTAIN = 4
    WITHDRAWN = 5
    HELD = 6  # of an announcement that rests


RULING = ("approve", "decline", "ban", "unban", "setChatMember")  # about somebody in a group
REPEATABLE = ("edit", "delete", "set", "answer", "revoke", "leave", *RULING)  # twice is as once


def _where(condition: str) -> dict[str, Any]:
    """An index of these rows alone, on both engines."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Batch(SQLModel, table=True):
    """One content for many chats, stored once."""

    __tablename__ = "outbox_batch"

    id: int | None = Field(default=None, primary_key=True)
    method: str
    payload: dict[str, Any] = Field(sa_type=JSON)
    created_at: datetime = Field(sa_type=Moment)


class Outbox(SQLModel, table=True):
    __table_args__ = (
        Index("ix_outbox_waiting", "priority", "id", **_where("state = 0")),
        Index("ix_outbox_sending", "id", **_where("state = 1")),
        Index("ix_outbox_replica", "replica_id", **_where("replica_id is not null")),
        Index("ix_outbox_chat", "chat_id", "state"),
        Index("ix_outbox_batch", "batch_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=LongId)
    dedup: str = Field(unique=True)
    chat_id: int = Field(sa_type=BigInteger)
    priority: int
    method: str
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    batch_id: int | None = Field(default=None, foreign_key="outbox_batch.id")
    not_before: datetime | None = Field(default=None, sa_type=Moment)
    expires_at: datetime | None = Field(default=None, sa_type=Moment)
    state: int = State.PENDING
    attempts: int = 0
    maybe_duplicate: bool = False
    replica_id: int | None = Field(  # who is sending it, of several replicas
        default=None, foreign_key="replica.id", ondelete="SET NULL"
    )
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    error: str | None = None
    created_at: datetime = Field(sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment, index=True)


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the Bot API that we owe to a chat; `payload` is without `chat_id`, and a
    file of ours stands in it as `{"file": <id of a stored file>}`."""

    method: str
    chat_id: int
    payload: dict[str, Any] = field(default_factory=dict)
    priority: Priority = Priority.ANSWER
    dedup: str = ""
    not_before: datetime | None = None
    expires_at: datetime | None = None
    id: int = 0
    attempts: int = 0
    batch_id: int | None = None
    maybe_duplicate: bool = False
    replica: int | None = None

    @property
    def is_repeatable(self) -> bool:
        return self.method.startswith(REPEATABLE)

    @property
    def is_ruling(self) -> bool:
        """It writes nothing into the group: Telegram's limits of writing do not hold it back."""
        return self.method.startswith(RULING)

    @property
    def line(self) -> tuple[int, int]:
        """Answers of one line leave one after another; who is let in waits for nobody else."""
        return (self.chat_id, self.payload["user_id"] if self.is_ruling else 0)

    def keyed(self, dedup: str) -> "Call":
        return replace(self, dedup=dedup)


TABLE = Outbox.__table__  # type: ignore[attr-defined]
BATCH = Batch.__table__  # type: ignore[attr-defined]
COLUMNS = [
    func.coalesce(BATCH.c.method, TABLE.c.method),
    TABLE.c.chat_id,
    func.coalesce(BATCH.c.payload, TABLE.c.payload, type_=JSON),
    TABLE.c.priority,
    TABLE.c.dedup,
    TABLE.c.not_before,
    TABLE.c.expires_at,
    TABLE.c.id,
    TABLE.c.attempts,
    TABLE.c.batch_id,
    TABLE.c.maybe_duplicate,
]
OWN = case((TABLE.c.batch_id.is_not(None), TABLE.c.payload))  # beside what the batch says
DUE: Any = (
    sa.select(*COLUMNS, OWN)
    .select_from(TABLE.outerjoin(BATCH, TABLE.c.batch_id == BATCH.c.id))
    .where(
        TABLE.c.state == State.PENDING,
        TABLE.c.chat_id.not_in(bindparam("busy", expanding=True)),
        TABLE.c.priority == bindparam("priority"),
        or_(TABLE.c.not_before.is_(None), TABLE.c.not_before <= bindparam("now")),
    )
    .order_by(TABLE.c.id)
    .limit(bindparam("limit"))
)
OWE: Any = {
    dialect: into(TABLE)
    .on_conflict_do_nothing(index_elements=["dedup"])
    .returning(TABLE.c.id, TABLE.c.dedup)
    for dialect, into in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
SETTLE = (
    update(TABLE)
    .where(
        TABLE.c.id == bindparam("key"),
        TABLE.c.state == State.SENDING,
        TABLE.c.replica_id.is_not_distinct_from(bindparam("replica")),
    )
    .values(
        replica_id=None,
        state=bindparam("new_state"),
        attempts=bindparam("tries"),
        message_id=bindparam("message"),
        error=bindparam("why"),
        not_before=bindparam("later"),
        maybe_duplicate=bindparam("doubtful"),
        settled_at=bindparam("at"),
    )
)
START = (
    update(TABLE)
    .where(
        TABLE.c.id.in_(bindparam("keys", expanding=True)),
        TABLE.c.state == State.PENDING,
        or_(TABLE.c.not_before.is_(None), TABLE.c.not_before <= bindparam("now")),
    )
    .values(state=State.SENDING, replica_id=bindparam("replica"))
    .returning(TABLE.c.id)
)


@dataclass(frozen=True, slots=True)
class Settled:
    """How a call ended, or why it is to be tried again."""

    call: Call
    state: State
    at: datetime
    message_id: int | None = None
    error: str | None = None
    later: datetime | None = None
    message_ids: tuple[int, ...] = ()  # of an album


async def owe(
    session: AsyncSession,
    calls: Sequence[Call],
    now: datetime,
    *,
    leaving: bool = False,
    replica: int | None = None,
) -> list[Call]:
    """Store calls; one whose `dedup` we know already is passed over. Returns the new ones.

    With `leaving`, answers count as on their way: they leave from `replica` as soon as this has
    committed.
    """
    if not calls:
        return []
    known = {call.dedup: replace(call, replica=replica) for call in calls}
    rows = [_row(call, now, leaving=leaving) for call in known.values()]
    fresh = await session.exec(OWE[session.get_bind().dialect.name], params=rows)
    return sorted((replace(known[d], id=key) for key, d in fresh), key=lambda call: call.id)


def _row(call: Call, now: datetime, *, leaving: bool) -> dict[str, Any]:
    leaves = leaving and call.priority == Priority.ANSWER
    return {
        "dedup": call.dedup,
        "chat_id": call.chat_id,
        "priority": int(call.priority),
        "method": call.method,
        "payload": call.payload,
        "not_before": call.not_before,
        "expires_at": call.expires_at,
        "state": int(State.SENDING if leaves else State.PENDING),
        "attempts": call.attempts,
        "maybe_duplicate": call.maybe_duplicate,
        "replica_id": call.replica if leaves else None,
        "created_at": now,
    }


async def due(
    session: AsyncSession, priority: Priority, now: datetime, *, busy: Collection[int], limit: int
) -> list[Call]:
    """Pending calls whose time has come, oldest first, to chats that are not `busy`."""
    values = {"busy": list(busy), "priority": int(priority), "now": now, "limit": limit}
    return [_call(*row) for row in await session.exec(DUE, params=values)]


def _call(*row: Any) -> Call:
    *values, own = row
    call = Call(*values)
    return replace(call, payload=blanks.merged(call.payload, own)) if own else call


async def mark(
    session: AsyncSession,
    starting: Sequence[Call],
    settled: Sequence[Settled],
    now: datetime,
    replica: int | None = None,
) -> dict[int, Call]:
    """Write down, together, how calls ended and which are about to leave from `replica`.

    Returns those that may, by their ids: the others have been withdrawn or put off meanwhile.
    """
    if settled:
        await session.exec(SETTLE, params=[_settlement(each) for each in settled])
    if not starting:
        return {}
    calls = {call.id: replace(call, replica=replica) for call in starting}
    values = {"keys": list(calls), "now": now, "replica": replica}
    leaving = await session.exec(START, params=values)
    return {key: calls[key] for (key,) in leaving}


def _settlement(settled: Settled) -> dict[str, Any]:
    return {
        "key": settled.call.id,
        "replica": settled.call.replica,
        "new_state": int(settled.state),
        "tries": settled.call.attempts + 1,
        "message": settled.message_id,
        "why": settled.error and settled.error[:500],
        "later": settled.later,
        "doubtful": settled.call.maybe_duplicate,
        "at": settled.at if settled.state != State.PENDING else None,
    }


async def ended(session: AsyncSession, dedup: str) -> tuple[State, int | None] | None:
    """How a call stands that is known by its key, and the id of its message; None: forgotten."""
    query = select(Outbox.state, Outbox.message_id).where(Outbox.dedup == dedup)
    found = (await session.exec(query)).first()
    return (State(found[0]), found[1]) if found else None


async def depth(session: AsyncSession) -> tuple[int, datetime | None]:
    query = select(func.count(), func.min(Outbox.created_at)).where(Outbox.state == State.PENDING)
    count, oldest = (await session.exec(query)).one()
    return count, oldest


async def prune(session: AsyncSession, before: datetime) -> None:
    await forgetting.forget(session, Outbox, col(Outbox.settled_at), before)

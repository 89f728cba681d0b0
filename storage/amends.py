"""What has arrived is taken back or put right: a row of its own for each message."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import JSON, ColumnElement, cast, func, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.announcements.records import Content
from storage.database import Moment
from storage.leaving import MESSAGES
from storage.outbox import TABLE, Batch, Outbox, Priority, State
from storage.sqlite import ASIDE

ALBUM = "sendMediaGroup"


async def recall(session: AsyncSession, content: Content, since: datetime, now: datetime) -> None:
    """Delete all that has arrived since then."""
    album, lite = content.method == ALBUM, _is_lite(session)
    build = func.json_object if lite else func.json_build_object
    whole = func.json_extract(TABLE.c.payload, f"$.{MESSAGES}")
    if not lite:
        whole = TABLE.c.payload.op("->")(MESSAGES)
    ids = build("message_ids", whole) if album else build("message_id", TABLE.c.message_id)
    arrived = _arrived(content).where(TABLE.c.settled_at > since)
    method = "deleteMessages" if album else "deleteMessage"
    await _owe(session, arrived, recalled(content.announcement_id), method, ids, None, now)


async def correct(
    session: AsyncSession,
    content: Content,
    edit: Batch,
    edition: int,
    now: datetime,
    *,
    among: Sequence[int] = (),
) -> None:
    """Have all that has arrived say what `edit` says; with `among`, of these rows only."""
    if edit.id is None:
        session.add(edit)
        await session.flush()
    own, which = TABLE.c.payload, _which(session, worded(content.payload))
    if _is_lite(session):
        own = func.json_remove(func.json_set(own, "$.message_id", which), f"$.{MESSAGES}")
    else:
        named = func.jsonb_build_object("message_id", which)
        own = cast(cast(own, JSONB).op("||")(named).op("-")(sa.literal(MESSAGES, sa.Text)), JSON)
    arrived = _arrived(content)
    if among:
        arrived = arrived.where(TABLE.c.id.in_(among))
    key = corrected(content.announcement_id, edition)
    await _owe(session, arrived, key, edit.method, own, edit.id, now)


def worded(payload: Mapping[str, Any]) -> int:
    """Which message of an album has the words: the first, unless there are some under another."""
    captions = [bool(each.get("caption")) for each in payload.get("media", ())]
    return captions.index(True) if True in captions else 0


def _which(session: AsyncSession, place: int) -> ColumnElement[Any]:
    which: ColumnElement[Any] = TABLE.c.message_id
    if place and _is_lite(session):
        which = func.json_extract(TABLE.c.payload, f"$.{MESSAGES}[{place}]")
    elif place:
        which = TABLE.c.payload.op("->")(MESSAGES).op("->")(place)
    return which


def recalled(announcement_id: int) -> str:
    return f"b{announcement_id}:x"


def corrected(announcement_id: int, edition: int) -> str:
    return f"b{announcement_id}:e{edition}"


async def say(session: AsyncSession, batch_id: int, payload: dict[str, Any]) -> None:
    """To those who have not got it yet."""
    await session.exec(update(Batch).where(col(Batch.id) == batch_id).values(payload=payload))


async def on_the_way(session: AsyncSession, batch_id: int) -> Sequence[int]:
    """The rows that leave with what was said until now; they are few."""
    query = select(Outbox.id).where(Outbox.batch_id == batch_id, Outbox.state == State.SENDING)
    return [key for key in await session.exec(query) if key is not None]


async def arrived(session: AsyncSession, batch_ids: Sequence[int], since: datetime) -> int:
    """How many messages could be taken back or put right."""
    query = select(func.count()).where(
        col(Outbox.batch_id).in_(batch_ids),
        Outbox.state == State.SENT,
        col(Outbox.message_id).is_not(None),
        col(Outbox.settled_at) > since,
    )
    return (await session.exec(query)).one()


async def amended(session: AsyncSession, batch_ids: Sequence[int], keys: Sequence[str]) -> int:
    """In how many chats one of these has been done with what came there."""
    came, done = TABLE.alias("came"), TABLE.alias("done")
    names = [sa.literal(f"{key}:") + sa.cast(came.c.id, sa.String) for key in keys]
    query = (
        sa.select(func.count(done.c.chat_id.distinct()))
        .select_from(came)
        .join(done, done.c.dedup.in_(names))
        .where(came.c.batch_id.in_(batch_ids), done.c.state == State.SENT)
    )
    connection = await session.connection()
    return int((await connection.execute(query)).scalar_one())


def _arrived(content: Content) -> "sa.Select[Any]":
    return sa.select(TABLE.c.id).where(
        TABLE.c.batch_id == content.batch_id,
        TABLE.c.state == State.SENT,
        TABLE.c.message_id.is_not(None),
    )


async def _owe(
    session: AsyncSession,
    rows: "sa.Select[Any]",
    key: str,
    method: str,
    payload: ColumnElement[Any],
    batch_id: int | None,
    now: datetime,
) -> None:
    values = {
        "dedup": _dedup(key),
        "chat_id": TABLE.c.chat_id,
        "priority": sa.literal(int(Priority.BULK)),
        "method": sa.literal(method),
        "payload": payload,
        "batch_id": sa.literal(batch_id, sa.Integer),
        "state": sa.literal(int(State.PENDING)),
        "attempts": sa.literal(0),
        "maybe_duplicate": sa.literal(False),
        "created_at": sa.literal(now, Moment),
    }
    chosen = rows.with_only_columns(*values.values()).order_by(TABLE.c.id)
    into = sqlite.insert if _is_lite(session) else postgresql.insert
    query = into(TABLE).prefix_with(ASIDE).from_select(list(values), chosen)
    connection = await session.connection()
    await connection.execute(query.on_conflict_do_nothing(index_elements=["dedup"]))


def _dedup(key: str) -> ColumnElement[str]:
    return sa.literal(f"{key}:") + sa.cast(TABLE.c.id, sa.String)


def _is_lite(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"

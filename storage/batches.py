"""One content for many chats: owed in one statement, however many they are, and withdrawn."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy import JSON, ColumnElement, func, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.blanks import VALUES
from storage.database import Moment
from storage.outbox import TABLE, Batch, Outbox, Priority, State
from storage.sqlite import ASIDE


async def owe(
    session: AsyncSession,
    batch: Batch,
    people: "sa.Select[Any, Any]",
    key: str,
    now: datetime,
    *,
    blanks: Mapping[str, ColumnElement[Any]] = MappingProxyType({}),
) -> int:
    """Owe one content to many without fetching them: `people` are rows of (person id, chat id).

    `blanks` are what each row says in the blanks of the content, as columns of `people`. Keys are
    `<key>:p<person id>`; returns how many are owed it now.
    """
    session.add(batch)
    await session.flush()
    person, chat = people.selected_columns
    values = {
        "dedup": sa.literal(f"{key}:p") + sa.cast(person, sa.String),
        "chat_id": chat,
        "priority": sa.literal(int(Priority.BULK)),
        "method": sa.literal(batch.method),
        "payload": _own(session, blanks),
        "batch_id": sa.literal(batch.id),
        "state": sa.literal(int(State.PENDING)),
        "attempts": sa.literal(0),
        "maybe_duplicate": sa.literal(False),
        "created_at": sa.literal(now, Moment),
    }
    rows = people.with_only_columns(*values.values()).order_by(person)
    into = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    query = into(TABLE).prefix_with(ASIDE).from_select(list(values), rows)
    connection = await session.connection()
    owed = await connection.execute(query.on_conflict_do_nothing(index_elements=["dedup"]))
    return owed.rowcount


def _own(session: AsyncSession, values: Mapping[str, ColumnElement[Any]]) -> ColumnElement[Any]:
    if not values:
        return sa.literal({}, JSON)
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    build = func.json_object if on_sqlite else func.json_build_object
    pairs = [part for name, value in values.items() for part in (sa.literal(name), value)]
    return build(sa.literal(VALUES), build(*pairs))


async def withdraw(session: AsyncSession, batch_id: int, why: str, now: datetime) -> None:
    """What has not left yet never will, not even to those who come back to the bot."""
    rows = update(Outbox).prefix_with(ASIDE).where(col(Outbox.batch_id) == batch_id)
    gone = rows.where(col(Outbox.state) == State.WITHDRAWN)
    waits = rows.where(col(Outbox.state) == State.PENDING)
    await session.exec(gone.values(error=why))
    await session.exec(waits.values(state=State.WITHDRAWN, error=why, settled_at=now))


async def progress(session: AsyncSession, batch_ids: Sequence[int]) -> dict[State, int]:
    query = select(Outbox.state, func.count()).where(col(Outbox.batch_id).in_(batch_ids))
    return {State(s): n for s, n in (await session.exec(query.group_by(col(Outbox.state)))).all()}

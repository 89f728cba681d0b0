"""One content for many chats: owed in one statement, however many they are, and withdrawn."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import JSON, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment
from storage.outbox import TABLE, Batch, Outbox, Priority, State
from storage.sqlite import ASIDE


async def owe(
    session: AsyncSession, batch: Batch, people: "sa.Select[Any, Any]", key: str, now: datetime
) -> int:
    """Owe one content to many without fetching them: `people` are rows of (person id, chat id).

    Keys are `<key>:p<person id>`; returns how many are owed it now.
    """
    session.add(batch)
    await session.flush()
    person, chat = people.selected_columns
    values = {
        "dedup": sa.literal(f"{key}:p") + sa.cast(person, sa.String),
        "chat_id": chat,
        "priority": sa.literal(int(Priority.BULK)),
        "method": sa.literal(batch.method),
        "payload": sa.literal({}, JSON),
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


async def withdraw(session: AsyncSession, batch_id: int, why: str, now: datetime) -> None:
    """What has not left yet never will, not even to those who come back to the bot."""
    rows = update(Outbox).prefix_with(ASIDE).where(col(Outbox.batch_id) == batch_id)
    gone = rows.where(col(Outbox.state) == State.WITHDRAWN)
    waits = rows.where(col(Outbox.state) == State.PENDING)
    await session.exec(gone.values(error=why))
    await session.exec(waits.values(state=State.WITHDRAWN, error=why, settled_at=now))

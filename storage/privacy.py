"""Whatever lies here about somebody, found by where it points: given out, emptied."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Table
from sqlmodel import SQLModel, col, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import chats, inbox
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.people import Person


async def rows_about(
    session: AsyncSession, person_id: int, *, without: Collection[str]
) -> dict[str, list[dict[str, Any]]]:
    """Rows of every table (but `without`) that point at the person, by table; the columns that
    point at people are left out."""
    connection = await session.connection()
    about = {}
    for name, table in SQLModel.metadata.tables.items():
        points = _points_at_people(table)
        if not points or name in without:
            continue
        kept = [column for column in table.columns if column not in points]
        query = sa.select(*kept).where(or_(*(column == person_id for column in points)))
        about[name] = [dict(row) for row in (await connection.execute(query)).mappings()]
    return about


def _points_at_people(table: Table) -> list[Column[Any]]:
    return [
        column
        for column in table.columns
        if any(key.column.table.name == Person.__tablename__ for key in column.foreign_keys)
    ]


async def letters(session: AsyncSession, chat_id: int) -> tuple[list[str], list[dict[str, Any]]]:
    """The updates that came from the chat, as they came, and what was written to it."""
    came = select(Inbox.body).where(Inbox.lane == chat_id).order_by(col(Inbox.id))
    left = select(Outbox.payload).where(Outbox.chat_id == chat_id).order_by(col(Outbox.id))
    read = (await session.exec(came)).all()
    return list(read), [dict(payload) for payload in (await session.exec(left)).all()]


async def empty_letters(session: AsyncSession, chat_id: int, now: datetime) -> None:
    """Leave the rows, which count, without what they said; nothing more is sent."""
    await chats.withdraw(session, chat_id, "erased", now)
    read = col(Inbox.state) != inbox.State.NEW
    await session.exec(update(Inbox).where(col(Inbox.lane) == chat_id, read).values(body=""))
    await session.exec(update(Outbox).where(col(Outbox.chat_id) == chat_id).values(payload={}))

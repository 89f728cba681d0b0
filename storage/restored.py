"""After the database was put back from a copy: what may have been sent since waits for a word."""

import asyncio
from datetime import datetime

from sqlalchemy import text
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import settings
from storage.database import Database
from storage.outbox import Outbox, Priority, State
from storage.sqlite import ASIDE

PLACE = text(
    "INSERT INTO setting (name, value) SELECT 'place', system_identifier || ':' || "
    "'outbox'::regclass::oid FROM pg_control_system() ON CONFLICT (name) "
    "DO UPDATE SET value = excluded.value WHERE setting.value <> excluded.value "
    "RETURNING xmax <> 0"  # nothing when it is as it was, and false the first time
)
MARK = "restored"  # the setting: it was put back, and nobody has looked since
WHY = "restored"  # of a row that waits for a word


async def mark(session: AsyncSession) -> None:
    await settings.put(session, MARK, "yes")


async def notice(db: Database) -> bool:
    """Mark it by itself where it shows: a server whose tables are others than they were, or a file
    in which less has been sent than is remembered beside it."""
    async with db.writing() as session:
        shows = await (_is_behind(db, session) if db.is_sqlite else _is_elsewhere(session))
        if shows:
            await mark(session)
    return shows


async def _is_elsewhere(session: AsyncSession) -> bool:
    connection = await session.connection()
    return bool((await connection.execute(PLACE)).scalar())


async def _is_behind(db: Database, session: AsyncSession) -> bool:
    return "" < await _last_sent(session) < db.remembered()


async def remember(db: Database) -> None:
    """What `notice` goes by at the next start, on SQLite. Raises what an unusable one raises."""
    async with db.reading() as session:
        last = await _last_sent(session)
    await asyncio.to_thread(db.remember, last)


async def _last_sent(session: AsyncSession) -> str:
    """When, in a form in which later is greater; empty where nothing has been sent."""
    last = (await session.exec(select(func.max(Outbox.settled_at)))).one()
    return last.isoformat(timespec="microseconds") if last else ""


async def is_marked(session: AsyncSession) -> bool:
    return await settings.find(session, MARK) is not None


async def hold(session: AsyncSession, now: datetime) -> int:
    """What waits to be sent rests; answers to what was pressed back then are let go. The mark is
    gone afterwards. Returns how many rest."""
    rows = update(Outbox).prefix_with(ASIDE)
    waits = col(Outbox.state).in_((State.PENDING, State.SENDING))
    answers = col(Outbox.priority) == Priority.ANSWER
    gone = {"state": State.WITHDRAWN, "error": WHY, "settled_at": now}
    await session.exec(rows.where(waits, answers).values(**gone))
    await session.exec(rows.where(waits).values(state=State.HELD, error=WHY))
    mark = await session.get(settings.Setting, MARK)
    if mark is not None:
        await session.delete(mark)
    return await resting(session)


async def resting(session: AsyncSession) -> int:
    return (await session.exec(select(func.count()).where(*_RESTS))).one()


async def copied_at(session: AsyncSession) -> datetime | None:
    """When the last thing in it happened."""
    made, ended = func.max(Outbox.created_at), func.max(Outbox.settled_at)
    moments = (await session.exec(select(made, ended))).one()
    return max((each for each in moments if each is not None), default=None)


async def send(session: AsyncSession) -> None:
    rows = update(Outbox).prefix_with(ASIDE).where(*_RESTS)
    await session.exec(rows.values(state=State.PENDING, error=None, maybe_duplicate=True))


async def drop(session: AsyncSession, now: datetime) -> None:
    rows = update(Outbox).prefix_with(ASIDE).where(*_RESTS)
    await session.exec(rows.values(state=State.WITHDRAWN, settled_at=now))


_RESTS = (
    col(Outbox.state) == State.HELD,
    col(Outbox.error) == WHY,
)

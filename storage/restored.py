"""After the database was put back from a copy: what may have been sent since waits for a word."""

from datetime import datetime

from sqlalchemy import text
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import settings
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


async def notice(session: AsyncSession) -> bool:
    """Mark it by itself on PostgreSQL, whose tables are others after a copy was put back."""
    connection = await session.connection()
    if not (await connection.execute(PLACE)).scalar():
        return False
    await mark(session)
    return True


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

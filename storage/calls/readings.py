"""Sources as they are read: whose turn it is, and how each reading went."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, delete, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.sources import AllowedHost, Outcome, Reading, Source

WELL = (Outcome.READ, Outcome.UNCHANGED)


async def find(session: AsyncSession, source_id: int, *, lock: bool = False) -> Source | None:
    return await session.get(Source, source_id, with_for_update=lock, populate_existing=lock)


async def is_due(session: AsyncSession, now: datetime) -> bool:
    query = select(Source.id).where(col(Source.active), *_due(now))
    return (await session.exec(query.limit(1))).first() is not None


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[Source]:
    """Those that have waited longest. Locked."""
    query = select(Source).where(col(Source.active), *_due(now))
    first = query.order_by(col(Source.next_at).asc().nulls_first(), col(Source.id)).limit(limit)
    return (await session.exec(first.with_for_update(skip_locked=True))).all()


def _due(now: datetime) -> tuple[Any, ...]:
    return (or_(col(Source.next_at).is_(None), col(Source.next_at) <= now), Source.address != "")


async def listed(session: AsyncSession) -> Sequence[Source]:
    """All that are read, those that are on first."""
    query = select(Source).where(Source.address != "")
    return (await session.exec(query.order_by(col(Source.active).desc(), Source.name))).all()


async def active(session: AsyncSession) -> Sequence[Source]:
    return (await session.exec(select(Source).where(col(Source.active)))).all()


async def reading(session: AsyncSession, reading_id: int) -> Reading | None:
    return await session.get(Reading, reading_id, with_for_update=True)


async def running(session: AsyncSession, source_id: int) -> Reading | None:
    query = select(Reading).where(Reading.source_id == source_id, col(Reading.ended_at).is_(None))
    return (await session.exec(query)).first()


async def latest(session: AsyncSession, source_id: int, limit: int) -> Sequence[Reading]:
    query = select(Reading).where(Reading.source_id == source_id)
    newest = query.order_by(col(Reading.began_at).desc(), col(Reading.id).desc())
    return (await session.exec(newest.limit(limit))).all()


async def failures(session: AsyncSession, source_id: int) -> int:
    """How many readings in a row have gone badly by now."""
    well = select(func.max(Reading.id)).where(
        Reading.source_id == source_id, col(Reading.outcome).in_(WELL)
    )
    last = (await session.exec(well)).one() or 0
    since = select(func.count()).where(
        Reading.source_id == source_id, col(Reading.id) > last, col(Reading.outcome).is_not(None)
    )
    return (await session.exec(since)).one()


async def add(session: AsyncSession, row: Reading) -> Reading:
    session.add(row)
    await session.flush()
    return row


async def lost(session: AsyncSession, before: datetime) -> Sequence[Reading]:
    """Begun before, and never ended."""
    query = select(Reading).where(col(Reading.ended_at).is_(None), col(Reading.began_at) < before)
    return (await session.exec(query)).all()


async def prune(session: AsyncSession, before: datetime) -> None:
    await session.exec(delete(Reading).where(col(Reading.began_at) < before))


async def hosts(session: AsyncSession) -> Sequence[AllowedHost]:
    return (await session.exec(select(AllowedHost).order_by(AllowedHost.host))).all()


async def host(session: AsyncSession, name: str) -> AllowedHost | None:
    return await session.get(AllowedHost, name)


async def add_host(session: AsyncSession, name: str, now: datetime) -> None:
    session.add(AllowedHost(host=name, since=now))
    await session.flush()


async def drop_host(session: AsyncSession, row: AllowedHost) -> None:
    await session.delete(row)
    await session.flush()

"""What has changed in a call, as its history shows it."""

from collections.abc import Sequence

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.history import Change
from storage.calls.records import Sighting
from storage.calls.sources import Source


async def of_call(
    session: AsyncSession, call_id: int, *, skip: int, limit: int
) -> Sequence[tuple[Change, Source | None]]:
    """With the source that brought it, the newest first."""
    query = (
        select(Change, Source)
        .join(Source, col(Source.id) == Change.source_id, isouter=True)
        .where(Change.call_id == call_id)
        .order_by(col(Change.found_at).desc(), col(Change.id).desc())
    )
    rows = (await session.exec(query.offset(skip).limit(limit))).all()
    return [(change, source) for change, source in rows]


async def number(session: AsyncSession, call_id: int) -> int:
    query = select(func.count()).select_from(Change).where(Change.call_id == call_id)
    return (await session.exec(query)).one()


async def speakers(session: AsyncSession, call_id: int) -> Sequence[tuple[Sighting, Source]]:
    """The sources that tell of it."""
    query = (
        select(Sighting, Source)
        .join(Source, col(Source.id) == Sighting.source_id)
        .where(Sighting.call_id == call_id)
        .order_by(Source.name, Sighting.reference)
    )
    return (await session.exec(query)).all()

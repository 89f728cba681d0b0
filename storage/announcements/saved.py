"""Audiences with a name: those on offer, and the one that has a name already."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.announcements.records import SavedAudience
from storage.folding import fold


async def find(
    session: AsyncSession, saved_id: int, *, lock: bool = False
) -> SavedAudience | None:
    return await session.get(SavedAudience, saved_id, with_for_update=lock or None)


async def offered(session: AsyncSession) -> Sequence[SavedAudience]:
    """Those that nobody has retired, by name."""
    query = select(SavedAudience).where(col(SavedAudience.retired_at).is_(None))
    return sorted((await session.exec(query)).all(), key=lambda each: fold(each.name))


async def called(session: AsyncSession, name: str) -> SavedAudience | None:
    """The one on offer with that name, however it is spelt."""
    wanted = fold(name)
    return next((each for each in await offered(session) if fold(each.name) == wanted), None)

"""What the owners and the pillars are called by which instruments are told apart."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import organisations
from storage import pillars as standing_pillars


async def owners(session: AsyncSession, keys: Collection[int]) -> dict[int, str]:
    found = await organisations.by_ids(session, keys) if keys else {}
    return {key: each.short for key, each in found.items()}


async def pillars(session: AsyncSession, language: str, now: datetime) -> dict[int, str]:
    standing = await standing_pillars.standing(session, now)
    return {each.key: each.name_in(language) for each in standing}

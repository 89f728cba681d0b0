"""The pillars of the field, for anybody."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.refusals import Gone
from storage import pillars as store
from storage.pillars import Pillar


async def overview(session: AsyncSession, now: datetime) -> list[tuple[Pillar, int]]:
    """The pillars of today, each with the number of its member organisations."""
    sizes = await store.sizes(session)
    return [(pillar, sizes.get(pillar.key, 0)) for pillar in await store.standing(session, now)]


async def standing(
    session: AsyncSession, pillar_id: int, now: datetime, *, lock: bool = False
) -> Pillar:
    """Raises `Gone` for one that is not there or closed."""
    pillar = await store.find(session, pillar_id, lock=lock)
    if pillar is None or not pillar.stands(now):
        raise Gone
    return pillar

"""What pillars were called before."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.groups.members import PillarName


async def former(session: AsyncSession, pillar_id: int) -> Sequence[PillarName]:
    """The last one first."""
    query = select(PillarName).where(PillarName.pillar_id == pillar_id)
    return (await session.exec(query.order_by(col(PillarName.id).desc()))).all()

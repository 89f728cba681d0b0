"""How many stood in each pillar, month by month."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession


class PillarCount(SQLModel, table=True):
    __tablename__ = "pillar_count"

    pillar_id: int = Field(foreign_key="pillar.id", primary_key=True)
    counted_on: date = Field(primary_key=True)  # in the cluster's zone
    people: int
    organisations: int


async def is_counted(session: AsyncSession, day: date) -> bool:
    query = select(PillarCount).where(PillarCount.counted_on == day).limit(1)
    return (await session.exec(query)).first() is not None


async def of_pillar(session: AsyncSession, pillar_id: int, limit: int) -> Sequence[PillarCount]:
    """The last ones, the latest first."""
    query = select(PillarCount).where(PillarCount.pillar_id == pillar_id)
    latest = query.order_by(col(PillarCount.counted_on).desc())
    return (await session.exec(latest.limit(limit))).all()

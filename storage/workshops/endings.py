"""Parts of an event that will not take place: who had a place in them, and their going."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.workshops.check_ins import CheckIn
from storage.workshops.events import PART, WORKSHOP
from storage.workshops.ratings import Rating
from storage.workshops.seats import SEAT

CHECK_IN = CheckIn.__table__  # type: ignore[attr-defined]
RATING = Rating.__table__  # type: ignore[attr-defined]


async def people_in(session: AsyncSession, part_ids: Sequence[int]) -> Sequence[int]:
    """The ids of all who sit or wait in any of the parts, in order."""
    query = (
        sa.select(SEAT.c.person_id)
        .where(SEAT.c.part_id.in_(part_ids))
        .distinct()
        .order_by(SEAT.c.person_id)
    )
    connection = await session.connection()
    return (await connection.execute(query)).scalars().all()


async def drop_parts(session: AsyncSession, part_ids: Sequence[int]) -> None:
    """With all the places in them."""
    connection = await session.connection()
    for table in (SEAT, CHECK_IN, RATING):
        await connection.execute(sa.delete(table).where(table.c.part_id.in_(part_ids)))
    await connection.execute(sa.delete(PART).where(PART.c.id.in_(part_ids)))


async def next_sequence(session: AsyncSession, workshop_id: int) -> None:
    connection = await session.connection()
    mine = sa.update(WORKSHOP).where(WORKSHOP.c.id == workshop_id)
    await connection.execute(mine.values(sequence=WORKSHOP.c.sequence + 1))

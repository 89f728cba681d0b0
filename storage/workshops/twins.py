"""What an event takes along when it is copied, and what goes with a draft that is thrown away."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.workshops import guests
from storage.workshops.events import PART, WORKSHOP
from storage.workshops.registration import RegistrationQuestion


async def take_along(session: AsyncSession, workshop_id: int, to: int, now: datetime) -> None:
    """Questions and invited organisations; nothing that is about a person."""
    query = (
        select(RegistrationQuestion)
        .where(RegistrationQuestion.workshop_id == workshop_id)
        .order_by(col(RegistrationQuestion.id))
    )
    for each in (await session.exec(query)).all():
        copied = each.model_dump(exclude={"id", "workshop_id"})
        session.add(RegistrationQuestion(workshop_id=to, **copied))
    await guests.copy_organisations(session, workshop_id, to, now)
    await session.flush()


async def clear(session: AsyncSession, workshop_id: int) -> None:
    """Remove all rows that hang on an event, besides its parts."""
    connection = await session.connection()
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table is not PART and _hangs_on_event(table):
            mine = table.c.workshop_id == workshop_id
            await connection.execute(sa.delete(table).where(mine))


def _hangs_on_event(table: sa.Table) -> bool:
    return "workshop_id" in table.c and table.c.workshop_id.references(WORKSHOP.c.id)

"""What is coming in a pillar."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import bindparam
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.workshops.events import WORKSHOP
from storage.workshops.listing import COMING_FOR, Coming

NEXT: "sa.Select[Any]" = COMING_FOR.where(WORKSHOP.c.pillar_id == bindparam("pillar_id")).limit(1)


async def next_event(
    session: AsyncSession, pillar_id: int, person_id: int, now: datetime
) -> Coming | None:
    """The nearest one that is for the pillar, if it is for the person."""
    values = {"pillar_id": pillar_id, "person_id": person_id, "now": now}
    row = (await (await session.connection()).execute(NEXT, values)).first()
    return Coming(*row) if row else None

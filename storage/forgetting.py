"""Old rows go in portions: one statement over a million of them would take longer than statements
may, and everybody else would wait for it."""

from datetime import datetime
from typing import Any

from sqlmodel import SQLModel, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

PORTION = 20_000  # rows; what is older still goes the next time


async def forget(
    session: AsyncSession, model: type[SQLModel], at: Any, before: datetime, *also: Any
) -> None:
    """The oldest rows of `model` whose column `at` is before then, if they are `also` so."""
    key = col(model.id)  # type: ignore[attr-defined]
    old = select(key).where(at < before, *also).order_by(at).limit(PORTION)
    await session.exec(delete(model).where(key.in_(old)))

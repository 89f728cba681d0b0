"""Changes that are to be told, and when."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.history import Change
from storage.calls.records import GrantCall


async def among(session: AsyncSession, ids: Collection[int]) -> Sequence[Change]:
    query = select(Change).where(col(Change.id).in_(ids)).order_by(col(Change.id))
    return (await session.exec(query)).all()


async def schedule(session: AsyncSession, ids: Collection[int], at: datetime) -> None:
    await session.exec(update(Change).where(col(Change.id).in_(ids)).values(due_at=at))


async def put_off(session: AsyncSession, now: datetime, until: datetime) -> None:
    due = update(Change).where(col(Change.due_at) <= now)
    await session.exec(due.values(due_at=until))


async def due_calls(session: AsyncSession, now: datetime, limit: int) -> Sequence[GrantCall]:
    """Those of which something is to be told now."""
    changed = select(Change.call_id).where(col(Change.due_at) <= now).distinct()
    query = select(GrantCall).where(col(GrantCall.id).in_(changed)).order_by(col(GrantCall.id))
    return (await session.exec(query.limit(limit))).all()


async def due_of(session: AsyncSession, call_id: int, now: datetime) -> Sequence[Change]:
    query = select(Change).where(Change.call_id == call_id, col(Change.due_at) <= now)
    return (await session.exec(query.order_by(col(Change.id)).with_for_update())).all()


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    query = select(func.min(Change.due_at)).where(col(Change.due_at) > now)
    return (await session.exec(query)).one()

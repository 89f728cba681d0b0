"""Calls whose time has come: to open, or to be over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import and_, col, func, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.records import GrantCall, Stage, State


def _past(now: datetime) -> Any:
    live = col(GrantCall.state).in_((State.OPEN, State.FORECAST))
    return and_(live, col(GrantCall.last_deadline_at) <= now)


def _opening(now: datetime) -> Any:
    last = col(GrantCall.last_deadline_at)
    return and_(
        GrantCall.state == State.FORECAST,
        col(GrantCall.opens_at) <= now,
        or_(last.is_(None), last > now),
    )


async def is_due(session: AsyncSession, now: datetime) -> bool:
    for due in (_past(now), _opening(now)):
        if (await session.exec(select(GrantCall.id).where(due).limit(1))).first() is not None:
            return True
    return False


async def close_past(session: AsyncSession, now: datetime) -> None:
    await session.exec(update(GrantCall).where(_past(now)).values(state=State.CLOSED))


async def to_open(session: AsyncSession, now: datetime, limit: int) -> Sequence[GrantCall]:
    """Locked, the longest waiting first."""
    query = select(GrantCall).where(_opening(now)).order_by(col(GrantCall.opens_at))
    return (await session.exec(query.limit(limit).with_for_update(skip_locked=True))).all()


async def next_opening(session: AsyncSession, now: datetime) -> datetime | None:
    """Of the calls that members know of."""
    query = select(func.min(GrantCall.opens_at)).where(
        GrantCall.stage == Stage.SENT,
        GrantCall.state == State.FORECAST,
        col(GrantCall.opens_at) > now,
    )
    return (await session.exec(query)).one()

"""Calls with the deadlines that somebody may be told of: those that are sure."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.records import Deadline, GrantCall


async def calls(session: AsyncSession, ids: Collection[int]) -> dict[int, GrantCall]:
    found = await session.exec(select(GrantCall).where(col(GrantCall.id).in_(ids)))
    return {call.key: call for call in found}


async def sure(session: AsyncSession, call_ids: Collection[int]) -> Sequence[Deadline]:
    query = select(Deadline).where(col(Deadline.call_id).in_(call_ids), col(Deadline.sure))
    return (await session.exec(query.order_by(col(Deadline.at), col(Deadline.id)))).all()


async def next_sure(
    session: AsyncSession, call_ids: Collection[int], now: datetime
) -> dict[int, Deadline]:
    """The next deadline of each call, or where all are over the last one."""
    return next_of(await sure(session, call_ids), now)


def next_of(ordered: Iterable[Deadline], now: datetime) -> dict[int, Deadline]:
    """The same of deadlines that have been read, in their order."""
    found: dict[int, Deadline] = {}
    for deadline in ordered:
        earlier = found.get(deadline.call_id)
        if earlier is None or earlier.at <= now:
            found[deadline.call_id] = deadline
    return found

"""Pairs of calls that may be one."""

from collections.abc import Collection, Sequence

from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.history import TWIN, Change, Proposal
from storage.calls.records import CallPillar, Deadline, GrantCall, Sighting


async def hints(session: AsyncSession) -> Sequence[Proposal]:
    """Those that nobody has answered."""
    query = select(Proposal).where(Proposal.field == TWIN, col(Proposal.settled_at).is_(None))
    return (await session.exec(query.order_by(col(Proposal.id)).limit(100))).all()


async def hint(session: AsyncSession, hint_id: int) -> Proposal | None:
    query = select(Proposal).where(Proposal.id == hint_id, Proposal.field == TWIN)
    return (await session.exec(query.with_for_update())).first()


async def calls(session: AsyncSession, ids: Collection[int]) -> dict[int, GrantCall]:
    query = select(GrantCall).where(col(GrantCall.id).in_(ids))
    return {call.key: call for call in (await session.exec(query)).all()}


async def move(session: AsyncSession, from_id: int, to_id: int) -> None:
    """What sources say of one call, they say of another: at the next reading all of it is news."""
    theirs = update(Sighting).where(col(Sighting.call_id) == from_id)
    await session.exec(theirs.values(call_id=to_id, digest="", said={}))


async def remove(session: AsyncSession, call: GrantCall) -> None:
    for table in (Proposal, Change, Deadline, CallPillar):
        await session.exec(delete(table).where(col(table.call_id) == call.key))
    await session.delete(call)
    await session.flush()

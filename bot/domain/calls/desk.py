"""The desk for calls: what waits for the team, sorted into heaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.rights import Action
from storage.calls import browsing
from storage.calls import desk as store
from storage.calls.desk import Heap, Order
from storage.calls.records import CallPillar, Deadline, GrantCall
from storage.people import Person
from storage.pillars import Pillar

ORDERS = {  # the first is the usual one
    Heap.WAITING: (Order.DEADLINE, Order.TOPIC, Order.NEWEST),
    Heap.DEFENCE: (Order.PROGRAMME, Order.DEADLINE),
    Heap.DRAFTS: (Order.NEWEST,),
    Heap.PROPOSALS: (Order.DEADLINE, Order.NEWEST),
    Heap.SENT: (Order.NEWEST, Order.DEADLINE),
    Heap.DECLINED: (Order.NEWEST,),
}


@dataclass(frozen=True)
class Heaped:
    """A call in a heap; `proposals` is how many of its values wait to be confirmed."""

    call: GrantCall
    deadlines: Sequence[Deadline]
    pillars: Sequence[tuple[Pillar, CallPillar]]
    proposals: int


@dataclass(frozen=True)
class Shown:
    """A page of a heap, and how many calls there are in each."""

    calls: Sequence[Heaped]
    counts: Mapping[Heap, int]


async def heap(
    session: AsyncSession,
    heap: Heap,
    order: Order,
    skip: int,
    limit: int,
    me: Person,
    now: datetime,
) -> Shown:
    await rights.require(session, me, Action.DRAFT_CALL, now)
    counts = await store.counts(session)
    skip = min(skip, max(0, (counts[heap] - 1) // limit * limit))
    calls = await store.listed(session, heap, order, skip=skip, limit=limit)
    ids = [call.key for call in calls]
    deadlines = await browsing.deadlines(session, ids)
    pillars = await browsing.pillars(session, ids)
    proposals = await store.proposed(session, ids)
    heaped = [
        Heaped(
            call,
            deadlines.get(call.key, ()),
            pillars.get(call.key, ()),
            proposals.get(call.key, 0),
        )
        for call in calls
    ]
    return Shown(heaped, counts)

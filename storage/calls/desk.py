"""Calls as the team settles them: which wait, which were sent, and what is still a proposal."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import SQLModel, and_, bindparam, col, delete, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.history import TWIN, Proposal
from storage.calls.records import CallPillar, Deadline, GrantCall, Purpose, Sighting, Stage, State
from storage.calls.sources import AllowedHost, Form, Source
from storage.pillars import Pillar


class Heap(StrEnum):
    """What the desk is sorted into."""

    WAITING = "waiting"
    DEFENCE = "defence"
    DRAFTS = "drafts"
    PROPOSALS = "proposals"
    SENT = "sent"
    DECLINED = "declined"


class Order(StrEnum):
    DEADLINE = "deadline"
    TOPIC = "topic"  # how sure we are of its pillars
    NEWEST = "newest"
    PROGRAMME = "programme"


ALIVE = col(GrantCall.state).in_((State.FORECAST, State.OPEN))
TITLED = GrantCall.title != ""
UNSETTLED = (Stage.QUIET, Stage.WAITING)
FOR_DEFENCE = (Purpose.DEFENCE, Purpose.DUAL)
TO_SETTLE = and_(col(Proposal.settled_at).is_(None), Proposal.field != TWIN)
OPEN_PROPOSALS = select(Proposal.call_id).where(TO_SETTLE)
IN: dict[Heap, tuple[Any, ...]] = {
    Heap.WAITING: (GrantCall.stage == Stage.WAITING, ALIVE),
    Heap.DEFENCE: (
        col(GrantCall.stage).in_(UNSETTLED),
        ALIVE,
        col(GrantCall.purpose).in_(FOR_DEFENCE),
    ),
    Heap.DRAFTS: (GrantCall.stage == Stage.DRAFT, TITLED),
    Heap.PROPOSALS: (
        col(GrantCall.id).in_(OPEN_PROPOSALS),
        col(GrantCall.stage).in_((Stage.WAITING, Stage.SENT)),
        ALIVE,
    ),
    Heap.SENT: (GrantCall.stage == Stage.SENT,),
    Heap.DECLINED: (GrantCall.stage == Stage.DECLINED,),
}
SCORE = (
    select(func.coalesce(func.max(CallPillar.score), 0))
    .where(CallPillar.call_id == GrantCall.id)
    .scalar_subquery()
)
SOONEST = col(GrantCall.last_deadline_at).asc().nulls_last()
BY: dict[Order, tuple[Any, ...]] = {
    Order.DEADLINE: (SOONEST,),
    Order.TOPIC: (SCORE.desc(), SOONEST),
    Order.NEWEST: (func.coalesce(col(GrantCall.settled_at), col(GrantCall.found_at)).desc(),),
    Order.PROGRAMME: (col(GrantCall.programme), SOONEST),
}
COUNTS = select(
    *(
        select(func.count()).where(*each).select_from(GrantCall).scalar_subquery()
        for each in IN.values()
    )
)
OF_CALL = select(Deadline).where(col(Deadline.call_id) == bindparam("call_id"))
DEADLINES = OF_CALL.order_by(col(Deadline.at), col(Deadline.id))


async def find(session: AsyncSession, call_id: int, *, lock: bool = False) -> GrantCall | None:
    return await session.get(GrantCall, call_id, with_for_update=lock, populate_existing=lock)


async def counts(session: AsyncSession) -> dict[Heap, int]:
    row = (await session.exec(COUNTS)).one()
    return dict(zip(IN, row, strict=True))


async def waiting(session: AsyncSession) -> int:
    """How many new calls wait for a yes."""
    query = select(func.count()).select_from(GrantCall).where(*IN[Heap.WAITING])
    return (await session.exec(query)).one()


async def listed(
    session: AsyncSession, heap: Heap, order: Order, *, skip: int, limit: int
) -> Sequence[GrantCall]:
    query = select(GrantCall).where(*IN[heap]).order_by(*BY[order], col(GrantCall.id))
    return (await session.exec(query.offset(skip).limit(limit))).all()


async def of_code(session: AsyncSession, code: str) -> GrantCall | None:
    return (await session.exec(select(GrantCall).where(GrantCall.code == code))).first()


async def linked(session: AsyncSession, links: Collection[str]) -> GrantCall | None:
    """A call with one of these addresses, of its own or as a source gives it."""
    sighted = select(Sighting.call_id).where(col(Sighting.link).in_(links))
    there = or_(col(GrantCall.link).in_(links), col(GrantCall.id).in_(sighted))
    query = select(GrantCall).where(there, TITLED).order_by(col(GrantCall.id))
    return (await session.exec(query)).first()


async def untitled(session: AsyncSession, before: datetime) -> Sequence[GrantCall]:
    """Drafts that nobody has wanted."""
    query = select(GrantCall).where(
        GrantCall.stage == Stage.DRAFT, GrantCall.title == "", GrantCall.found_at < before
    )
    return (await session.exec(query)).all()


async def add(session: AsyncSession, row: SQLModel) -> None:
    session.add(row)
    await session.flush()


async def remove(session: AsyncSession, row: SQLModel) -> None:
    await session.delete(row)
    await session.flush()


async def throw_away(session: AsyncSession, call: GrantCall) -> None:
    """A draft, with all that was noted of it."""
    for table in (Deadline, CallPillar, Proposal, Sighting):
        await session.exec(delete(table).where(col(table.call_id) == call.key))
    await remove(session, call)


async def deadlines(session: AsyncSession, call_id: int) -> Sequence[Deadline]:
    return (await session.exec(DEADLINES, params={"call_id": call_id})).all()


async def deadline(session: AsyncSession, deadline_id: int) -> Deadline | None:
    return await session.get(Deadline, deadline_id)


async def pillars(session: AsyncSession, call_id: int) -> Sequence[tuple[Pillar, CallPillar]]:
    query = (
        select(Pillar, CallPillar)
        .join(CallPillar, col(CallPillar.pillar_id) == Pillar.id)
        .where(CallPillar.call_id == call_id)
        .order_by(col(Pillar.position))
    )
    return (await session.exec(query)).all()


async def pillar(session: AsyncSession, call_id: int, pillar_id: int) -> CallPillar | None:
    return await session.get(CallPillar, (call_id, pillar_id))


async def proposals(session: AsyncSession, call_id: int) -> Sequence[Proposal]:
    """Those that wait, oldest first."""
    query = select(Proposal).where(Proposal.call_id == call_id, TO_SETTLE)
    return (await session.exec(query.order_by(col(Proposal.id)))).all()


async def proposal(
    session: AsyncSession, proposal_id: int, *, lock: bool = False
) -> Proposal | None:
    return await session.get(Proposal, proposal_id, with_for_update=lock, populate_existing=lock)


async def sources(session: AsyncSession, call_id: int) -> Sequence[tuple[Source, str]]:
    """Where it was found, each with the source's own link."""
    query = (
        select(Source, Sighting.link)
        .join(Sighting, col(Sighting.source_id) == Source.id)
        .where(Sighting.call_id == call_id)
        .order_by(col(Source.name))
    )
    return (await session.exec(query)).all()


async def allowed(session: AsyncSession) -> frozenset[str]:
    """The hosts that may be asked."""
    return frozenset((await session.exec(select(AllowedHost.host))).all())


async def allow(session: AsyncSession, host: str, now: datetime) -> None:
    if await session.get(AllowedHost, host) is None:
        session.add(AllowedHost(host=host, since=now))
        await session.flush()


async def of_form(session: AsyncSession, form: Form) -> Source | None:
    return (await session.exec(select(Source).where(Source.form == form))).first()


async def proposed(session: AsyncSession, ids: Collection[int]) -> dict[int, int]:
    """How many values of each of these calls wait to be confirmed."""
    query = (
        select(Proposal.call_id, func.count())
        .where(TO_SETTLE, col(Proposal.call_id).in_(ids))
        .group_by(col(Proposal.call_id))
    )
    return dict((await session.exec(query)).all())

"""What the cluster adds to a call: what it is good for, an earlier deadline, one bid for all."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.calls import changes, indexing
from bot.domain.calls.editing import lock, note
from bot.domain.instruments.cells import tidy
from bot.domain.refusals import Refusal
from bot.domain.rights import Action
from storage.calls import desk as store
from storage.calls.records import GrantCall, Stage
from storage.people import Person

NOTE, WHAT = 2000, 200  # characters


class RemarkTooLong(Refusal):
    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class InternalPast(Refusal):
    """Nobody could keep it."""


class InternalTooLate(Refusal):
    """It would come after the call's own deadline."""

    def __init__(self, closes_at: datetime) -> None:
        super().__init__(closes_at)
        self.closes_at = closes_at


async def write_note(
    session: AsyncSession, call_id: int, text: str, me: Person, now: datetime
) -> GrantCall:
    """An empty text takes the note away."""
    call = await lock(session, call_id, me, now)
    said = _within(tidy(text), NOTE)
    await _put(session, call, {"note": said}, now)
    await indexing.enter(session, [call])
    await note(session, call, "call.noted", me, now, note=said)
    return call


async def set_internal(
    session: AsyncSession,
    call_id: int,
    at: datetime | None,
    what: str,
    me: Person,
    now: datetime,
) -> GrantCall:
    """Until when ideas are to be sent, and what shall be sent; None: no such deadline."""
    await rights.require(session, me, Action.SETTLE_CALL, now)
    call = await lock(session, call_id, me, now)
    if at is not None:
        await _check_internal(session, call, at, now)
    said = _within(" ".join(tidy(what).split()), WHAT) if at is not None else ""
    await _put(session, call, {"internal_at": at, "internal_what": said}, now)
    told = at.isoformat() if at else None
    await note(session, call, "call.internal", me, now, at=told, what=said)
    return call


async def _check_internal(
    session: AsyncSession, call: GrantCall, at: datetime, now: datetime
) -> None:
    if at <= now:
        raise InternalPast
    coming = [each.at for each in await store.deadlines(session, call.key) if each.at > now]
    if coming and at > max(coming):
        raise InternalTooLate(max(coming))


async def set_one_bid(
    session: AsyncSession, call_id: int, *, only_one: bool, me: Person, now: datetime
) -> GrantCall:
    await rights.require(session, me, Action.SETTLE_CALL, now)
    call = await lock(session, call_id, me, now)
    if call.one_bid != only_one:
        await _put(session, call, {"one_bid": only_one}, now)
        await note(session, call, "call.one_bid", me, now, only_one=only_one)
    return call


async def _put(
    session: AsyncSession, call: GrantCall, new: dict[str, object], now: datetime
) -> None:
    """To those who know of the call it is a change; to nobody else."""
    if call.stage == Stage.SENT:
        await changes.amend(session, call, new, now)
    for field, value in new.items():
        setattr(call, field, value)
    await session.flush()


def _within(said: str, most: int) -> str:
    if len(said) > most:
        raise RemarkTooLong(most)
    return said

"""What becomes of a new call: it goes out with the manager's yes, or it does not and why.

An assistant prepares, a manager sends. Nothing goes out that is not complete.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import desk, rights
from bot.domain.calls import alerting, editing, matching, proposals
from bot.domain.calls.editing import lock, note
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage.calls import desk as store
from storage.calls.alerts import Because
from storage.calls.history import Proposal
from storage.calls.records import CallPillar, Deadline, GrantCall, Stage, State
from storage.calls.sources import Source
from storage.people import Person
from storage.pillars import Pillar

SURE_FROM = 50  # people; more are written to only after a second yes
LIVE = (State.FORECAST, State.OPEN)


class Why(StrEnum):
    """Why a call is not for the cluster."""

    FIELD = "field"
    NOT_ELIGIBLE = "not_eligible"
    TOO_LATE = "too_late"
    TOO_SMALL = "too_small"
    CONDITIONS = "conditions"
    NO_CALL = "no_call"  # news, a tender, the same once more


class NoTitle(Refusal):
    """A call without a name cannot go out."""


class NoDeadline(Refusal):
    """Neither a deadline nor "until the money is gone"."""


class DeadlineNotConfirmed(Refusal):
    """The only deadline was read from prose, and nobody has confirmed it."""


class DeadlinePast(Refusal):
    def __init__(self, closed_at: datetime) -> None:
        super().__init__(closed_at)
        self.closed_at = closed_at


class NotLive(Refusal):
    """It is closed or cancelled."""


class SentAlready(Refusal):
    """What people know of cannot be taken from them."""


class NotDeclined(Refusal):
    """There is nothing to take back."""


@dataclass(frozen=True)
class OnDesk:
    """A call with all that is decided by; `audience` is how many people would hear of it."""

    call: GrantCall
    deadlines: Sequence[Deadline]
    pillars: Sequence[tuple[Pillar, CallPillar]]
    proposals: Sequence[Proposal]
    sources: Sequence[tuple[Source, str]]
    audience: int
    may_settle: bool

    @property
    def is_settled(self) -> bool:
        return self.call.stage in (Stage.SENT, Stage.DECLINED)

    @property
    def needs_second_yes(self) -> bool:
        return self.audience > SURE_FROM


async def look(
    session: AsyncSession, call_id: int, me: Person, now: datetime, *, to_settle: bool = False
) -> OnDesk:
    action = Action.SETTLE_CALL if to_settle else Action.DRAFT_CALL
    await rights.require(session, me, action, now)
    call = await store.find(session, call_id)
    if call is None:
        raise Gone
    return await _on_desk(session, call, me, now)


async def send_out(
    session: AsyncSession, call_id: int, me: Person, now: datetime, *, sure: bool
) -> OnDesk:
    """The manager's yes; where many would be written to, it takes a second one. Sending twice is
    as good as sending once. Raises what is missing."""
    await rights.require(session, me, Action.SETTLE_CALL, now)
    call = await lock(session, call_id, me, now)
    if call.stage == Stage.SENT:
        return await _on_desk(session, call, me, now)
    await check(session, call, now)
    its = await _on_desk(session, call, me, now)
    if its.needs_second_yes and not sure:
        return its
    await send(session, call, me, now)
    await note(session, call, "call.sent", me, now, title=call.title, people=its.audience)
    return its


async def send(session: AsyncSession, call: GrantCall, by: Person | None, now: datetime) -> None:
    """Tell those whom it concerns. `by` is None where the source is trusted."""
    if call.stage == Stage.SENT:
        return
    call.stage, call.declined_why = Stage.SENT, ""
    call.settled_at, call.settled_by = now, by.key if by else None
    await session.flush()
    await alerting.announce(session, call, Because.NEW, now)


async def check(session: AsyncSession, call: GrantCall, now: datetime) -> None:
    """Raises what keeps it from going out."""
    if not call.title:
        raise NoTitle
    deadlines = await store.deadlines(session, call.key)
    sure = [each.at for each in deadlines if each.sure]
    if sure and max(sure) <= now:
        raise DeadlinePast(max(sure))
    if call.state not in LIVE:
        raise NotLive
    if sure or call.continuous or call.state == State.FORECAST:
        return
    raise DeadlineNotConfirmed if deadlines else NoDeadline


async def hand_over(
    session: AsyncSession, call_id: int, me: Person, now: datetime
) -> tuple[GrantCall, list[Person]]:
    """An assistant has prepared it; with the managers who are to be told."""
    call = await lock(session, call_id, me, now)
    if call.stage == Stage.SENT:
        raise SentAlready
    await check(session, call, now)
    call.stage = Stage.WAITING
    await note(session, call, "call.prepared", me, now, title=call.title)
    return call, [each for each in await desk.managers(session, now) if each.key != me.key]


async def decline(
    session: AsyncSession, call_id: int, why: Why, me: Person, now: datetime
) -> GrantCall:
    await rights.require(session, me, Action.SETTLE_CALL, now)
    call = await lock(session, call_id, me, now)
    if call.stage == Stage.SENT:
        raise SentAlready
    call.stage, call.declined_why = Stage.DECLINED, why
    call.settled_at, call.settled_by = now, me.key
    await note(session, call, "call.declined", me, now, title=call.title, why=why)
    return call


async def take_back(session: AsyncSession, call_id: int, me: Person, now: datetime) -> GrantCall:
    """It may be for us after all."""
    await rights.require(session, me, Action.SETTLE_CALL, now)
    call = await lock(session, call_id, me, now)
    if call.stage != Stage.DECLINED:
        raise NotDeclined
    call.stage, call.declined_why = Stage.WAITING, ""
    call.settled_at = call.settled_by = None
    await note(session, call, "call.taken_back", me, now, title=call.title)
    return call


async def throw_away(session: AsyncSession, call_id: int, me: Person, now: datetime) -> None:
    """A draft that is not wanted."""
    call = await lock(session, call_id, me, now)
    if call.stage != Stage.DRAFT:
        raise Gone
    await note(session, call, "call.thrown_away", me, now, title=call.title, link=call.link)
    await editing.remove(session, call)


async def _on_desk(session: AsyncSession, call: GrantCall, me: Person, now: datetime) -> OnDesk:
    return OnDesk(
        call,
        await store.deadlines(session, call.key),
        await store.pillars(session, call.key),
        proposals.leading(await store.proposals(session, call.key)),
        await store.sources(session, call.key),
        await _audience(session, call, now),
        await rights.may(session, me, Action.SETTLE_CALL, now),
    )


async def _audience(session: AsyncSession, call: GrantCall, now: datetime) -> int:
    if call.stage in (Stage.SENT, Stage.DECLINED) or call.state not in LIVE:
        return 0
    return len(await matching.match(session, call, now))

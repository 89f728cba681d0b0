"""A call's deadlines set by hand: each with its hour if known, its zone and what it is for."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.calls import editing, values
from bot.domain.calls.found import Due
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage.calls import desk as store
from storage.calls.records import Deadline, GrantCall
from storage.people import Person

ZONES = ("Europe/Prague", "Europe/Brussels", "Europe/London", "UTC", "America/New_York")
MOST = 12
WHAT = 120  # characters


class TooManyDeadlines(Refusal):
    """A call has a dozen at most."""


class SameDeadline(Refusal):
    """It is there already, for the same thing."""


async def look(
    session: AsyncSession, call_id: int, me: Person, now: datetime
) -> tuple[GrantCall, list[Deadline]]:
    """In the order of time: a deadline is known by its place in it."""
    await rights.require(session, me, Action.DRAFT_CALL, now)
    call = await store.find(session, call_id)
    if call is None:
        raise Gone
    return call, list(await store.deadlines(session, call.key))


async def add(
    session: AsyncSession,
    call_id: int,
    due: Due,
    me: Person,
    now: datetime,
    *,
    instead_of: Sequence[Due] = (),
) -> GrantCall:
    call = await editing.lock(session, call_id, me, now)
    kept = _sure(await store.deadlines(session, call.key), instead_of)
    if len(kept) >= MOST:
        raise TooManyDeadlines
    await _put(session, call, [*kept, due], me, now)
    return call


async def change(
    session: AsyncSession,
    call_id: int,
    place: int,
    was: int,
    due: Due,
    me: Person,
    now: datetime,
    *,
    instead_of: Sequence[Due] = (),
) -> GrantCall:
    """`place` and `was` (seconds since 1970) say which one it is. Raises `Gone`."""
    call = await editing.lock(session, call_id, me, now)
    others = await _others(session, call, place, was)
    await _put(session, call, [*_sure(others, instead_of), due], me, now)
    return call


async def drop(
    session: AsyncSession, call_id: int, place: int, was: int, me: Person, now: datetime
) -> GrantCall:
    call = await editing.lock(session, call_id, me, now)
    await _put(session, call, _sure(await _others(session, call, place, was)), me, now)
    return call


def at(there: Sequence[Deadline], place: int, was: int) -> Deadline:
    """Raises `Gone` where they have changed since."""
    if not 0 <= place < len(there) or int(there[place].at.timestamp()) != was:
        raise Gone
    return there[place]


def moved_to(due: Due, zone: str) -> Due:
    """The same hour on the clocks of another zone."""
    there = due.at.astimezone(ZoneInfo(due.zone)).replace(tzinfo=ZoneInfo(zone))
    return Due(there, zone, due.hour_known, due.what)


async def _others(session: AsyncSession, call: GrantCall, place: int, was: int) -> list[Deadline]:
    there = list(await store.deadlines(session, call.key))
    at(there, place, was)
    return [*there[:place], *there[place + 1 :]]


def _sure(deadlines: Sequence[Deadline], but: Sequence[Due] = ()) -> list[Due]:
    """What was read from prose stays a proposal, and does not become sure beside others."""
    sure = [values.due_of(each) for each in deadlines if each.sure]
    return [each for each in sure if each not in but]


async def _put(
    session: AsyncSession, call: GrantCall, new: Sequence[Due], me: Person, now: datetime
) -> None:
    if len({(each.at, each.what) for each in new}) < len(new):
        raise SameDeadline
    await editing.put(session, call, {}, me, now, dues=new)

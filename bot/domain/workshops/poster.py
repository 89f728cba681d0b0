"""The poster at the door: a code that changes every minute, by which people check themselves in.

The code is made from a secret of the event and the minute, so that there is nothing to store. One
that was sent home as a photo is good for two minutes at most.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from hashlib import sha256
from secrets import token_urlsafe

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.refusals import Refusal
from bot.domain.workshops import audience, check_in, door
from bot.domain.workshops.card import Cancelled
from bot.domain.workshops.check_in import Case, Turn, Verdict
from bot.domain.workshops.door import DoorNotOpen
from bot.domain.workshops.queue import NotSeated
from storage import people
from storage.people import Person
from storage.workshops import Event, State, check_ins, doors
from storage.workshops import events as store
from storage.workshops.check_ins import How
from storage.workshops.doors import Poster

CODE_BYTES = 12  # 96 bits, 16 letters
MINUTE = 60  # seconds
FRESH = 1  # minutes back that a scanned code may be
IN_HAND = 10  # minutes that a button lasts which was shown to who had scanned a fresh one


class StaleCode(Refusal):
    """The code on the poster is another one by now."""


class Next(Enum):
    """What somebody who scanned the poster is told."""

    ENTERED = auto()
    ALREADY = auto()
    CHOOSE = auto()
    MAY_SIT = auto()  # no seat so far, but there are free ones
    FULL = auto()


@dataclass(frozen=True, slots=True)
class Arrival:
    """`turns` are the parts that `next` is about."""

    event: Event
    next: Next
    turns: tuple[Turn, ...]
    has_a_place: bool  # in any part, if only in the line


@dataclass(frozen=True, slots=True)
class Shown:
    """A poster in somebody's chat; without a code it comes down."""

    event: Event
    person: Person
    message_id: int | None
    code: str


def code(key: str, workshop_id: int, minute: int) -> str:
    return _sealed(key, f"{workshop_id}:{minute}")


def _sealed(key: str, words: str) -> str:
    seal = hmac.digest(key.encode(), words.encode(), sha256)
    return urlsafe_b64encode(seal[:CODE_BYTES]).decode()


def minute_of(moment: datetime) -> int:
    """Since 1970."""
    return int(moment.timestamp()) // MINUTE


def is_good(key: str, workshop_id: int, given: str, moment: datetime, back: int) -> bool:
    """Whether it was on the poster at that moment, or up to `back` minutes before."""
    minute = minute_of(moment)
    good = (code(key, workshop_id, minute - n) for n in range(back + 1))
    return bool(key) and any(hmac.compare_digest(each.encode(), given.encode()) for each in good)


async def put_up(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Poster:
    """A poster in the chat of `me`; one that was there before is replaced.

    Raises `Gone`, `Cancelled`, `NotAllowed` and `OverAlready`.
    """
    event = await door.at_door(session, workshop_id, me, now, lock=True)
    if event.ends_at <= now:
        raise door.OverAlready
    workshop = await store.row(session, workshop_id)
    assert workshop is not None
    workshop.poster_key = workshop.poster_key or token_urlsafe(32)
    old = await doors.poster(session, workshop_id, me.key)
    poster = old or Poster(workshop_id=workshop_id, person_id=me.key, minute=0)
    poster.message_id, poster.minute = None, minute_of(now)
    session.add(poster)
    await session.flush()
    return poster


async def take_down(session: AsyncSession, workshop_id: int, me: Person) -> int | None:
    """The message in which it was. Whoever has put it up may do so, helper or not any more."""
    poster = await doors.poster(session, workshop_id, me.key)
    if poster is None:
        return None
    await session.delete(poster)
    return poster.message_id


async def behind(session: AsyncSession, now: datetime, *, lock: bool = False) -> Sequence[Poster]:
    """Those that have to change now.

    While no door of their event is open they rest, and after its end they come down.
    """
    found = []
    for poster in await doors.behind(session, minute_of(now), lock=lock):
        event = await store.find(session, poster.workshop_id)
        if event is None or _is_up(event, now) or event.ends_at <= now:
            found.append(poster)
    return found


async def turn(session: AsyncSession, now: datetime) -> Sequence[Poster]:
    """The same, each but once for a minute."""
    found = await behind(session, now, lock=True)
    for poster in found:
        poster.minute = minute_of(now)
    return found


async def look(session: AsyncSession, poster_id: int, now: datetime) -> Shown | None:
    """What a poster shows now; None when it was taken down."""
    poster = await doors.poster_row(session, poster_id)
    event = await store.find(session, poster.workshop_id) if poster else None
    person = await people.find(session, poster.person_id) if poster else None
    if poster is None or event is None or person is None:
        return None
    key = await doors.poster_key(session, event.id)
    is_over = event.state != State.PUBLISHED or event.ends_at <= now
    shown = "" if is_over else code(key, event.id, minute_of(now))
    return Shown(event, person, poster.message_id, shown)


async def page_seal(session: AsyncSession, workshop_id: int) -> str:
    """What makes the address of the event's poster on the web a secret."""
    return _sealed(await doors.poster_key(session, workshop_id), f"page:{workshop_id}")


async def look_at_page(
    session: AsyncSession, workshop_id: int, seal: str, now: datetime
) -> tuple[Event, str] | None:
    """The event and its code now; None for a wrong address, and when no poster is up."""
    event = await store.find(session, workshop_id)
    key = await doors.poster_key(session, workshop_id)
    if event is None or not key or event.state != State.PUBLISHED or event.ends_at <= now:
        return None
    is_good_seal = hmac.compare_digest(_sealed(key, f"page:{workshop_id}").encode(), seal.encode())
    if not is_good_seal or not await doors.hangs(session, workshop_id):
        return None
    return event, code(key, workshop_id, minute_of(now))


async def hung(session: AsyncSession, poster_id: int, message_id: int) -> None:
    poster = await doors.poster_row(session, poster_id)
    if poster is not None:
        poster.message_id = message_id


async def throw_away(session: AsyncSession, poster_id: int) -> None:
    poster = await doors.poster_row(session, poster_id)
    if poster is not None:
        await session.delete(poster)


async def arrive(
    session: AsyncSession,
    workshop_id: int,
    given: str,
    me: Person,
    seen_at: datetime,
    now: datetime,
) -> Arrival:
    """Somebody has scanned the poster, and did so at `seen_at`.

    Raises `StaleCode`, `Cancelled`, `DoorNotOpen`, `OverAlready`, and `MembersOnly` or
    `NotForYou` where the event is not for them.
    """
    event = await _behind_code(session, workshop_id, given, seen_at, FRESH)
    case = await check_in.case_of(session, event, me, me, now)
    match case.verdict:
        case Verdict.CLOSED:
            raise DoorNotOpen(door.next_opening(event, now))
        case Verdict.ENTER if case.turn is not None:
            await check_ins.enter(session, case.turn.slot.id, me.key, How.POSTER, None, seen_at)
            return _arrival(case, Next.ENTERED, (case.turn,))
        case Verdict.ALREADY if case.turn is not None:
            return _arrival(case, Next.ALREADY, (case.turn,))
        case Verdict.CHOOSE:
            return _arrival(case, Next.CHOOSE, _on(case, now))
    await _require_for(session, me, case, now)
    free = tuple(turn for turn in _on(case, now) if turn.left)
    return _arrival(case, Next.MAY_SIT if free else Next.FULL, free)


async def enter(
    session: AsyncSession,
    workshop_id: int,
    part_id: int,
    given: str,
    me: Person,
    now: datetime,
    *,
    sitting_down: bool,
) -> tuple[Event, Turn, bool]:
    """A part was chosen after the scan; with `sitting_down` a free seat of it is taken.

    The last is whether it was the first time. Raises what `arrive` raises, `NoSeatLeft`, and
    `NotSeated`.
    """
    event = await _behind_code(session, workshop_id, given, now, IN_HAND)
    slot = door.slot_of(event, part_id)
    if not door.is_open(slot, now):
        raise DoorNotOpen(door.next_opening(event, now))
    case = await check_in.case_of(session, event, me, me, now)
    turn = next(turn for turn in case.turns if turn.slot.id == part_id)
    if turn.came_at is None and not turn.seated:
        if not sitting_down:
            raise NotSeated
        await _require_for(session, me, case, now)
        await check_in.take_seat(session, event, slot, me.key, now)
    is_new = await check_ins.enter(session, part_id, me.key, How.POSTER, None, now)
    return event, turn, is_new


async def _behind_code(
    session: AsyncSession, workshop_id: int, given: str, moment: datetime, back: int
) -> Event:
    """Nobody learns from a wrong code whether there is such an event."""
    event = await store.find(session, workshop_id, lock=True)
    key = await doors.poster_key(session, workshop_id)
    if event is None or not is_good(key, workshop_id, given, moment, back):
        raise StaleCode
    if event.state == State.CANCELLED:
        raise Cancelled
    return event


async def _require_for(session: AsyncSession, me: Person, case: Case, now: datetime) -> None:
    """Who waits in the line was let in there; others have to be those whom the event is for."""
    if not case.has_a_place:
        await audience.require_place(session, case.event, me, now)


def _is_up(event: Event, now: datetime) -> bool:
    return any(door.is_open(slot, now) for slot in event.parts)


def _on(case: Case, now: datetime) -> tuple[Turn, ...]:
    return tuple(turn for turn in case.turns if door.is_open(turn.slot, now))


def _arrival(case: Case, following: Next, turns: tuple[Turn, ...]) -> Arrival:
    return Arrival(case.event, following, turns, case.has_a_place)

"""Handing one's places over to a colleague of the same organisation: a link works once, for a day.

The colleague gets what they have not got yet; what they have got is freed. A link lives only while
its maker has a place that they had when they made it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy, tries
from bot.domain.refusals import Gone, MembersOnly, Refusal
from bot.domain.workshops import line
from bot.domain.workshops.card import Cancelled
from bot.domain.workshops.queue import TooLate, open_event
from storage import people
from storage.people import Person
from storage.workshops import Audience, Event, Slot, State, handovers, invitees
from storage.workshops import events as store
from storage.workshops.handovers import Handover, Held
from storage.workshops.invitees import Invitee

TOKEN_BYTES = 32
LASTS = timedelta(days=1)


class NothingToHandOver(Refusal):
    """They have no place in the event."""


class Outcome(Enum):
    WRONG = auto()  # unknown, ended, used or taken back: nobody is told which
    OWN = auto()
    NOT_A_MEMBER = auto()  # not confirmed yet: the link stays good
    ELSEWHERE = auto()  # of another organisation: the link stays good
    DONE = auto()
    DONE_BEFORE = auto()  # they have used it themselves


@dataclass(frozen=True)
class Made:
    """The only time that the token is seen."""

    event: Event
    token: str
    expires_at: datetime


@dataclass(frozen=True)
class Passed:
    """What came of following a link; `slots` are the parts that have gone over."""

    outcome: Outcome
    event: Event | None = None
    giver: Person | None = None
    slots: tuple[Slot, ...] = ()


async def make(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Made:
    """A new link; the one before it ends.

    Raises `Gone`, `Cancelled`, `TooLate`, `MembersOnly` and `NothingToHandOver`.
    """
    event = await open_event(session, workshop_id)
    if not me.is_member:
        raise MembersOnly
    held = await _held(session, event, me)
    coming = _coming(event, held, now)
    if not coming:
        raise TooLate if held else NothingToHandOver
    await handovers.end(session, workshop_id, me.key, now)
    token = token_urlsafe(TOKEN_BYTES)
    expires_at = min(now + LASTS, max(slot.starts_at for slot in coming))
    handover = Handover(
        workshop_id=workshop_id,
        person_id=me.key,
        digest=_digest(token),
        made_at=now,
        expires_at=expires_at,
    )
    session.add(handover)
    await session.flush()
    return Made(event, token, expires_at)


async def take_back(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> None:
    """The link opens nothing any more. Twice is as good as once."""
    await handovers.end(session, workshop_id, me.key, now)


async def follow(session: AsyncSession, who: Person, token: str, now: datetime) -> Passed:
    """A wrong token is an outcome and no refusal, because the try has to be kept.

    Raises `TooManyTries`, `Cancelled` and `TooLate`.
    """
    me = await people.lock(session, who.key)
    assert me is not None
    await tries.require_rest(session, me, now)
    handover = await handovers.by_digest(session, _digest(token))
    if handover is None:
        return await _wrong(session, me, now)
    event = await store.find(session, handover.workshop_id, lock=True)
    giver = await people.find(session, handover.person_id)
    await handovers.lock(session, handover)
    if event is None or giver is None:
        raise Gone
    if handover.used_by == me.key:
        return Passed(Outcome.DONE_BEFORE, event, giver)
    if event.state == State.CANCELLED:
        raise Cancelled
    held = await _held(session, event, giver)
    coming = _coming(event, held, now)
    if held and not coming:
        raise TooLate
    if handover.used_at is not None or handover.expires_at <= now:
        return await _wrong(session, me, now)
    if not any(held[slot.id].taken_at <= handover.made_at for slot in coming):
        return await _wrong(session, me, now)
    outcome = _outcome(giver, me)
    if outcome != Outcome.DONE:
        return Passed(outcome, event, giver)
    handover.used_at, handover.used_by = now, me.key
    await session.flush()
    slots = [
        slot for slot in coming if await _pass_on(session, event, slot, held[slot.id], me, now)
    ]
    await _invite(session, event, me, now)
    return Passed(Outcome.DONE, event, giver, tuple(slots))


def _outcome(giver: Person, me: Person) -> Outcome:
    if me.key == giver.key:
        return Outcome.OWN
    if not me.is_member:
        return Outcome.NOT_A_MEMBER
    if not giver.is_member or giver.organisation_id != me.organisation_id:
        return Outcome.ELSEWHERE
    return Outcome.DONE


async def _pass_on(
    session: AsyncSession, event: Event, slot: Slot, given: Held, me: Person, now: datetime
) -> bool:
    """Whether it has gone over; else they have as good a place already, and this one is freed."""
    mine = (await handovers.held(session, [slot.id], me.key)).get(slot.id)
    if mine is not None and _is_as_good(mine, given):
        await handovers.drop(session, given)
        await line.settle(session, event, slot, now, freed=0 if given.waits else 1)
        return False
    if mine is not None:
        await handovers.drop(session, mine)
    await handovers.pass_on(session, given, me.key, now)
    return True


def _is_as_good(mine: Held, given: Held) -> bool:
    """A seat is better than the line, and its front better than its end."""
    return not mine.waits or (given.waits and mine.seat_id < given.seat_id)


async def _invite(session: AsyncSession, event: Event, me: Person, now: datetime) -> None:
    """Where only the invited come, the invitation goes over with the place."""
    by_invitation = event.audience == Audience.INVITED
    if by_invitation and not await invitees.includes(session, event.id, me.key):
        session.add(Invitee(workshop_id=event.id, person_id=me.key, invited_at=now))


async def _held(session: AsyncSession, event: Event, person: Person) -> dict[int, Held]:
    return await handovers.held(session, [slot.id for slot in event.parts], person.key)


def _coming(event: Event, held: dict[int, Held], now: datetime) -> list[Slot]:
    """The parts in which they have a place and that have not begun."""
    return [slot for slot in event.parts if slot.id in held and slot.starts_at > now]


async def _wrong(session: AsyncSession, me: Person, now: datetime) -> Passed:
    await tries.note(session, me, now)
    return Passed(Outcome.WRONG)


def _digest(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()


async def _give(session: AsyncSession, me: Person) -> Sequence[dict[str, Any]]:
    """Whose colleague it was is for them to tell."""
    rows = await handovers.of_person(session, me.key)
    return [
        {
            **privacy.facts(row, without=["digest", "used_by"]),
            "what": "given" if row.person_id == me.key else "received",
        }
        for row in rows
    ]


async def _forget(session: AsyncSession, me: Person, _now: datetime) -> None:
    await handovers.forget(session, me.key)


privacy.keep("handovers", Handover, give=_give, forget=_forget)

"""Taking a place and giving it back. One queue a part; the first `capacity` places of it sit."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from bot.domain.workshops.card import Cancelled, Card, card_of
from storage.people import Person
from storage.workshops import Audience, Event, Slot, State, seats
from storage.workshops import events as store


class TooLate(Refusal):
    """It has begun."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """Somebody who waited and sits now."""

    person: Person
    slot: Slot
    seat_id: int


@dataclass(frozen=True, slots=True)
class Left:
    card: Card
    promoted: tuple[Promotion, ...]


async def sign_up(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime, part_id: int | None = None
) -> Card:
    """Take a place in a part, or in the usual whole. Twice is as good as once.

    Raises `Gone`, `Cancelled`, `TooLate` and `MembersOnly`.
    """
    event = await _open_event(session, workshop_id)
    await rights.require(session, me, _taking(event), now)
    wanted = {slot.id for slot in _wanted(event, part_id, now)}
    card = await card_of(session, event, me, now)
    new = wanted - {part.slot.id for part in card.mine}
    if new:
        await seats.take(session, sorted(new), me.key, now)
    return card.after_taking(new)


async def leave(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime, part_id: int | None = None
) -> Left:
    """Give back a place, or all that have not begun. Whoever is the next in line sits at once.

    Raises `Gone`, `Cancelled` and `TooLate`.
    """
    event = await _open_event(session, workshop_id)
    before = await card_of(session, event, me, now)
    leaving = [part for part in before.mine if part_id in (None, part.slot.id)]
    open_ones = [part for part in leaving if part.slot.starts_at > now]
    if leaving and not open_ones:
        raise TooLate
    promoted: list[Promotion] = []
    for part in open_ones:
        await seats.give_back(session, part.slot.id, me.key)
        if part.seated and part.waiting:
            last = part.slot.capacity
            rising = await seats.places(session, part.slot.id, last - 1, last)
            promoted += [Promotion(person, part.slot, key) for key, person in rising]
    return Left(await card_of(session, event, me, now), tuple(promoted))


async def _open_event(session: AsyncSession, workshop_id: int) -> Event:
    event = await store.find(session, workshop_id, lock=True)
    if event is None or event.state == State.DRAFT:
        raise Gone
    if event.state == State.CANCELLED:
        raise Cancelled
    return event


def _wanted(event: Event, part_id: int | None, now: datetime) -> list[Slot]:
    if part_id is None:
        slots = [slot for slot in event.parts if slot.usual] or list(event.parts)
    else:
        slots = [slot for slot in event.parts if slot.id == part_id]
    if not slots:
        raise Gone
    open_ones = [slot for slot in slots if slot.starts_at > now]
    if not open_ones:
        raise TooLate
    return open_ones


def _taking(event: Event) -> Action:
    public = event.audience == Audience.PUBLIC
    return Action.TAKE_PUBLIC_SEAT if public else Action.TAKE_MEMBERS_SEAT

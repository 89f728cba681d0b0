"""Taking a place and giving it back, with the event's row locked: no seat is given twice.

A place is a seat or a number in the line. Silence keeps it: only a no gives it back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.refusals import Gone, Refusal
from bot.domain.workshops import line, rules
from bot.domain.workshops.audience import require_place
from bot.domain.workshops.card import Cancelled, Card, PartCard, card_of
from storage.people import Person
from storage.workshops import Event, Slot, State, lines, seats
from storage.workshops import events as store
from storage.workshops.seats import Place


class TooLate(Refusal):
    """It has begun."""


@dataclass(eq=False)
class NotOpenYet(Refusal):
    """Nobody can sign up before that time."""

    opens_at: datetime


@dataclass(eq=False)
class Closed(Refusal):
    """Nobody can sign up after that time."""

    closed_at: datetime


class NotSeated(Refusal):
    """There is no seat of theirs to say yes to."""


class NotWaiting(Refusal):
    """They are not in the line any more."""


class SeatTaken(Refusal):
    """Somebody else was quicker; the place in the line stays."""


@dataclass(frozen=True, slots=True)
class Left:
    """What they have now, and what became of what they had."""

    card: Card
    places: int  # that they gave back
    rose: int = 0  # people who sit instead of them
    offered: int = 0  # seats for those who tap first


async def sign_up(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime, part_id: int | None = None
) -> Card:
    """Take a place in a part, or in the usual whole. Twice is as good as once.

    Raises `Gone`, `Cancelled`, `TooLate`, `NotOpenYet`, `Closed`, `MembersOnly` and `NotForYou`.
    """
    event = await open_event(session, workshop_id)
    await require_place(session, event, me, now)
    wanted = {slot.id for slot in _wanted(event, part_id, now)}
    card = await card_of(session, event, me, now)
    new = [part for part in card.parts if part.slot.id in wanted and not part.has_place]
    if not new:
        return card
    require_registration(event, now)
    places = {part.slot.id: await _place(session, part, now) for part in new}
    await seats.take(session, list(places.values()), me.key, now)
    if all(place.seated_at or place.told_number for place in places.values()):
        return card.after_taking(places)
    return await _numbered(session, event, me, now, places)


def require_registration(event: Event, now: datetime) -> None:
    """Somebody could sign up now. Raises `TooLate`, `NotOpenYet` and `Closed`."""
    if all(slot.starts_at <= now for slot in event.parts):
        raise TooLate
    if not rules.has_opened(event, now) and event.opens_at is not None:
        raise NotOpenYet(event.opens_at)
    if rules.has_closed(event, now) and event.closes_at is not None:
        raise Closed(event.closes_at)


async def _place(session: AsyncSession, part: PartCard, now: datetime) -> Place:
    """A seat where there is one for them, else the end of the line."""
    key, limit = part.slot.id, part.limit
    if part.has_seat_for_me and not (
        part.waiting and await lines.next_ones(session, key, 1, limit)
    ):
        return Place(key, now)
    is_last = limit is None or part.at_limit or not part.waiting
    return Place(key, None, part.waiting + 1 if is_last else None)


async def _numbered(
    session: AsyncSession, event: Event, me: Person, now: datetime, places: Mapping[int, Place]
) -> Card:
    """Where people of other organisations go first, the end of the line is not its last number."""
    card = await card_of(session, event, me, now)
    for part in card.mine:
        place = places.get(part.slot.id)
        if place and place.told_number is None and part.number_in_line:
            await lines.note_number(session, part.slot.id, me.key, part.number_in_line)
    return card


async def leave(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime, part_id: int | None = None
) -> Left:
    """Give back a place, or all that have not begun. Whoever is the next in line sits at once;
    in the last two days all who wait are asked.

    Raises `Gone`, `Cancelled` and `TooLate`.
    """
    event = await open_event(session, workshop_id)
    before = await card_of(session, event, me, now)
    leaving = [part for part in before.mine if part_id in (None, part.slot.id)]
    open_ones = [part for part in leaving if part.slot.starts_at > now]
    if leaving and not open_ones:
        raise TooLate
    settled = []
    for part in open_ones:
        await seats.give_back(session, part.slot.id, me.key)
        freed = 1 if part.seated else 0
        settled.append(await line.settle(session, event, part.slot, now, freed=freed))
    return Left(
        await card_of(session, event, me, now),
        len(open_ones),
        sum(len(each.rose) for each in settled),
        sum(each.offered for each in settled),
    )


async def confirm(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Card:
    """They will come to all in which they sit. Twice is as good as once.

    Raises `Gone`, `Cancelled`, `TooLate`, and `NotSeated` when there is nothing to say yes to.
    """
    event = await open_event(session, workshop_id)
    card = await card_of(session, event, me, now)
    seated = [part for part in card.mine if part.seated]
    coming = [part.slot.id for part in seated if part.slot.starts_at > now]
    if not coming:
        raise TooLate if seated else NotSeated
    await seats.confirm(session, coming, me.key, now)
    return await card_of(session, event, me, now)


async def claim(
    session: AsyncSession, workshop_id: int, part_id: int, me: Person, now: datetime
) -> Card:
    """Take a seat that was offered to all who wait. Twice is as good as once.

    Raises `SeatTaken` when others were quicker, `NotWaiting` for whoever left the line, `Gone`,
    `Cancelled`, `TooLate`, `MembersOnly` and `NotForYou`.
    """
    event = await open_event(session, workshop_id)
    await require_place(session, event, me, now)
    standing = (await seats.standing(session, workshop_id, me.key)).get(part_id)
    slot = next((each for each in event.parts if each.id == part_id), None)
    if slot is None or standing is None:
        raise Gone
    if slot.starts_at <= now:
        raise TooLate
    if standing.mine is None:
        raise NotWaiting
    if standing.seated_at is None:
        if standing.sitting >= slot.capacity or not rules.is_rush(slot, now):
            raise SeatTaken
        await lines.sit(session, [standing.mine], now, confirmed=True)
    return await card_of(session, event, me, now)


async def open_event(session: AsyncSession, workshop_id: int) -> Event:
    """Locked, for a change of its seats. Raises `Gone` and `Cancelled`."""
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

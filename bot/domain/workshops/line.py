"""What becomes of free seats: the next in line sits at once; in the last two days all who wait
are asked, and the first who taps sits. Whoever is concerned is told by an errand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.agenda import awaits
from bot.domain.workshops import rules
from storage import errands
from storage.people import Person
from storage.workshops import Event, Slot, lines, seats
from storage.workshops import events as store

LOT = 500  # people whom one errand tells
TOP = 3  # whoever comes so far in a line wants to know
DAY = timedelta(days=1)  # nobody is told of their numbers more often


@dataclass(frozen=True, slots=True)
class Settled:
    """What happened to the free seats of a part: who `rose` (ids of seats), and how many seats
    are `offered` to all who wait."""

    rose: tuple[int, ...] = ()
    offered: int = 0


@dataclass(frozen=True, slots=True)
class Nearly:
    """Somebody who has come to the first few of a line, and the numbers they have there."""

    person: Person
    event: Event
    numbers: tuple[tuple[Slot, int], ...]


NOTHING = Settled()


async def settle(
    session: AsyncSession, event: Event, slot: Slot, now: datetime, *, freed: int = 0
) -> Settled:
    """Give the free seats of a part to those who wait; the event is locked.

    `freed` are those that have only just become free; in the rush they are offered.
    """
    if slot.starts_at <= now:
        return NOTHING
    sitting, waiting = await seats.counts(session, slot.id)
    free = slot.capacity - sitting
    if free <= 0 or not waiting:
        return NOTHING
    if rules.is_rush(slot, now):
        return await _offer(session, event, slot, now, free if freed else 0)
    return await _raise(session, event, slot, now, free)


async def _offer(
    session: AsyncSession, event: Event, slot: Slot, now: datetime, free: int
) -> Settled:
    if free:
        facts = {"workshop_id": event.id, "part_id": slot.id, "after": 0}
        await errands.promise(session, "workshops.offered", facts, now)
    return Settled(offered=free)


async def _raise(
    session: AsyncSession, event: Event, slot: Slot, now: datetime, free: int
) -> Settled:
    ids = await lines.next_ones(session, slot.id, free, rules.limit_of(event, slot, now))
    await lines.sit(session, ids, now)
    await tell_holders(session, "workshops.rose", event, slot, ids, now)
    return Settled(tuple(ids))


async def push_back(
    session: AsyncSession, event: Event, slot: Slot, number: int, now: datetime
) -> None:
    """The last who sit go to the front of the line."""
    ids = await lines.last_seated(session, slot.id, number)
    await lines.stand_up(session, ids)
    await tell_holders(session, "workshops.pushed_back", event, slot, ids, now)


async def tell_holders(
    session: AsyncSession,
    kind: str,
    event: Event,
    slot: Slot,
    seat_ids: Sequence[int],
    now: datetime,
) -> None:
    for start in range(0, len(seat_ids), LOT):
        lot = list(seat_ids[start : start + LOT])
        facts = {"workshop_id": event.id, "part_id": slot.id, "seat_ids": lot}
        await errands.promise(session, kind, facts, now)


async def settle_all(session: AsyncSession, now: datetime) -> int:
    """What time alone makes free: the limit of organisations has run out, an event has moved.
    Tells how many rose."""
    rose = 0
    for workshop_id, part_id in await lines.with_free_seats(session, now + rules.RUSH):
        event = await store.find(session, workshop_id, lock=True)
        slot = next((each for each in event.parts if each.id == part_id), None) if event else None
        if event is not None and slot is not None:
            rose += len((await settle(session, event, slot, now)).rose)
    return rose


async def nearly_there(session: AsyncSession, now: datetime) -> list[Nearly]:
    """Who has come to the first few of a line and was not told so today; noted as told."""
    numbers: dict[tuple[int, int], list[tuple[Slot, int]]] = {}
    events: dict[int, Event] = {}
    for workshop_id, part_id in await lines.with_waiters(session, now):
        event = events.get(workshop_id) or await store.find(session, workshop_id)
        slot = next((each for each in event.parts if each.id == part_id), None) if event else None
        if event is None or slot is None:
            continue
        events[workshop_id] = event
        for waiter in await lines.first(session, part_id, TOP, rules.limit_of(event, slot, now)):
            if waiter.told_number is None or waiter.told_number > TOP:
                key = (waiter.person_id, workshop_id)
                numbers.setdefault(key, []).append((slot, waiter.number))
    return await _told(session, events, numbers, now)


async def _told(
    session: AsyncSession,
    events: Mapping[int, Event],
    numbers: Mapping[tuple[int, int], list[tuple[Slot, int]]],
    now: datetime,
) -> list[Nearly]:
    """One event a day for each person; the rest has time until tomorrow."""
    first = dict(sorted(numbers, reverse=True))
    told = await lines.told_since(session, list(first), now - DAY)
    people = await seats.people(session, sorted(set(first) - told))
    nearly = []
    for person in people:
        event = events[first[person.key]]
        mine = numbers[person.key, event.id]
        for slot, number in mine:
            await lines.note_number(session, slot.id, person.key, number, now)
        nearly.append(Nearly(person, event, tuple(mine)))
    return nearly


@awaits
async def next_end_of_limits(session: AsyncSession, now: datetime) -> datetime | None:
    start = await lines.next_end_of_limits(session, now + rules.FAIR_UNTIL)
    return start - rules.FAIR_UNTIL if start else None

"""The day before at 16:00 and two hours before: planned once, told once, never for the past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import groupby

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.people import Person
from storage.workshops import Event, Reminder, Slot, State, seats
from storage.workshops import events as store
from storage.workshops import reminders as rows
from storage.workshops.reminders import Kind

HOUR_THE_DAY_BEFORE = time(16)  # on the cluster's own clocks
SOON = timedelta(hours=2)
STALE = timedelta(hours=6)  # so late a word about tomorrow would come at night, or never mind
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Reminded:
    reminder: Reminder
    event: Event
    person: Person
    slots: tuple[Slot, ...]


async def replan(session: AsyncSession, event: Event, zone: tzinfo, now: datetime) -> None:
    """Make the coming reminders those of the event as it is now."""
    await rows.drop_coming(session, event.id, now)
    if event.state == State.PUBLISHED:
        session.add_all(each for each in _planned(event, zone) if each.due_at > now)
    await session.flush()


def _planned(event: Event, zone: tzinfo) -> list[Reminder]:
    def local_day(slot: Slot) -> datetime:
        local = slot.starts_at.astimezone(zone)
        return datetime.combine(local, HOUR_THE_DAY_BEFORE, zone) - timedelta(days=1)

    days = [
        _reminder(event, Kind.DAY_BEFORE, list(slots), day.astimezone(UTC))
        for day, slots in groupby(event.parts, local_day)
    ]
    soon = [
        _reminder(event, Kind.SOON, list(slots), start - SOON)
        for start, slots in groupby(event.parts, lambda slot: slot.starts_at)
    ]
    return days + soon


def _reminder(event: Event, kind: Kind, slots: Sequence[Slot], due: datetime) -> Reminder:
    since, until = slots[0].starts_at, slots[-1].starts_at
    return Reminder(workshop_id=event.id, kind=kind, since=since, until=until, due_at=due)


async def remind(session: AsyncSession, now: datetime) -> list[Reminded]:
    """Whom to tell now: the next lot of those who sit in what a due reminder is about."""
    told: list[Reminded] = []
    for reminder in await rows.due(session, now, limit=5):
        told += await _next_lot(session, reminder, now)
        if len(told) >= CHUNK:
            break
    return told


async def _next_lot(session: AsyncSession, reminder: Reminder, now: datetime) -> list[Reminded]:
    event = await store.find(session, reminder.workshop_id)
    slots = _subject(reminder, event, now) if event else []
    places = await _seated(session, slots, reminder.told_up_to)
    if len(places) < CHUNK:
        reminder.done_at = now
    if not places or event is None:
        return []
    reminder.told_up_to = max(places)
    people = await seats.people(session, list(places))
    return [Reminded(reminder, event, each, tuple(places[each.key])) for each in people]


def _subject(reminder: Reminder, event: Event, now: datetime) -> list[Slot]:
    stale = reminder.kind == Kind.DAY_BEFORE and now - reminder.due_at > STALE
    if stale or event.state != State.PUBLISHED:
        return []
    about = [part for part in event.parts if reminder.since <= part.starts_at <= reminder.until]
    return [slot for slot in about if slot.starts_at > now]


async def _seated(
    session: AsyncSession, slots: Sequence[Slot], after: int
) -> dict[int, list[Slot]]:
    """The next people by their ids, each with the parts in which they sit."""
    found: dict[int, list[Slot]] = {}
    for slot in slots:
        for person_id in await _seated_in(session, slot, after):
            found.setdefault(person_id, []).append(slot)
    return {person_id: found[person_id] for person_id in sorted(found)[:CHUNK]}


async def _seated_in(session: AsyncSession, slot: Slot, after: int) -> Sequence[int]:
    last = await seats.nth(session, slot.id, slot.capacity)
    return await seats.seated_after(session, slot.id, last or seats.NO_LAST, after, CHUNK)

"""Reminders of an event: planned as rows, told once to those who sit, never for the past.

A row is told to people in the order of their ids, `CHUNK` at a time, so that a large event holds
nobody up. What comes too late for its `GRACE` is dropped.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.agenda import awaits
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from bot.domain.workshops import rhythm
from bot.domain.workshops.rhythm import AFTER, BEATS, Moment, Rhythm
from storage.audit import record
from storage.people import Person
from storage.workshops import Event, Reminder, Slot, State
from storage.workshops import events as store
from storage.workshops import reminders as rows
from storage.workshops.reminders import Kind, Place, Whom

CHUNK = 500
AT_ONCE = 5  # reminders looked at in one transaction
DAY = timedelta(days=1)
URGENT = (Kind.SOON, Kind.LINK, Kind.NEXT_DAY, Kind.EVENING)  # good until it begins, at any hour
GRACE = {
    Kind.WEEK_BEFORE: DAY,
    Kind.WILL_YOU_COME: DAY,
    Kind.DAY_BEFORE: timedelta(hours=6),
    Kind.AFTERWARDS: DAY,
    Kind.NUDGE: DAY,
    Kind.CERTIFICATE: 7 * DAY,
    Kind.HALF_A_YEAR: 30 * DAY,
}


@dataclass(frozen=True, slots=True)
class Reminded:
    """`slots` are those parts of the subject in which the person sits; `asked` says whether they
    still have to tell that they will come."""

    reminder: Reminder
    event: Event
    person: Person
    slots: tuple[Slot, ...]
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Pace:
    """An event's rhythm, the kinds that its parts call for, and the moments still ahead."""

    event: Event
    rhythm: Rhythm
    kinds: tuple[Kind, ...]
    moments: tuple[Moment, ...]


async def replan(session: AsyncSession, event: Event, zone: tzinfo, now: datetime) -> None:
    """Make the coming reminders those of the event as it is now.

    What was due already is never planned again, however the rhythm changes.
    """
    await rows.drop_coming(session, event.id, now)
    had = {(each.kind, each.since) for each in await rows.of_workshop(session, event.id)}
    for moment in await _moments(session, event, zone):
        if moment.due > now and (moment.kind, moment.since) not in had:
            session.add(
                Reminder(
                    workshop_id=event.id,
                    kind=moment.kind,
                    since=moment.since,
                    until=moment.until,
                    due_at=moment.due,
                )
            )
    await session.flush()


async def pace(
    session: AsyncSession, workshop_id: int, me: Person, zone: tzinfo, now: datetime
) -> Pace:
    """For the team. Raises `Gone` and `NotAllowed`."""
    event = await _led(session, workshop_id, me, now)
    own = rhythm.read(await rows.rhythm(session, workshop_id))
    coming = tuple(each for each in rhythm.moments(event, own, zone) if each.due > now)
    called_for = {each.kind for each in rhythm.moments(event, rhythm.read({}), zone)}
    return Pace(event, own, tuple(kind for kind in BEATS if kind in called_for), coming)


async def set_beat(
    session: AsyncSession,
    workshop_id: int,
    kind: Kind,
    value: int,
    me: Person,
    zone: tzinfo,
    now: datetime,
) -> None:
    """Raises `Gone` for a value that cannot be chosen, and `NotAllowed`."""
    if value not in (rhythm.OFF, *BEATS[kind].choices):
        raise Gone
    event = await _led(session, workshop_id, me, now, lock=True)
    workshop = await store.row(session, workshop_id)
    assert workshop is not None
    workshop.rhythm = rhythm.kept({**rhythm.read(workshop.rhythm), kind: value})
    await session.flush()
    await replan(session, event, zone, now)
    details = {"kind": kind.value, "value": value}
    await record(session, me.key, "set_rhythm", f"workshop:{workshop_id}", now, **details)


async def _led(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime, *, lock: bool = False
) -> Event:
    event = await store.find(session, workshop_id, lock=lock)
    if event is None:
        raise Gone
    action = Action.PLAN_EVENT if event.state == State.DRAFT else Action.PUBLISH_EVENT
    await rights.require(session, me, action, now)
    return event


@awaits
async def next_reminder(session: AsyncSession, now: datetime) -> datetime | None:
    return await rows.next_due(session, now)


async def remind(session: AsyncSession, zone: tzinfo, now: datetime) -> list[Reminded]:
    """Whom to tell now: the next lot of those whom a due reminder is for."""
    told: list[Reminded] = []
    kinds = list(Kind) if rhythm.is_day(now, zone) else URGENT
    for reminder in await rows.due(session, now, AT_ONCE, kinds):
        told += await _next_lot(session, reminder, zone, now)
        if len(told) >= CHUNK:
            break
    return told


async def _next_lot(
    session: AsyncSession, reminder: Reminder, zone: tzinfo, now: datetime
) -> list[Reminded]:
    event = await store.find(session, reminder.workshop_id)
    slots = _subject(reminder, event, now) if event else []
    if event is None or not slots:
        reminder.done_at = now
        return []
    own = rhythm.read(await rows.rhythm(session, event.id))
    whom = _whom(reminder, event, slots, own, zone)
    people = await rows.people(session, whom, after=reminder.told_up_to, limit=CHUNK)
    if len(people) < CHUNK:
        reminder.done_at = now
    if not people:
        return []
    reminder.told_up_to = people[-1].key
    places = await rows.places(session, whom.parts, [each.key for each in people])
    asks = bool(own[Kind.WILL_YOU_COME])
    return [
        _reminded(reminder, event, slots, each, places_of, asks=asks)
        for each, places_of in _by_person(people, places)
    ]


def _by_person(
    people: Sequence[Person], places: Sequence[Place]
) -> list[tuple[Person, list[Place]]]:
    of: dict[int, list[Place]] = {}
    for place in places:
        of.setdefault(place.person_id, []).append(place)
    return [(person, of[person.key]) for person in people]


def _reminded(
    reminder: Reminder,
    event: Event,
    slots: Sequence[Slot],
    person: Person,
    places: Sequence[Place],
    *,
    asks: bool,
) -> Reminded:
    mine = {place.part_id for place in places}
    sits = tuple(slot for slot in slots if slot.id in mine)
    asked = asks and any(_is_silent(reminder, place) for place in places)
    return Reminded(reminder, event, person, sits, asked)


def _is_silent(reminder: Reminder, place: Place) -> bool:
    """The day before, whoever has signed up just now need not say so once more."""
    match reminder.kind:
        case Kind.WILL_YOU_COME:
            return place.confirmed_at is None
        case Kind.DAY_BEFORE:
            return place.confirmed_at is None and place.taken_at <= reminder.due_at - DAY
    return False


def _subject(reminder: Reminder, event: Event, now: datetime) -> list[Slot]:
    """The parts that it is about; none when there is nothing to be said any more."""
    grace = GRACE.get(reminder.kind)
    stale = grace is not None and now - reminder.due_at > grace
    if stale or event.state != State.PUBLISHED or event.provisional:
        return []
    slots = rhythm.about(event, reminder.kind, reminder.since, reminder.until)
    if reminder.kind in AFTER:
        return slots if event.ends_at <= now else []
    return [slot for slot in slots if slot.starts_at > now]


def _whom(
    reminder: Reminder, event: Event, slots: Sequence[Slot], own: Rhythm, zone: tzinfo
) -> Whom:
    """Whoever has come to the event the day before hears of the next one in the morning, and not
    once more in the evening before or shortly before it begins."""
    whom = Whom(event.id, [slot.id for slot in slots], reminder.due_at)
    earlier = [each.id for each in rhythm.yesterday(event, own, zone, reminder.since)]
    match reminder.kind:
        case Kind.WEEK_BEFORE:
            days = own[Kind.WEEK_BEFORE] + rhythm.LONG_AGO
            return replace(whom, registered_by=event.starts_at - days * DAY)
        case Kind.WILL_YOU_COME:
            return replace(whom, unconfirmed=True)
        case Kind.DAY_BEFORE:
            return replace(whom, neither_in=earlier)
        case Kind.SOON if rhythm.opens_day(event, zone, reminder.since):
            return replace(whom, neither_in=earlier)
        case Kind.NEXT_DAY:
            return replace(whom, also_in=earlier)
        case Kind.AFTERWARDS | Kind.HALF_A_YEAR:
            return replace(whom, present=True)
        case Kind.NUDGE:
            return replace(whom, present=True, unrated=True)
        case Kind.CERTIFICATE:
            return replace(whom, checked_in=True)
    return whom


async def _moments(session: AsyncSession, event: Event, zone: tzinfo) -> list[Moment]:
    if event.state != State.PUBLISHED or event.provisional:
        return []
    own = rhythm.read(await rows.rhythm(session, event.id))
    return rhythm.moments(event, own, zone)

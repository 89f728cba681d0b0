"""When people are written to about an event: the usual moments, and what can be chosen instead.

All of it is arithmetic on the clocks on the wall; what is done with it is in `reminders`.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum, auto
from itertools import groupby, pairwise
from typing import Any

from bot.domain.working_days import last_working, next_working
from storage.workshops import Event, PartKind, Slot
from storage.workshops.reminders import Kind

OFF = 0
DAY = timedelta(days=1)
MORNING, AFTERNOON = time(9), time(16)  # when what is not urgent comes
AWAKE = (time(8), time(21))  # nobody is thanked at night
UP = time(6)  # nobody is woken sooner, even when an event is very early
LONG_AGO = 3  # days before a reminder: whoever has signed up since remembers by themselves


class Unit(Enum):
    DAYS = auto()
    MONTHS = auto()
    MINUTES = auto()
    CLOCK = auto()  # minutes after midnight


@dataclass(frozen=True)
class Beat:
    unit: Unit
    usual: int
    choices: tuple[int, ...]


BEATS = {
    Kind.WEEK_BEFORE: Beat(Unit.DAYS, 7, (7, 10, 14)),
    Kind.WILL_YOU_COME: Beat(Unit.DAYS, 3, (2, 3, 5)),
    Kind.DAY_BEFORE: Beat(Unit.CLOCK, 16 * 60, (12 * 60, 16 * 60, 18 * 60)),
    Kind.SOON: Beat(Unit.MINUTES, 120, (60, 120, 180)),
    Kind.LINK: Beat(Unit.MINUTES, 15, (5, 15, 30)),
    Kind.NEXT_DAY: Beat(Unit.CLOCK, 7 * 60 + 30, (7 * 60, 7 * 60 + 30, 8 * 60)),
    Kind.EVENING: Beat(Unit.MINUTES, 90, (60, 90, 120)),
    Kind.AFTERWARDS: Beat(Unit.MINUTES, 120, (60, 120, 240)),
    Kind.CERTIFICATE: Beat(Unit.DAYS, 1, (1, 2, 7)),
    Kind.NUDGE: Beat(Unit.DAYS, 2, (2, 3, 5)),
    Kind.HALF_A_YEAR: Beat(Unit.MONTHS, 6, (3, 6, 12)),
}
AFTER = (Kind.AFTERWARDS, Kind.CERTIFICATE, Kind.NUDGE, Kind.HALF_A_YEAR)
Rhythm = Mapping[Kind, int]  # in the unit of its beat, or `OFF`


@dataclass(frozen=True, slots=True)
class Moment:
    """People are told at `due` of the parts that start from `since` up to and with `until`."""

    kind: Kind
    since: datetime
    until: datetime
    due: datetime


def read(kept: Mapping[str, Any]) -> Rhythm:
    """The usual rhythm with what is `kept` of an event's own, as far as we know it."""
    return {
        kind: kept[kind] if kept.get(kind) in (OFF, *beat.choices) else beat.usual
        for kind, beat in BEATS.items()
    }


def kept(rhythm: Rhythm) -> dict[str, int]:
    """Where it is not the usual one."""
    return {kind.value: value for kind, value in rhythm.items() if value != BEATS[kind].usual}


def moments(event: Event, rhythm: Rhythm, zone: tzinfo) -> list[Moment]:
    """All of them in the order of time, those that are over too."""
    found = [
        *_before(event, rhythm, zone),
        *_on_the_days(event, rhythm, zone),
        *_after(event, rhythm, zone),
    ]
    return sorted(found, key=lambda moment: (moment.due, moment.since))


def about(event: Event, kind: Kind, since: datetime, until: datetime) -> list[Slot]:
    """The parts that a reminder is about."""
    slots = [slot for slot in event.parts if since <= slot.starts_at <= until]
    match kind:
        case Kind.SOON:
            return [slot for slot in slots if _is_soon(slot)]
        case Kind.LINK:
            return [slot for slot in slots if slot.kind == PartKind.ONLINE]
        case Kind.EVENING:
            return [slot for slot in slots if slot.kind == PartKind.EVENING]
    return slots


def yesterday(event: Event, rhythm: Rhythm, zone: tzinfo, start: datetime) -> list[Slot]:
    """The parts of the day before, when whoever was there is told of those from `start` on in the
    morning; else none."""
    for earlier, later in pairwise(_days(event, zone)):
        if later[0].starts_at <= start <= later[-1].starts_at:
            return earlier if _morning(earlier, later, rhythm, zone) else []
    return []


def opens_day(event: Event, zone: tzinfo, start: datetime) -> bool:
    """Whether nothing of the event starts earlier on that day."""
    return any(slots[0].starts_at == start for slots in _days(event, zone))


def is_day(moment: datetime, zone: tzinfo) -> bool:
    return AWAKE[0] <= moment.astimezone(zone).time() <= AWAKE[1]


def _before(event: Event, rhythm: Rhythm, zone: tzinfo) -> list[Moment]:
    """On working days; the first is left out where holidays would bring both at once."""
    first, last = event.parts[0].starts_at, event.parts[-1].starts_at
    day = first.astimezone(zone).date()
    found = [
        Moment(kind, first, last, _at(last_working(day - rhythm[kind] * DAY), MORNING, zone))
        for kind in (Kind.WEEK_BEFORE, Kind.WILL_YOU_COME)
        if rhythm[kind]
    ]
    return found[-1:] if len({moment.due for moment in found}) < len(found) else found


def _on_the_days(event: Event, rhythm: Rhythm, zone: tzinfo) -> Iterator[Moment]:
    days = _days(event, zone)
    for slots in days:
        first, last = slots[0].starts_at, slots[-1].starts_at
        if rhythm[Kind.DAY_BEFORE]:
            eve = first.astimezone(zone).date() - DAY
            due = _at(eve, _clock(rhythm[Kind.DAY_BEFORE]), zone)
            yield Moment(Kind.DAY_BEFORE, first, last, due)
        yield from _shortly(event, slots, rhythm, zone)
    for earlier, later in pairwise(days):
        if due_at := _morning(earlier, later, rhythm, zone):
            first, last = later[0].starts_at, later[-1].starts_at
            yield Moment(Kind.NEXT_DAY, first, last, due_at)


def _shortly(event: Event, slots: list[Slot], rhythm: Rhythm, zone: tzinfo) -> Iterator[Moment]:
    for start in sorted({slot.starts_at for slot in slots}):
        for kind in (Kind.SOON, Kind.LINK, Kind.EVENING):
            due = start - timedelta(minutes=rhythm[kind])
            due = max(due, _at(start.astimezone(zone).date(), UP, zone))
            if rhythm[kind] and due < start and about(event, kind, start, start):
                yield Moment(kind, start, start, due)


def _after(event: Event, rhythm: Rhythm, zone: tzinfo) -> Iterator[Moment]:
    first, last = event.parts[0].starts_at, event.parts[-1].starts_at
    for kind in AFTER:
        if rhythm[kind]:
            yield Moment(kind, first, last, _after_at(event, kind, rhythm[kind], zone))


def _after_at(event: Event, kind: Kind, value: int, zone: tzinfo) -> datetime:
    end = event.ends_at.astimezone(zone).date()
    match kind:
        case Kind.AFTERWARDS:
            return _awake(event.ends_at + timedelta(minutes=value), zone)
        case Kind.HALF_A_YEAR:
            return _at(next_working(_months_later(end, value)), MORNING, zone)
        case Kind.NUDGE:
            return _at(next_working(end + value * DAY), AFTERNOON, zone)
    return _at(next_working(end + value * DAY), MORNING, zone)


def _days(event: Event, zone: tzinfo) -> list[list[Slot]]:
    """The parts by the days on which they start."""
    by_day = groupby(event.parts, lambda slot: slot.starts_at.astimezone(zone).date())
    return [list(slots) for _, slots in by_day]


def _morning(
    earlier: list[Slot], later: list[Slot], rhythm: Rhythm, zone: tzinfo
) -> datetime | None:
    """When those who were there on the `earlier` day are told of the `later` one."""
    day = later[0].starts_at.astimezone(zone).date()
    follows = day - earlier[0].starts_at.astimezone(zone).date() == DAY
    if not follows or not rhythm[Kind.NEXT_DAY]:
        return None
    due = _at(day, _clock(rhythm[Kind.NEXT_DAY]), zone)
    return due if due < later[0].starts_at else None


def _is_soon(slot: Slot) -> bool:
    return slot.kind not in (PartKind.ONLINE, PartKind.EVENING)


def _at(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _clock(minutes: int) -> time:
    return time(*divmod(minutes, 60))


def _awake(moment: datetime, zone: tzinfo) -> datetime:
    """That moment, or the next morning when it would be at night."""
    local = moment.astimezone(zone)
    if local.time() < AWAKE[0]:
        return _at(local.date(), AWAKE[0], zone)
    if local.time() > AWAKE[1]:
        return _at(local.date() + DAY, AWAKE[0], zone)
    return moment


def _months_later(day: date, months: int) -> date:
    """Or the last day of the month, where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

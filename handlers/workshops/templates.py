"""Ready shapes of events: the team says when it begins, the parts follow from the usual hours."""

from datetime import UTC, date, datetime, time, timedelta

from bot.domain.workshops import PartPlan
from bot.kit.texts import Texts
from storage.workshops import Kind, PartKind

DAY, TWO_DAYS, ONLINE, ASSEMBLY, OTHER = "day", "two_days", "online", "assembly", "other"
KINDS = {ASSEMBLY: Kind.ASSEMBLY, OTHER: Kind.OTHER}  # the others are workshops
USUAL_HOURS = {  # for days typed without hours
    DAY: ("9:00-16:00",),
    TWO_DAYS: ("9:00", "9:00-15:00"),
    ONLINE: ("10:00-11:30",),
    ASSEMBLY: ("14:00-17:00",),
    OTHER: (),
}
MORNING, AFTERNOON, LAST_AFTERNOON = time(9), time(17), time(15)
EVENING, NIGHT = time(18, 30), time(22)
BREAK, SHORTEST = timedelta(minutes=30), timedelta(hours=2)
CALL = timedelta(minutes=90)


def two_days(t: Texts, start: datetime, end: datetime | None, capacity: int) -> list[PartPlan]:
    """Days, with an evening after the first; a second day follows also where none was typed."""
    first = start.astimezone(t.zone)
    last = end.astimezone(t.zone) if end else first
    last_day, last_end = last.date(), last.time()
    first_end = AFTERNOON
    if last_day == first.date():
        last_day, last_end = last_day + timedelta(days=1), LAST_AFTERNOON
        first_end = last.time() if end else AFTERNOON
    days = [_day(t, 1, first.date(), first.time(), first_end, capacity)]
    for day in _days_after(first.date(), last_day):
        closes = last_end if day == last_day else AFTERNOON
        number = (day - first.date()).days + 1
        days.append(_day(t, number, day, min(first.time(), MORNING), closes, capacity))
    return [days[0], _evening(t, days[0]), *days[1:]]


def online(start: datetime, end: datetime | None, capacity: int, link: str) -> list[PartPlan]:
    return [PartPlan(start, end or start + CALL, capacity, kind=PartKind.ONLINE, link=link)]


def each_day(t: Texts, start: datetime, end: datetime, capacity: int) -> list[PartPlan]:
    """The same hours on each day; by the clocks on the wall, so also when they change."""
    first, last = start.astimezone(t.zone), end.astimezone(t.zone)
    days = [first.date(), *_days_after(first.date(), last.date())]
    return [
        _day(t, number, day, first.time(), last.time(), capacity)
        for number, day in enumerate(days, 1)
    ]


def _days_after(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]


def _day(t: Texts, number: int, day: date, opens: time, closes: time, capacity: int) -> PartPlan:
    starts_at, ends_at = _on(t, day, opens), _on(t, day, closes)
    if ends_at <= starts_at:
        ends_at = starts_at + SHORTEST
    return PartPlan(starts_at, ends_at, capacity, t.plain("Day {n}", n=number))


def _evening(t: Texts, after: PartPlan) -> PartPlan:
    day = after.starts_at.astimezone(t.zone).date()
    starts_at = max(_on(t, day, EVENING), after.ends_at + BREAK)
    ends_at = max(_on(t, day, NIGHT), starts_at + SHORTEST)
    name, kind = t.plain("Evening"), PartKind.EVENING
    return PartPlan(starts_at, ends_at, after.capacity, name, kind=kind)


def _on(t: Texts, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, t.zone).astimezone(UTC)

"""When people are written to about calls: at 8:00 of working days, never at night.

Who wants to hear once a week does so on the first working day of the week.
"""

from datetime import date, datetime, time, timedelta, tzinfo

from bot.domain.working_days import is_working, last_working, next_working
from storage.calls.subscriptions import Pace

MORNING, EVENING = time(8), time(20)
REMINDING = time(9)
DAY = timedelta(days=1)


def is_working_time(now: datetime, zone: tzinfo) -> bool:
    return is_daytime(now, zone) and is_working(now.astimezone(zone).date())


def is_daytime(now: datetime, zone: tzinfo) -> bool:
    return MORNING <= now.astimezone(zone).time() < EVENING


def next_opening(now: datetime, zone: tzinfo) -> datetime:
    """The next morning of a working day."""
    return next_run(Pace.DAILY, now, zone)


def next_morning(now: datetime, zone: tzinfo) -> datetime:
    """Of any day."""
    day = now.astimezone(zone).date()
    today = _at(day, MORNING, zone)
    return today if today > now else _at(day + DAY, MORNING, zone)


def last_run(pace: Pace, now: datetime, zone: tzinfo) -> datetime:
    """When those of that pace were last told, at `now` at the latest."""
    day = now.astimezone(zone).date()
    run = _run(pace, day, zone)
    while run is None or run > now:
        day -= DAY
        run = _run(pace, day, zone)
    return run


def next_run(pace: Pace, now: datetime, zone: tzinfo) -> datetime:
    """When those of that pace are told next, after `now`."""
    day = now.astimezone(zone).date()
    run = _run(pace, day, zone)
    while run is None or run <= now:
        day += DAY
        run = _run(pace, day, zone)
    return run


def reminder(deadline: date, days: int, zone: tzinfo) -> datetime:
    """9:00 of the working day that is so many days before a deadline, or before that."""
    return _at(last_working(deadline - days * DAY), REMINDING, zone)


def _run(pace: Pace, day: date, zone: tzinfo) -> datetime | None:
    """That of a day; None where it has none."""
    monday = day - day.weekday() * DAY
    first = next_working(monday)
    falls = day == first if pace == Pace.WEEKLY else is_working(day)
    return _at(day, MORNING, zone) if falls else None


def _at(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, zone)

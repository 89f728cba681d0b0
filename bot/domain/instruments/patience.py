"""When we speak again about what somebody is silent about: on working days, at decent hours."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.domain.working_days import is_working, next_working

DAY = timedelta(days=1)
MORNING = time(9)
AWAKE = (time(8), time(20))


def morning_after(start: datetime, days: int, zone: tzinfo) -> datetime:
    """The morning of the working day that is so many of them after the day of `start`."""
    day = start.astimezone(zone).date()
    for _ in range(days):
        day = next_working(day + DAY)
    return _morning(day, zone)


def morning_in(start: datetime, days: int, zone: tzinfo) -> datetime:
    """So many days of any kind later, or on the first working day from then on."""
    return _morning(next_working(start.astimezone(zone).date() + days * DAY), zone)


def is_decent(now: datetime, zone: tzinfo) -> bool:
    """Whether people may be written to about what is not urgent."""
    local = now.astimezone(zone)
    opens, closes = AWAKE
    return is_working(local.date()) and opens <= local.time() < closes


def _morning(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, MORNING, zone).astimezone(UTC)

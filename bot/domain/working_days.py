"""Days on which people are at work: not weekends, not Czech holidays."""

from collections.abc import Container
from datetime import date, timedelta
from functools import cache

SATURDAY = 5
DAY = timedelta(days=1)


def is_working(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in _holidays()


def last_working(day: date) -> date:
    """That day, or the nearest one before it."""
    while not is_working(day):
        day -= DAY
    return day


def next_working(day: date) -> date:
    """That day, or the nearest one after it."""
    while not is_working(day):
        day += DAY
    return day


@cache
def _holidays() -> Container[date]:
    """Loading them takes a while, which starting should not spend."""
    from holidays import country_holidays

    return country_holidays("CZ")

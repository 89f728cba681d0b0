"""Working days: counted without weekends and Czech holidays, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.instruments.patience import is_decent, morning_after, morning_in

PRAGUE = ZoneInfo("Europe/Prague")
MOMENTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 -- hypothesis adds the zone
    datetime(2032, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
CZECH = country_holidays("CZ", years=range(2025, 2034))


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in CZECH


@given(MOMENTS, st.integers(1, 25))
def test_so_many_working_days_lie_between(start: datetime, days: int) -> None:
    due = morning_after(start, days, PRAGUE)
    first, last = start.astimezone(PRAGUE).date(), due.astimezone(PRAGUE).date()
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert sum(map(works, between)) == days
    assert works(last)
    assert due.astimezone(PRAGUE).time() == time(9)
    assert is_decent(due, PRAGUE)


@given(MOMENTS, st.integers(1, 12), st.integers(1, 12))
def test_waiting_goes_on_from_morning_to_morning(start: datetime, one: int, more: int) -> None:
    there = morning_after(start, one, PRAGUE)
    assert morning_after(there, more, PRAGUE) == morning_after(start, one + more, PRAGUE)


@given(MOMENTS, st.integers(0, 60))
def test_days_of_any_kind_end_on_a_working_one(start: datetime, days: int) -> None:
    due = morning_in(start, days, PRAGUE).astimezone(PRAGUE)
    earliest = start.astimezone(PRAGUE).date() + timedelta(days=days)
    assert works(due.date())
    assert not any(
        works(earliest + timedelta(days=n)) for n in range((due.date() - earliest).days)
    )


@given(MOMENTS)
def test_nobody_is_written_to_at_night_or_on_a_holiday(now: datetime) -> None:
    local = now.astimezone(PRAGUE)
    assert is_decent(now, PRAGUE) == (works(local.date()) and 8 <= local.hour < 20)

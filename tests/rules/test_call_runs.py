"""When people are written to about calls: working days, one time zone, over changes of clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calls import runs
from bot.domain.working_days import is_working
from storage.calls.subscriptions import Pace

PRAGUE = ZoneInfo("Europe/Prague")
START = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 4 * 365 * 24 * 60).map(lambda each: START + timedelta(minutes=each))


def prague(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PRAGUE)


@pytest.mark.parametrize(
    ("pace", "now", "expected"),
    [
        (Pace.DAILY, prague(2027, 3, 1, 7, 59), prague(2027, 3, 1, 8)),
        (Pace.DAILY, prague(2027, 3, 1, 8), prague(2027, 3, 2, 8)),
        (Pace.DAILY, prague(2027, 3, 5, 12), prague(2027, 3, 8, 8)),  # over a weekend
        (Pace.DAILY, prague(2027, 3, 25, 9), prague(2027, 3, 30, 8)),  # over Easter
        (Pace.WEEKLY, prague(2027, 3, 1, 8), prague(2027, 3, 8, 8)),
        (Pace.WEEKLY, prague(2027, 3, 25, 9), prague(2027, 3, 30, 8)),  # Easter Monday
    ],
)
def test_the_next_run(pace: Pace, now: datetime, expected: datetime) -> None:
    assert runs.next_run(pace, now, PRAGUE) == expected


@given(MOMENTS, st.sampled_from([Pace.DAILY, Pace.WEEKLY]))
def test_runs_follow_one_another(now: datetime, pace: Pace) -> None:
    """At 8:00 in Prague in winter and in summer, on working days, with nothing in between."""
    last, coming = runs.last_run(pace, now, PRAGUE), runs.next_run(pace, now, PRAGUE)
    assert last <= now < coming
    assert runs.next_run(pace, last, PRAGUE) == coming
    for run in (last, coming):
        local = run.astimezone(PRAGUE)
        assert (local.hour, local.minute) == (8, 0)
        assert is_working(local.date())
    assert coming - last <= timedelta(days=14)


@given(st.dates(date(2026, 6, 1), date(2029, 6, 1)), st.sampled_from([60, 30, 14, 7, 2]))
def test_reminders_are_never_late(deadline: date, days: int) -> None:
    due = runs.reminder(deadline, days, PRAGUE).astimezone(PRAGUE)
    assert (due.hour, due.minute) == (9, 0)
    assert is_working(due.date())
    early = (deadline - due.date()).days - days
    assert 0 <= early <= 5


def test_nights_end_in_the_morning() -> None:
    """Also in the night in which clocks change."""
    night = prague(2027, 3, 28, 1, 30)
    assert not runs.is_daytime(night, PRAGUE)
    assert runs.next_morning(night, PRAGUE) == prague(2027, 3, 28, 8)
    assert runs.next_morning(prague(2027, 3, 28, 21), PRAGUE) == prague(2027, 3, 29, 8)
    assert not runs.is_working_time(prague(2027, 3, 29, 10), PRAGUE)  # Easter Monday

"""The first decent moment: never in somebody's silence, whatever holidays and clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.attention import (
    QUIET,
    Quiet,
    awake,
    last_digest,
    next_digest,
    next_moment,
)

PRAGUE = ZoneInfo("Europe/Prague")
CZECH = country_holidays("CZ", years=range(2025, 2034))
MOMENTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 -- hypothesis adds the zone
    datetime(2032, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
HOURS = st.integers(0, 23)
SILENCES = st.builds(Quiet, HOURS, HOURS)
QUARTER = timedelta(minutes=15)


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in CZECH


def is_decent(moment: datetime, quiet: Quiet) -> bool:
    local = moment.astimezone(PRAGUE)
    if quiet.since <= quiet.until:
        silent = quiet.since <= local.hour < quiet.until
    else:
        silent = local.hour >= quiet.since or local.hour < quiet.until
    return works(local.date()) and not silent


def prague(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=PRAGUE)  # type: ignore[misc,arg-type]


@given(MOMENTS, SILENCES)
def test_it_is_decent_and_none_before_it_is(now: datetime, quiet: Quiet) -> None:
    found = next_moment(now, PRAGUE, quiet)
    assert found >= now
    assert is_decent(found, quiet)
    between = now
    while between < found:
        assert not is_decent(between, quiet)
        between += QUARTER


@given(MOMENTS, SILENCES)
def test_who_is_awake_waits_for_nothing(now: datetime, quiet: Quiet) -> None:
    found = next_moment(now, PRAGUE, quiet)
    assert next_moment(found, PRAGUE, quiet) == found
    assert awake(now, PRAGUE, quiet) <= found


@given(MOMENTS, st.integers(0, 10**6), SILENCES)
def test_what_comes_later_leaves_no_sooner(now: datetime, seconds: int, quiet: Quiet) -> None:
    later = now + timedelta(seconds=seconds)
    assert next_moment(now, PRAGUE, quiet) <= next_moment(later, PRAGUE, quiet)


@given(MOMENTS)
def test_there_is_a_digest_a_week(now: datetime) -> None:
    last, following = last_digest(now, PRAGUE), next_digest(now, PRAGUE)
    assert last <= now < following
    assert timedelta(days=3) <= following - last <= timedelta(days=11)
    local = following.astimezone(PRAGUE)
    assert (local.time(), works(local.date())) == (time(8), True)
    monday = local.date() - timedelta(days=local.weekday())
    assert not any(works(monday + timedelta(days=n)) for n in range(local.weekday()))


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        (prague(2027, 3, 1, 9), prague(2027, 3, 1, 9)),
        (prague(2027, 3, 1, 19, 59), prague(2027, 3, 1, 19, 59)),
        (prague(2027, 3, 1, 20), prague(2027, 3, 2, 8)),
        (prague(2027, 3, 5, 20), prague(2027, 3, 8, 8)),
        (prague(2027, 3, 25, 20), prague(2027, 3, 30, 8)),  # over Easter and the turn of clocks
        (prague(2027, 10, 29, 21), prague(2027, 11, 1, 8)),  # the clocks turn on Sunday
        (prague(2027, 12, 23, 20), prague(2027, 12, 27, 8)),
    ],
)
def test_nobody_is_woken(now: datetime, leaves: datetime) -> None:
    assert next_moment(now, PRAGUE) == leaves


def test_an_hour_that_is_missing_that_night_ends_the_silence_all_the_same() -> None:
    """On Sunday 28 March 2027 there is no 2:30."""
    saturday = prague(2027, 3, 27, 23)
    assert awake(saturday, PRAGUE, Quiet(20, 2)) == prague(2027, 3, 28, 3)


def test_easter_monday_has_its_digest_on_tuesday() -> None:
    assert next_digest(prague(2027, 3, 28, 12), PRAGUE) == prague(2027, 3, 30, 8)


def test_whoever_is_never_silent_is_reached_on_any_working_day() -> None:
    assert next_moment(prague(2027, 3, 2, 3), PRAGUE, Quiet(0, 0)) == prague(2027, 3, 2, 3)
    assert next_moment(prague(2027, 3, 6, 3), PRAGUE, Quiet(0, 0)) == prague(2027, 3, 8, 0)
    assert not QUIET.holds(8)
    assert QUIET.holds(20)

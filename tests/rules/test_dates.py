"""Dates as people type them."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit import dates
from bot.kit.forms import Unclear
from bot.kit.texts import Library

PRAGUE = ZoneInfo("Europe/Prague")
LIBRARY = Library(Path("bot/locales"), PRAGUE, "cs")
CS, EN = LIBRARY["cs"], LIBRARY["en"]
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


def shown(text: str, now: datetime = NOW) -> str:
    """How what was read would be said by the cluster's clocks."""
    read = dates.span(CS, text, now)
    start = f"{read.start.astimezone(PRAGUE):%Y-%m-%d %H:%M}"
    return f"{start} {read.end.astimezone(PRAGUE):%Y-%m-%d %H:%M}" if read.end else start


@pytest.mark.parametrize(
    "text",
    [
        "14. 5. 2027 9:00–16:00",
        "14. 5. 2027, 9:00 – 16:00",
        "14.5.2027 9-16",
        "14.5. 9-16",
        "14.5 9.00-16.00",
        "pá 14. 5. 2027 9–16 h",
        "v pátek 14. května od 9 do 16 hodin",
        "14. května 2027 9:00 až 16:00",
        "14 May 2027 9am to 4pm",
        "Friday, May 14 2027, 9:00-16:00",
        "14th May 2027 from 9:00 until 16:00",
        "2027-05-14 09:00-16:00",
        "14/05/2027 9:00-16:00",
        "  14.\u00a05.\u00a02027   9:00—16:00  ",
    ],
)
def test_one_day(text: str) -> None:
    assert shown(text) == "2027-05-14 09:00 2027-05-14 16:00"


@pytest.mark.parametrize(
    "text",
    [
        "14.–15. 5. 2027 9:00–16:00",
        "14. – 15. května 9–16",
        "14-15 May 2027 9:00-16:00",
        "14. 5. 2027 9:00 – 15. 5. 2027 16:00",
        "14. 5. 9:00 – 15. 5. 16:00",
        "14. 5. – 15. 5. 2027 9–16",
        "pá 14. 5. 2027 9:00 – so 15. 5. 2027 16:00",
    ],
)
def test_two_days(text: str) -> None:
    assert shown(text) == "2027-05-14 09:00 2027-05-15 16:00"


def test_only_a_beginning() -> None:
    assert shown("14. května 2027 9:00") == "2027-05-14 09:00"


def test_without_a_year_the_next_such_day() -> None:
    assert shown("1. 3. 9-16") == "2027-03-01 09:00 2027-03-01 16:00"
    assert shown("28. 2. 9-16") == "2028-02-28 09:00 2028-02-28 16:00"
    assert shown("30. 12. 9:00 – 2. 1. 16:00") == "2027-12-30 09:00 2028-01-02 16:00"


def test_a_leap_day() -> None:
    assert shown("29. 2. 2028 9-16") == "2028-02-29 09:00 2028-02-29 16:00"
    with pytest.raises(Unclear):
        dates.span(CS, "29. 2. 2027 9-16", NOW)


def test_until_midnight() -> None:
    assert shown("14. 5. 2027 18-24") == "2027-05-14 18:00 2027-05-15 00:00"


def test_the_nights_when_the_clocks_change() -> None:
    with pytest.raises(Unclear):
        dates.span(CS, "28. 3. 2027 2:30-4:00", NOW)
    assert dates.span(CS, "28. 3. 2027 1:30–3:30", NOW).end == datetime(
        2027, 3, 28, 1, 30, tzinfo=UTC
    )
    twice = dates.span(CS, "31. 10. 2027 2:30-4:00", NOW)
    assert twice.start == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


BAD = """zítra
14.
14. 5. 2027
31. 6. 2027 9-16
14. 5. 2027 25-26
14. 13. 9-16
14. 5. 2027 9:75
14. 5. 0001 9-16
14. 5. 9999 9-16
9-16
14. 5. 2027 13 pm
14. 5. 2027 16:00–9:00
15. 5. 2027 9:00 – 14. 5. 2027 16:00
९. ५. २०२७ ९"""


@pytest.mark.parametrize("text", ["", "9" * 10_000, *BAD.splitlines()])
def test_what_cannot_be_read(text: str) -> None:
    with pytest.raises(Unclear):
        dates.span(CS, text, NOW)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("3 h", 180), ("3", 180), ("1,5 hodiny", 90), ("90 min", 90), ("2 hours", 120), ("24", 1440)],
)
def test_how_long(text: str, minutes: int) -> None:
    assert dates.duration(CS, text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "0", "25 h", "dlouho", "-3", "9999 min", "3 h 3 h"])
def test_not_so_long(text: str) -> None:
    with pytest.raises(Unclear):
        dates.duration(CS, text)


FIRST = datetime(2027, 3, 2, tzinfo=PRAGUE)
MINUTES = st.integers(0, 72 * 365 * 24 * 60).map(lambda n: FIRST + timedelta(minutes=n))
LENGTHS = st.integers(1, 4 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@settings(deadline=None)
@given(local=MINUTES, length=LENGTHS, language=st.sampled_from(["cs", "en"]))
def test_what_we_print_can_be_read(local: datetime, length: timedelta, language: str) -> None:
    t = LIBRARY[language]
    start = local.astimezone(UTC)
    end = start + length
    if any(_is_second_of_two(each) for each in (start, end)):
        return  # print says 2:30 for both hours of that night; the first is meant
    printed = t.span(start, end)
    if start.astimezone(PRAGUE).replace(tzinfo=None) < end.astimezone(PRAGUE).replace(tzinfo=None):
        assert dates.span(t, printed, NOW) == dates.Span(start, end)


def _is_second_of_two(moment: datetime) -> bool:
    return moment.astimezone(PRAGUE).fold == 1


@settings(deadline=None)
@given(st.text(max_size=140) | st.text("0123456789. :-–am pv květn/", max_size=40))
def test_anything_typed_is_read_or_unclear(text: str) -> None:
    with suppress(Unclear):
        dates.span(EN, text, NOW)
    with suppress(Unclear):
        dates.duration(EN, text)

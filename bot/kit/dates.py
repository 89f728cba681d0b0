"""Dates and times as people type them, Czechs and others, read in the cluster's zone.

All that `Texts.span` prints can be read back: „pá 14. 5. 2027, 9:00–16:00", "Fri 14 May 2027 …".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from markupsafe import Markup

from bot.kit.forms import Unclear
from bot.kit.texts import Texts
from storage.folding import fold

LONGEST = 120  # characters
YEARS = range(2000, 2101)
NAMES = (
    "leden ledna january jan",
    "unor unora february feb",
    "brezen brezna march mar",
    "duben dubna april apr",
    "kveten kvetna may",
    "cerven cervna june jun",
    "cervenec cervence july jul",
    "srpen srpna august aug",
    "zari september sept sep",
    "rijen rijna october oct",
    "listopad listopadu november nov",
    "prosinec prosince december dec",
)
MONTHS = {name: number for number, names in enumerate(NAMES, 1) for name in names.split()}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAYS = (
    "po|ut|st|ct|pa|so|ne|pondeli|utery|streda|stredu|ctvrtek|patek|sobota|sobotu|nedele|nedeli"
    "|(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?"
)
DAY = [
    rf"(?P<day{n}>\d{{1,2}})\. ?(?P<month{n}>\d{{1,2}})\.?(?: ?(?P<year{n}>\d{{4}}))?"
    for n in (0, 1)
]
CLOCK = [
    rf"(?P<hour{n}>\d{{1,2}})(?:[:.](?P<minute{n}>\d\d))?(?: ?(?P<half{n}>am|pm))?" for n in (0, 1)
]
SHAPES = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        f"{DAY[0]} {CLOCK[0]}(?:-{CLOCK[1]})?",
        f"{DAY[0]} {CLOCK[0]}-{DAY[1]} {CLOCK[1]}",
        f"{DAY[0]}-{DAY[1]} {CLOCK[0]}-{CLOCK[1]}",
        rf"(?P<day0>\d{{1,2}})\.?-{DAY[1]} {CLOCK[0]}-{CLOCK[1]}",
    )
)
DURATION = re.compile(
    r"(?P<number>\d{1,4}(?:[.,]\d{1,2})?) ?(?:(?P<minutes>m|min|minut\w*)|h|hod\w*|hour\w*)?\.?",
    re.ASCII,
)
Typed = dict[str, str | None]


@dataclass(frozen=True)
class Span:
    """`end` is None when only a beginning was typed."""

    start: datetime
    end: datetime | None


class _NoSuchTime(ValueError):
    pass


def span(t: Texts, text: str, now: datetime, *, usual: Sequence[str] = ()) -> Span:
    """Raises `Unclear`. Without a year the nearest such day to come is meant.

    Where only days were typed, `usual` is tried behind them: „9:00", „9:00-16:00".
    """
    typed = _typed(text) or next(filter(None, (_typed(f"{text} {each}") for each in usual)), None)
    if typed is None:
        raise Unclear(_example(t, now, "" if usual else " 9:00–16:00"))
    try:
        first = _day(typed, 0, now.astimezone(t.zone).date())
        start = _moment(t, first, typed, 0)
        last = _day(typed, 1, first) if typed.get("day1") else first
        end = _moment(t, last, typed, 1) if typed.get("hour1") else None
    except (ValueError, OverflowError):
        raise Unclear(t("There is no such day or time.")) from None
    if end is not None:
        _check_order(t, start, end)
    return Span(start, end)


def moment(t: Texts, text: str, now: datetime, *, usual: str) -> datetime:
    """A day, with a time or with the `usual` one. Raises `Unclear`."""
    found = span(t, text, now, usual=(usual,))
    if found.end is not None:
        raise Unclear(_example(t, now, f" {usual}"))
    return found.start


def day(t: Texts, text: str, now: datetime) -> date:
    """Raises `Unclear`."""
    return span(t, text, now, usual=("12:00",)).start.astimezone(t.zone).date()


def duration(t: Texts, text: str) -> timedelta:
    """How long something takes: „3 h", "1.5", „90 min". Raises `Unclear`."""
    found = DURATION.fullmatch(fold(text)) if len(text) <= LONGEST else None
    if found is None:
        raise Unclear(t("How long? For example <code>3 h</code> or <code>90 min</code>."))
    minutes = float(found["number"].replace(",", ".")) * (1 if found["minutes"] else 60)
    if not 1 <= minutes <= 24 * 60:
        raise Unclear(t("It takes at least a minute and at most a day."))
    return timedelta(minutes=round(minutes))


def _typed(text: str) -> Typed | None:
    if len(text) > LONGEST:
        return None
    plain = _plain(text)
    found = (shape.fullmatch(plain) for shape in SHAPES)
    return next((match.groupdict() for match in found if match), None)


def _plain(text: str) -> str:
    """Digits, dots, colons and hyphens, with am and pm: what the shapes are about."""
    plain = re.sub(r"[‐-―−]", "-", fold(text)).replace(",", " ")
    plain = re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", plain)
    plain = re.sub(r"(\d) ?(?:hodin|hod|h)\b\.?", r"\1", plain)
    plain = re.sub(rf"\b(?:{WEEKDAYS}|dne|v|ve|od|from|at|on)\b\.?", " ", plain)
    plain = re.sub(r"\b(?:do|to|az|until|till)\b", "-", plain)
    plain = re.sub(r"\b(\d{4})-(\d\d?)-(\d\d?)(?:t|\b)", r"\3. \2. \1 ", plain)
    plain = re.sub(r"\b(\d\d?)/(\d\d?)/(\d{4})\b", r"\1. \2. \3", plain)
    plain = re.sub(rf"\b(\d\d?)\.? ?({MONTH})\b\.?", _day_and_month, plain)
    plain = re.sub(rf"\b({MONTH})\b\.? (\d\d?)\b(?!:)", _month_and_day, plain)
    return re.sub(r"\s*-\s*", "-", " ".join(plain.split()))


def _day_and_month(match: re.Match[str]) -> str:
    return f"{match[1]}. {MONTHS[match[2]]}. "


def _month_and_day(match: re.Match[str]) -> str:
    return f"{match[2]}. {MONTHS[match[1]]}. "


def _day(typed: Typed, n: int, earliest: date) -> date:
    """What is not typed is taken from the other day, or makes the nearest one to come."""
    other = 1 - n
    year = typed.get(f"year{n}") or (n == 0 and typed.get("year1")) or None
    month = int(typed.get(f"month{n}") or typed.get(f"month{other}") or 0)
    day = int(typed[f"day{n}"] or 0)
    if year:
        if int(year) not in YEARS:
            raise _NoSuchTime
        return date(int(year), month, day)
    found = date(earliest.year, month, day)
    return found if found >= earliest else date(found.year + 1, month, day)


def _moment(t: Texts, day: date, typed: Typed, n: int) -> datetime:
    hour, minute = int(typed[f"hour{n}"] or 0), int(typed.get(f"minute{n}") or 0)
    half = typed.get(f"half{n}") or typed.get(f"half{1 - n}")
    if half:
        if not 1 <= hour <= 12:
            raise _NoSuchTime
        hour = hour % 12 + (12 if half == "pm" else 0)
    if (hour, minute) == (24, 0) and n == 1:
        day, hour = day + timedelta(days=1), 0
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=t.zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(t.zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise _NoSuchTime  # the clocks skip it in the night when summer time begins
    return moment


def _check_order(t: Texts, start: datetime, end: datetime) -> None:
    if end <= start:
        raise Unclear(t("It would end before it starts."))


def _example(t: Texts, now: datetime, hours: str) -> Markup:
    day = (now + timedelta(days=30)).astimezone(t.zone).date()
    example = f"{t.date(day)}{hours}"
    return t("I cannot read this date. Please write it like this: <code>{x}</code>", x=example)

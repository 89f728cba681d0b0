"""Dates and times as Czech and English pages write them, and spans of two dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.calls.found import Due

END_OF_DAY = time(23, 59, 59)
YEARS = range(1990, 2100)

CZECH = (
    "ledna|leden",
    "února|únor",
    "března|březen",
    "dubna|duben",
    "května|květen",
    "června|červen",
    "července|červenec",
    "srpna|srpen",
    "září",
    "října|říjen",
    "listopadu|listopad",
    "prosince|prosinec",
)
ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ENGLISH_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
CZECH_MONTH = rf"(?:července|červenec|{'|'.join(CZECH)})\b"
YEAR = r"(?:19|20)\d\d"

DAY = re.compile(
    rf"(?<!\d)(?<!\d[.,/:])(?:"
    rf"(?P<iso>{YEAR}-\d\d-\d\d)"
    rf"(?:[T ](?P<at>\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?P<off>Z|[+-]\d\d:?\d\d)?)?"
    rf"|(?P<d1>\d{{1,2}})\. ?(?P<m1>\d{{1,2}})\.(?!\d(?!\d{{3}}))(?: ?(?P<y1>{YEAR})(?!\d))?"
    rf"|(?P<d2>\d{{1,2}})\. ?(?P<m2>{CZECH_MONTH})(?: (?P<y2>{YEAR})\b)?"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m3>{ENGLISH_MONTH}),? (?P<y3>{YEAR})\b"
    rf"|\b(?P<m4>{ENGLISH_MONTH}) (?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y4>{YEAR})\b"
    rf"|(?P<d5>\d{{1,2}})/(?P<m5>\d{{1,2}})/(?P<y5>{YEAR})(?!\d)"
    rf"|(?P<d6>\d{{1,2}})\. ?(?=[-–—] ?\d{{1,2}}\. ?(?:\d{{1,2}}\.|{CZECH_MONTH}))"
    rf")",
    re.I,
)
CLOCK = (
    r"(?:(?P<h1>\d{1,2}):(?P<n1>\d\d)(?::(?P<s1>\d\d))?(?!\d)(?: ?(?P<half1>[ap]\.?m\b\.?))?"
    r"|(?P<h2>\d{1,2})\.(?P<n2>\d\d)(?= ?h(?:od(?:in)?)?\b)"
    r"|(?P<h3>\d{1,2})(?= ?(?:hod(?:in)?|h)\b)"
    r"|(?P<h4>\d{1,2}) ?(?P<half4>[ap]\.?m\b\.?)|(?P<noon>noon|midnight|poledne)\b)"
)
ZONES = (
    (r"brussels|bruxelles|bruselsk\w+|cest|cet|středoevropsk\w+|sečs?", "Europe/Brussels"),
    (r"prague time|pražského času", "Europe/Prague"),
    (r"uk time|bst", "Europe/London"),
    (r"gmt|utc", "UTC"),
    (r"edt|est|et|eastern", "America/New_York"),
)
ZONED = "|".join(names for names, _ in ZONES)
ZONE = (
    r"(?: ?h(?:od(?:in(?:y|ách)?)?)?\b\.?)?"
    rf"(?: ?\(?(?P<zone>{ZONED})\b(?: (?:local )?time)?)?"
)
AFTER = re.compile(
    rf"(?: ?[,;(–-])? ?(?:(?:nejpozději )?(?:do|v|ve|od|at|by|until|o|to) )?{CLOCK}{ZONE}",
    re.I,
)
BEFORE = re.compile(rf"{CLOCK}{ZONE},? ?(?:dne|on|,)? ?(?:the )?$", re.I)
BETWEEN = re.compile(
    r"\)? ?(?:[-–—]+|až(?: do)?|do|to|until|till|a končí(?: dnem)?|a do) ?"
    r"(?:dne |the |(?:po|út|st|čt|pá|so|ne) )?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date in a text, from `start` to `end`; `since` is set where it is the end of a span."""

    day: date
    clock: time | None
    zone: str
    start: int
    end: int
    since: "Moment | None" = None
    year_said: bool = True

    def due(self, what: str = "") -> Due:
        return Due(self._at(self.clock or END_OF_DAY), self.zone, self.clock is not None, what)

    def opening(self) -> datetime:
        """The beginning of the day, where no hour is said."""
        return self._at(self.clock or time())

    def _at(self, clock: time) -> datetime:
        return datetime.combine(self.day, clock, ZoneInfo(self.zone))


def moments(text: str, now: datetime, zone: str) -> list[Moment]:
    """Those of a tidy text, in order; two that are a span are one, with `since`."""
    joined: list[Moment] = []
    for each in _single(text, now, zone):
        before = joined[-1] if joined else None
        if before and not before.since and BETWEEN.fullmatch(text, before.end, each.start):
            joined[-1] = replace(each, start=before.start, since=_year_of(before, each))
        else:
            joined.append(each)
    return [each for each in joined if each.day.year in YEARS]


def whole(text: str, now: datetime, zone: str) -> Moment | None:
    """The one date or span that a short text consists of."""
    found = moments(text, now, zone)
    if len(found) != 1:
        return None
    rest = text[: found[0].start] + text[found[0].end :]
    return found[0] if not re.search(r"[^\W_]{3,}", _without_small_words(rest)) else None


def _without_small_words(rest: str) -> str:
    return re.sub(r"\b(?:dne|hod|hodin|nejpozději|until|from|the|time)\b", "", rest, flags=re.I)


def _single(text: str, now: datetime, zone: str) -> Iterator[Moment]:
    end = 0
    for match in DAY.finditer(text):
        if match.start() < end:
            continue
        found = _dated(match, now, zone)
        if found:
            found = _timed(found, text, end)
            end = found.end
            yield found


def _dated(match: re.Match[str], now: datetime, zone: str) -> Moment | None:
    if match["iso"]:
        return _iso(match, zone)
    if match["d6"]:
        return _day_alone(match, now, zone)
    form = next(n for n in "12345" if match[f"d{n}"])
    number, month, year = (match[f"{part}{form}"] for part in "dmy")
    day, at = int(number), _month(month)
    if form == "5" and at > 12 >= day:
        day, at = at, day  # 02/28/2027, as Americans write it
    elif form == "5" and day <= 12 and day != at:
        return None  # nobody can tell which of the two is the month
    return _moment(match, day, at, int(year) if year else None, now, zone)


def _iso(match: re.Match[str], zone: str) -> Moment | None:
    """Midnight is how programs write a day without an hour."""
    try:
        day = date.fromisoformat(match["iso"])
        clock = time.fromisoformat(match["at"]) if match["at"] else time()
    except ValueError:
        return None
    if clock == time():
        return Moment(day, None, zone, match.start(), match.end())
    if match["off"]:
        at = datetime.fromisoformat(f"{match['iso']}T{match['at']}{match['off']}")
        at = at.astimezone(ZoneInfo(zone))
        day, clock = at.date(), at.time()
    return Moment(day, clock, zone, match.start(), match.end())


def _day_alone(match: re.Match[str], now: datetime, zone: str) -> Moment | None:
    """The 7. of "7. – 17. 4. 2026"."""
    rest = DAY.search(match.string, match.end())
    found = _dated(rest, now, zone) if rest else None
    if not found:
        return None
    try:
        day = found.day.replace(day=int(match["d6"]))
    except ValueError:
        return None
    return Moment(day, None, zone, match.start(), match.end())


def _month(said: str) -> int:
    if said.isdigit():
        return int(said)
    said = said.casefold().rstrip(".")
    for number, forms in enumerate(CZECH, start=1):
        if said in forms.split("|"):
            return number
    return ENGLISH.index(said[:3]) + 1


def _moment(
    match: re.Match[str], day: int, month: int, year: int | None, now: datetime, zone: str
) -> Moment | None:
    """Without a year it is the next such day."""
    today = now.astimezone(ZoneInfo(zone)).date()
    try:
        at = date(year or today.year, month, day)
        if not year and at < today:
            at = at.replace(year=today.year + 1)
    except ValueError:
        return None
    return Moment(at, None, zone, match.start(), match.end(), year_said=year is not None)


def _year_of(start: Moment, end: Moment) -> Moment:
    """The start of a span often leaves its year to the end."""
    if start.year_said:
        return start
    try:
        day = start.day.replace(year=end.day.year)
        day = day if day <= end.day else day.replace(year=end.day.year - 1)
    except ValueError:
        return start
    return replace(start, day=day, year_said=True)


def _timed(found: Moment, text: str, since: int) -> Moment:
    if found.clock:
        return found
    after = AFTER.match(text, found.end)
    if after and (clock := _clock(after)):
        return replace(
            found, clock=clock, zone=_zone(after["zone"]) or found.zone, end=after.end()
        )
    before = BEFORE.search(text[max(since, found.start - 40) : found.start])
    if before and (clock := _clock(before)):
        return replace(found, clock=clock, zone=_zone(before["zone"]) or found.zone)
    return found


def _clock(match: re.Match[str]) -> time | None:
    """24:00 is the end of the day."""
    if match["noon"]:
        return END_OF_DAY if match["noon"].casefold() == "midnight" else time(12)
    form = next(n for n in "1234" if match[f"h{n}"])
    hour = int(match[f"h{form}"])
    minute = int(match[f"n{form}"]) if form in "12" else 0
    half = (match["half1"] or match["half4"] or "").casefold()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour == 24 and minute == 0:
        return END_OF_DAY
    second = int(match["s1"] or 0)
    return time(hour, minute, second) if hour < 24 and max(minute, second) < 60 else None


def _zone(said: str | None) -> str | None:
    if not said:
        return None
    return next(zone for names, zone in ZONES if re.fullmatch(names, said, re.I))

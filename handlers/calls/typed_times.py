"""A deadline as somebody types it: with its hour, to the second even, or a day alone."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calls.found import Due
from bot.kit import dates
from bot.kit.forms import Unclear
from bot.kit.screens import Screen, lines
from bot.kit.texts import Texts

SECONDS = re.compile(r"(?<!\d)(\d{1,2}:\d\d):([0-5]\d)(?!\d)")
MIDNIGHT = re.compile(r"(?<!\d)24(:00)?(?![\d.])")
LAST = time(23, 59, 59)
EXAMPLE = 60  # days from now
ZONED = {
    "europe/brussels": "Europe/Brussels",
    "bruselského času": "Europe/Brussels",
    "brussels time": "Europe/Brussels",
    "cet": "Europe/Brussels",
    "cest": "Europe/Brussels",
    "utc": "UTC",
    "gmt": "UTC",
    "uk time": "Europe/London",
}
ZONE = re.compile(rf"\(?\b({'|'.join(map(re.escape, ZONED))})\b\)?\s*$", re.IGNORECASE)


def due(t: Texts, text: str, now: datetime) -> Due:
    """A span of days or hours ends with the deadline; a day without an hour is meant to its end.
    Raises `Unclear`."""
    said, zone = _without_zone(t, text)
    there = replace(t, zone=ZoneInfo(zone))
    exact = SECONDS.search(said)
    said = SECONDS.sub(r"\1", said)
    midnight = MIDNIGHT.search(said) is not None
    try:
        found = dates.span(there, MIDNIGHT.sub("23:59", said), now)
    except Unclear:
        day = dates.day(there, said, now)
        return Due(datetime.combine(day, LAST, there.zone), zone, hour_known=False)
    at = found.end or found.start
    if midnight:
        at += timedelta(minutes=1)
    if exact:
        at += timedelta(seconds=int(exact[2]))
    return Due(at, zone, hour_known=True)


def _without_zone(t: Texts, text: str) -> tuple[str, str]:
    named = ZONE.search(text.strip())
    if named is None:
        return text, str(t.zone)
    return text.strip()[: named.start()], ZONED[named[1].casefold()]


def ask_due(t: Texts, now: datetime) -> Screen:
    day = t.date((now + timedelta(days=EXAMPLE)).astimezone(t.zone).date())
    text = lines(
        t("⏳ When is the deadline?"),
        t("For example <code>{day} 12:00</code>; without an hour it is that whole day.", day=day),
    )
    return Screen(text)

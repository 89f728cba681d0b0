"""Answers in JSON, whose values are of any type, or missing, whatever their names promise."""

import json
import math
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.calls.found import Unreadable
from bot.sources.fetching import Answer
from bot.sources.text import broken

Record = Mapping[str, Any]


def record(answer: Answer) -> Record:
    """The object that an answer is. Raises `Unreadable`."""
    body = answer.body.removeprefix(b"\xef\xbb\xbf").strip()
    if not body:
        raise Unreadable("the answer is empty")
    if b"\x00" in body[:200]:
        raise Unreadable("the answer is JSON in UTF-16, so some program has rewritten it")
    if body.startswith(b"<"):
        raise Unreadable("the answer is a web page where JSON should be")
    found = parsed(_utf8(body))
    if not isinstance(found, dict):
        raise Unreadable("the answer is no JSON, or not all of it")
    return found


def _utf8(body: bytes) -> str:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise Unreadable("the answer is JSON, but not in UTF-8") from None
    if broken(text):
        raise Unreadable("the letters of the answer were broken before it was sent")
    return text


def parsed(text: str) -> Any:
    """None where it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def inside(value: Any, *names: str) -> Any:
    """What lies at a path of names; None where any of them is missing."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def word(value: Any) -> str:
    """A text or a number, as text; anything else is an empty one."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def number(value: Any) -> float | None:
    """Above zero: a source that writes 0 does not know."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) and found > 0 else None


def units(value: Any) -> int | None:
    found = number(value)
    return round(found) if found is not None and 1 <= found < 10**15 else None


def moment(value: Any, zone: str) -> datetime | None:
    """ISO; without an offset it is the wall clock of `zone`."""
    try:
        found = datetime.fromisoformat(word(value))
    except ValueError:
        return None
    if not 1990 <= found.year < 2100:
        return None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))


def day(value: Any) -> date | None:
    """The date of a moment as it is written, not moved to any other zone."""
    found = moment(value, "UTC")
    return found.date() if found else None


def at(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(zone))


def known(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {name: value for name, value in fields.items() if value not in (None, "", [])}

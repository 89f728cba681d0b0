"""A call as a source tells of it: the one shape that every adapter brings."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


class Unreadable(Exception):
    """An answer that is not what the source should give; the message says why, in English."""


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline. Without a known hour `at` is the end of that day in `zone`; aware, always."""

    at: datetime
    zone: str = "Europe/Prague"
    hour_known: bool = False
    what: str = ""  # the activity or stage that it is for


@dataclass(frozen=True, slots=True)
class Guess:
    """A value that was read from prose, with the words that it was read from.

    `field` is one of a call's fields, or `deadlines`; a `value` is then a list of `Due`.
    """

    field: str
    value: Any
    snippet: str


@dataclass(frozen=True, slots=True)
class Found:
    """One call in one language. What the source does not say is None or empty.

    `fields` holds what came from structured fields, by the names of `storage.calls.GrantCall`
    (kind and state as their values, times aware); `guesses` what was read from prose.
    """

    reference: str  # the source's own, and stable over its readings
    title: str
    link: str = ""
    language: str = ""
    code: str = ""  # of the programme itself, such as HORIZON-CL4-2027-04-01; empty: it has none
    description: str = ""  # the call's own words, as plain text
    deadlines: tuple[Due, ...] | None = None  # None: the source does not say
    fields: dict[str, Any] = field(default_factory=dict)
    guesses: tuple[Guess, ...] = ()
    rank: int = 0  # of copies with one reference the highest is kept


@dataclass(frozen=True, slots=True)
class Told:
    """What one answer of a source holds. `whole` is false where more pages are to be asked for.

    `rows` counts also those that are no calls for us: a source that has them is in good health.
    """

    calls: tuple[Found, ...]
    total: int | None = None  # how many rows the source says there are
    whole: bool = True
    rows: int = 0
    following: str = ""  # the address of the next page, where pages are not counted

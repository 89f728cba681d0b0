"""Deadlines beside one another: whether two lists say the same, and what a new one means.

A source that gives a day and one that gives the hour of that day agree. What a deadline is for is
compared only where both say it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import zip_longest
from zoneinfo import ZoneInfo

from bot.domain.calls.found import Due
from storage.calls.history import Turn


def day_of(due: Due) -> date:
    """The day of its own zone."""
    return due.at.astimezone(ZoneInfo(due.zone)).date()


def same_day(one: Due, other: Due) -> bool:
    if day_of(one) != day_of(other):
        return False
    return not one.what or not other.what or one.what == other.what


def agree(some: Iterable[Due], others: Iterable[Due]) -> bool:
    """Whether nothing in one list contradicts the other."""
    one, other = _ordered(some), _ordered(others)
    if len(one) != len(other):
        return False
    return all(_go_together(a, b) for a, b in zip(one, other, strict=True))


def _go_together(one: Due, other: Due) -> bool:
    both_know = one.hour_known and other.hour_known
    return one.at == other.at if both_know else same_day(one, other)


def is_same(some: Iterable[Due], others: Iterable[Due]) -> bool:
    """Whether both say the very same of the same moments."""
    return _said(some) == _said(others)


def adds_hours(new: Iterable[Due], old: Iterable[Due]) -> bool:
    """Whether `new`, which agrees with `old`, knows an hour that `old` does not."""
    return sum(due.hour_known for due in new) > sum(due.hour_known for due in old)


def turn_of_deadlines(old: Sequence[Due], new: Sequence[Due], now: datetime) -> Turn:
    """Activity by activity, of those still to come: one that moves later matters most."""
    to_come = [due for due in old if due.at > now]
    over = all(due.at <= now for due in new)
    if not old or agree(old, new) or (over and not to_come):
        return Turn.CORRECTED
    pairs = _paired(to_come, new)
    if any(after is not None and day_of(after) > day_of(before) for before, after in pairs):
        return Turn.EXTENDED
    if _last(new) > _last(old):
        return Turn.EXTENDED
    return Turn.CLOSED_EARLY if any(_is_earlier(*pair) for pair in pairs) else Turn.CORRECTED


def _is_earlier(before: Due, after: Due | None) -> bool:
    return after is None or day_of(after) < day_of(before)


def _paired(old: Sequence[Due], new: Sequence[Due]) -> list[tuple[Due, Due | None]]:
    """Each of `old` with the one for the same activity, in the order of time."""
    pairs: list[tuple[Due, Due | None]] = []
    for what in dict.fromkeys(due.what for due in old):
        before = _ordered(due for due in old if due.what == what)
        after = [due for due in _ordered(new) if due.what == what] or _ordered(new)
        latest_first = zip_longest(reversed(before), reversed(after[-len(before) :]))
        pairs.extend((due, other) for due, other in latest_first)
    return pairs


def _last(dues: Sequence[Due]) -> date:
    return max((day_of(due) for due in dues), default=date.min)


def _said(dues: Iterable[Due]) -> set[tuple[datetime, bool, str]]:
    return {(due.at, due.hour_known, due.what) for due in dues}


def _ordered(dues: Iterable[Due]) -> list[Due]:
    return sorted(dues, key=lambda due: (due.at, due.what))

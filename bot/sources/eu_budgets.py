"""What a topic of the EU portal may cost: its own rows in the table of the whole call."""

from collections.abc import Iterator
from typing import Any

from bot.sources.records import Record, inside, listed, units, word


def money(overview: Any, name: str, total: str) -> dict[str, Any]:
    """`total` is the sum that a row gives without a table."""
    rows = list(_rows(overview, name))
    least = [found for row in rows if (found := units(row.get("minContribution")))]
    most = [found for row in rows if (found := units(row.get("maxContribution")))]
    budget = sum(_sums(rows)) if rows else units(total)
    if not (budget or least or most):
        return {}
    return {
        "budget": budget or None,
        "support_least": min(least, default=None),
        "support_most": max(most, default=None),
        "basis": "support" if least or most else None,
        "currency": "EUR",
    }


def _rows(overview: Any, name: str) -> Iterator[Record]:
    """The table lists all topics of the call, so only rows that begin with the topic's name."""
    start = f"{name} ".casefold()
    groups = inside(overview, "budgetTopicActionMap")
    for group in groups.values() if isinstance(groups, dict) else ():
        rows = [row for row in listed(group) if isinstance(row, dict)]
        own = [row for row in rows if word(row.get("action")).casefold().startswith(start)]
        shared = len(own) < len(rows)
        yield from ({**row, "budgetYearMap": None} if shared else row for row in own)


def _sums(rows: list[Record]) -> Iterator[int]:
    for row in rows:
        years = row.get("budgetYearMap")
        if isinstance(years, dict):
            yield sum(units(each) or 0 for each in years.values())

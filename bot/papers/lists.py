"""A list as a file of any kind that we read."""

from collections.abc import Sequence
from datetime import datetime

from bot.papers.grids import to_csv, to_json
from bot.papers.spreadsheet import Table, xlsx

KINDS = ("xlsx", "csv", "json")


def made(
    kind: str,
    name: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    author: str,
    at: datetime,
) -> bytes:
    match kind:
        case "csv":
            return to_csv(columns, rows)
        case "json":
            return to_json(columns, rows)
    return xlsx([Table(name, tuple(columns), rows)], author, at)

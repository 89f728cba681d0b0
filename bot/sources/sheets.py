"""Lists of calls in XLSX, by the names of their columns.

Settings: `columns` (fields by the heading of their column; `reference`, `title` and `link` among
them, and `deadlines` may name several), `sheet` (a name; the first that is visible), `states`
(words for states), `zone`, `open_only`, `fields` (what is true of every call), `link` (an address
with {reference} in it).
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from bot.domain.calls.found import Due, Found, Told, Unreadable
from bot.sources import text
from bot.sources.dates import END_OF_DAY
from bot.sources.feeds import canonical
from bot.sources.fetching import Answer, Request
from bot.sources.labels import MOMENTS, Reader, Reading
from bot.sources.presets import constant, settled
from bot.sources.records import at
from bot.sources.tables import Cell, table

KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.5"
ABOVE = 20  # rows that may stand above the headings
Columns = Mapping[str, Sequence[int]]


def request(address: str, settings: Mapping[str, Any], page: int) -> Request:
    settled(settings)
    return Request(address, headers={"Accept": KINDS})


def read(answer: Answer, settings: Mapping[str, Any], now: datetime) -> Told:
    given = settled(settings)
    sheet = table(answer.body, given.get("sheet", ""))
    top, columns = _headings(sheet, given.get("columns", {}))
    reader = Reader(now, given.get("zone", "Europe/Prague"), given.get("states", {}))
    calls: dict[str, Found] = {}
    for row in sheet[top + 1 :]:
        found = _found(row, columns, reader, given)
        if found and not _left_out(found, given, now):
            calls[found.reference] = found
    rows = len(sheet) - top - 1
    if not rows:
        raise Unreadable("the sheet has no rows")
    return Told(tuple(calls.values()), rows=rows)


def _headings(sheet: Sequence[Sequence[Cell]], wanted: Mapping[str, Any]) -> tuple[int, Columns]:
    """The first row that has the column of titles, and where each field stands in it."""
    names = {
        field: [text.folded(name) for name in ([said] if isinstance(said, str) else said)]
        for field, said in wanted.items()
    }
    if not names.get("title"):
        raise Unreadable("the settings name no column of titles")
    for number, row in enumerate(sheet[:ABOVE]):
        heads = [text.folded(cell.text) for cell in row]
        if names["title"][0] in heads:
            return number, {
                field: [heads.index(name) for name in said if name in heads]
                for field, said in names.items()
            }
    raise Unreadable(f"the sheet has no column {names['title'][0]}")


def _found(
    row: Sequence[Cell], columns: Columns, reader: Reader, given: Mapping[str, Any]
) -> Found | None:
    cells = {
        field: [row[place] for place in places if place < len(row)]
        for field, places in columns.items()
    }
    title, reference = text.title(_words(cells, "title")), _words(cells, "reference")
    link = _link(cells, given, reference)
    if not title or not (reference or link):
        return None
    reading = Reading({}, constant(given))
    for field, values in cells.items():
        for cell in values:
            if field not in ("title", "reference", "link") and cell.text:
                _take(reading, reader, field, cell)
    return Found(
        reference=(reference or link)[: text.LONGEST_TITLE],
        title=title,
        link=link,
        code=reading.texts.get("code", ""),
        description=text.description(reading.texts.get("description", "")),
        deadlines=tuple(reading.dues) or None,
        fields=reading.facts,
        guesses=reading.settled(),
    )


def _words(cells: Mapping[str, Sequence[Cell]], field: str) -> str:
    return next((cell.text for cell in cells.get(field, ()) if cell.text), "")


def _link(cells: Mapping[str, Sequence[Cell]], given: Mapping[str, Any], reference: str) -> str:
    """Of a column, or behind the words of a cell, or as the settings put it together."""
    behind = (cell.link for values in cells.values() for cell in values if cell.link)
    pattern = str(given.get("link", "")).replace("{reference}", reference) if reference else ""
    said = canonical(_words(cells, "link")) or canonical(next(behind, ""))
    return said or canonical(pattern)


def _take(reading: Reading, reader: Reader, field: str, cell: Cell) -> None:
    """A real date is a fact as it stands; a text is read as a page's would be."""
    if not isinstance(cell.value, date):
        reader.take(reading, field, cell.text)
    elif field == "deadlines":
        reading.dues.append(_due(cell.value, reader.zone))
    elif field in MOMENTS:
        reading.fields[field] = _due(cell.value, reader.zone, time()).at


def _due(value: date, zone: str, otherwise: time = END_OF_DAY) -> Due:
    """Midnight is how spreadsheets write a day without an hour."""
    if isinstance(value, datetime) and value.time() != time():
        return Due(at(value.date(), value.time(), zone), zone, True)
    return Due(at(value.date() if isinstance(value, datetime) else value, otherwise, zone), zone)


def _left_out(found: Found, given: Mapping[str, Any], now: datetime) -> bool:
    over = found.deadlines is not None and max(each.at for each in found.deadlines) < now
    return bool(given.get("open_only")) and (over or found.fields.get("state") == "closed")

"""Lists of equipment: rows of texts made into the values of records, and records into rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.instruments import cells, wording
from bot.domain.instruments.cells import Fault, Wrong
from storage.folding import fold
from storage.instruments import Instrument
from storage.organisations import Organisation
from storage.pillars import Pillar

MOST = 20_000  # rows of a list
NEEDED = ("name", "category")
ABOVE = 10  # rows that may stand above the headings
ASIDE = ("pillars", "record", "fields")  # kept otherwise than under their names
OURS = ("chyba", "error")  # a column that we add to rows with faults
Values = dict[str, Any]


class BadHeadings(Exception):
    """A list without the columns that it needs, or with one of them twice."""

    def __init__(
        self, missing: Sequence[str], unknown: Sequence[str], twice: Sequence[str]
    ) -> None:
        self.missing, self.unknown, self.twice = missing, unknown, twice


class TooManyRows(Exception):
    pass


@dataclass(frozen=True)
class Row:
    """`number` is that of the row in the file, from 1. A row with faults has no values."""

    number: int
    values: Values
    faults: Sequence[Fault] = ()
    odd_units: Sequence[str] = ()
    home: str = ""  # the name of the organisation


@dataclass(frozen=True)
class Names:
    """What the names in a list stand for; `home` is whose list it is, None for all owners."""

    organisations: Mapping[str, Organisation]  # by folded name and short name
    pillars: Mapping[str, int]
    home: Organisation | None


@dataclass(frozen=True)
class Listed:
    columns: Sequence[str]
    rows: Sequence[Row]
    unknown: Sequence[str] = ()  # headings
    headings: Sequence[str] = ()  # as said
    source: Mapping[int, Sequence[str]] = field(default_factory=dict)  # rows with faults, as said


def names(
    organisations: Collection[Organisation], pillars: Collection[Pillar], home: Organisation | None
) -> Names:
    by_name = {fold(each.name): each for each in organisations}
    by_name |= {fold(each.short): each for each in organisations}
    said = {fold(name): each.key for each in pillars for name in (each.name_cs, each.name_en)}
    return Names(by_name, said, home)


def understood(
    grid: Sequence[Sequence[str]], known: Names, merged: Collection[int] = ()
) -> Listed:
    """Raises `BadHeadings`, `TooManyRows`."""
    top = _headings_at(grid)
    columns, unknown = _columns(grid[top])
    body = [
        (n, said) for n, said in enumerate(grid[top + 1 :], top + 2) if any(map(str.strip, said))
    ]
    if len(body) > MOST:
        raise TooManyRows
    rows, source = [], {}
    for number, said in body:
        row = _row(number, dict(zip(columns, said, strict=False)), known, number in merged)
        rows.append(row)
        if row.faults:
            source[number] = said
    return Listed([each for each in columns if each], rows, unknown, grid[top], source)


def _headings_at(grid: Sequence[Sequence[str]]) -> int:
    """The row that reads the most like headings."""
    known = [
        sum(wording.column_of(cell) is not None for cell in row if cell) for row in grid[:ABOVE]
    ]
    return known.index(max(known)) if known else 0


def _columns(headings: Sequence[str]) -> tuple[list[str], list[str]]:
    """The column under each heading, empty for one that we do not know, and those."""
    columns = [wording.column_of(each) or "" if each.strip() else "" for each in headings]
    pairs = zip(headings, columns, strict=True)
    unknown = [
        each.strip()
        for each, column in pairs
        if each.strip() and not column and fold(each) not in OURS
    ]
    missing = [each for each in NEEDED if each not in columns]
    twice = sorted({each for each in columns if each and columns.count(each) > 1})
    if missing or twice:
        raise BadHeadings(missing, unknown, twice)
    return columns, unknown


def _row(number: int, said: Mapping[str, str], known: Names, merged: bool) -> Row:
    values: Values = {}
    faults: list[Fault] = [Fault(Wrong.MERGED)] if merged else []
    for column, text in said.items():
        if not column:
            continue
        try:
            values[column] = cells.read(column, text)
        except Fault as fault:
            faults.append(fault)
    home = ""
    try:
        home = _resolve_owner(values, known)
        _resolve_pillars(values, known)
    except Fault as fault:
        faults.append(fault)
    if faults:
        return Row(number, {}, faults)
    return Row(number, values, (), cells.unknown_units(values.get("parameters", {})), home)


def _resolve_owner(values: Values, known: Names) -> str:
    """Have the organisation by its id, and return its name; of nobody of ours an instrument can
    be only in a list of all owners."""
    said, home = values.pop("organisation", ""), known.home
    there = known.organisations.get(fold(said)) if said else home
    if said and there is None:
        raise Fault(Wrong.NO_SUCH_OWNER, "organisation", said)
    if home is not None and there is not None and there.key != home.key:
        raise Fault(Wrong.NOT_YOURS, "organisation", said)
    if there is None and not values.get("owner"):
        raise Fault(Wrong.EMPTY, "organisation")
    values["organisation_id"] = there.key if there else None
    if there is not None and values.get("owner") == "":
        values["owner"] = there.name
    return there.name if there else ""


def _resolve_pillars(values: Values, known: Names) -> None:
    if "pillars" not in values:
        return
    keys = set()
    for name in values["pillars"]:
        key = known.pillars.get(fold(name))
        if key is None:
            raise Fault(Wrong.NO_SUCH_PILLAR, "pillars", name)
        keys.add(key)
    values["pillars"] = sorted(keys)


def value(instrument: Instrument, column: str, pillars: Sequence[int] = ()) -> Any:
    """As a row of a list would have it, with ids for the organisation and the pillars."""
    match column:
        case "pillars":
            return sorted(pillars)
        case "record":
            return instrument.visibility.get("record", "")
        case "fields":
            return {
                key: kept for key, kept in instrument.visibility.items() if key in cells.HIDEABLE
            }
    return getattr(instrument, column)


def texts(
    instrument: Instrument,
    owner: Organisation | None,
    pillars: Sequence[Pillar],
    language: str,
) -> list[str]:
    """The row of an instrument, a text for each column."""
    aside = {
        "organisation": owner.short if owner else "",
        "pillars": "; ".join(each.name_in(language) for each in pillars),
    }
    return [
        aside[column]
        if column in aside
        else cells.written(column, value(instrument, column), language)
        for column in wording.columns()
    ]


def headings(language: str) -> list[str]:
    return [wording.heading(column, language) for column in wording.columns()]


def put(instrument: Instrument, values: Values) -> None:
    """Have a record say so; pillars are rows of their own."""
    for column, new in columns(values, instrument.visibility).items():
        setattr(instrument, column, new)


def columns(values: Values, visibility: Mapping[str, str]) -> Values:
    """The same as the columns of a record that has had this visibility."""
    found = {column: new for column, new in values.items() if column not in ASIDE}
    kept = dict(visibility)
    if "record" in values:
        kept = _without(kept, ["record"])
        kept |= {"record": values["record"]} if values["record"] else {}
    if "fields" in values:
        kept = {**_without(kept, [*cells.HIDEABLE, "guarantor_id"]), **_with_ids(values["fields"])}
    found["visibility"] = kept
    if "name" in values:
        found["folded"] = fold(values["name"])
    return found


def _without(kept: Mapping[str, str], fields: Sequence[str]) -> dict[str, str]:
    return {field: value for field, value in kept.items() if field not in fields}


def _with_ids(fields: Mapping[str, str]) -> dict[str, str]:
    """Who the guarantor is must not be told by their id either."""
    if "guarantor" not in fields:
        return dict(fields)
    return {**fields, "guarantor_id": fields["guarantor"]}

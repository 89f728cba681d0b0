"""Lists as files: rows of texts read from XLSX, CSV and JSON, and written as them.

What is written is safe to open: in XLSX every cell is a text, in CSV a cell that a spreadsheet
would take for a formula stands behind an apostrophe, which is taken off when it is read.
"""

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 20_000  # without the headings
MOST_COLUMNS = 100
MOST_IN_CELL = 32_767  # characters, as in spreadsheets
ABOVE = 20  # rows that may stand above the list
SIGN = r"[=+\-@＝＋－＠]"  # a formula begins with one; wide ones are taken for it, too
FORMULA = re.compile(rf"'*(?:[\s\u200b-\u200d\ufeff]*{SIGN}|[\t\r\n])")
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
ESCAPED = re.compile(rf"'{FORMULA.pattern}")
# Who reads a list with other separators than ours takes parts of a cell for cells.
WITHIN = rf"(?<=[,;\r\n]){{}}(?='*[^\S\r\n]*{SIGN})"
INNER = re.compile(WITHIN.format(r"(?![^\S\r\n]*[+-]?\d+(?:[.,]\d+)?[^\S\r\n]*(?:[,;\r\n]|$))"))
INNER_ESCAPED = re.compile(WITHIN.format("'"))
SEPARATORS = (";", ",", "\t")
OLD = b"\xd0\xcf\x11\xe0"  # .xls, and whatever has a password
ZIP, PDF = b"PK\x03\x04", b"%PDF"


class Fault(StrEnum):
    """Why a file cannot be read."""

    TOO_LARGE = "too_large"
    NO_LIST = "no_list"  # neither XLSX nor CSV
    LOCKED = "locked"  # behind a password, or of an old kind
    MACROS = "macros"
    BOMB = "bomb"  # larger inside than it has any need to be
    DAMAGED = "damaged"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    EMPTY = "empty"


class Unreadable(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Grid:
    """`rows` begin with the first row of the file; `merged` are the numbers (from 1) of rows that
    have merged cells."""

    rows: Sequence[Sequence[str]]
    merged: frozenset[int] = field(default=frozenset())


def read(name: str, content: bytes) -> Grid:
    """Raises `Unreadable`. What a file is, its content says, not its name."""
    if len(content) > MOST_BYTES:
        raise Unreadable(Fault.TOO_LARGE)
    if content.startswith(OLD):
        raise Unreadable(Fault.LOCKED)
    if content.startswith(ZIP):
        from bot.papers import workbooks

        return _checked(workbooks.read(content))
    if content.startswith(PDF) or b"\x00" in content[:4096].removeprefix(b"\xff\xfe"):
        raise Unreadable(Fault.NO_LIST)
    text = _decoded(content)
    if name.casefold().endswith(".json") or text.lstrip().startswith("["):
        return _checked(Grid(_from_json(text)))
    return _checked(Grid(_from_csv(text)))


def _checked(grid: Grid) -> Grid:
    rows = [row for row in grid.rows if any(row)]
    if not rows:
        raise Unreadable(Fault.EMPTY)
    if len(rows) > MOST_ROWS + ABOVE:
        raise Unreadable(Fault.TOO_MANY_ROWS)
    if max(map(len, rows)) > MOST_COLUMNS:
        raise Unreadable(Fault.TOO_MANY_COLUMNS)
    return grid


def _decoded(content: bytes) -> str:
    """UTF-8, or else what Czech spreadsheets write."""
    for encoding in ("utf-8-sig", "windows-1250"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(Fault.NO_LIST)


def _from_csv(text: str) -> list[list[str]]:
    told = re.match(r"sep=(.)\r?\n", text)
    if told:
        text = text[told.end() :]
    separator = told[1] if told else _separator(text)
    try:
        read = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = [[_bare(cell) for cell in row] for row in read]
    except csv.Error:
        raise Unreadable(Fault.NO_LIST) from None
    return [[], *rows] if told else rows


def _separator(text: str) -> str:
    """The one that one of the first lines has most of, not counting what stands in quotes."""
    bare = [re.sub(r'"[^"]*"', "", line) for line in text[: ABOVE * 1000].splitlines()[:ABOVE]]
    return max(SEPARATORS, key=lambda sign: max((line.count(sign) for line in bare), default=0))


def _bare(cell: str) -> str:
    whole = cell[1:] if ESCAPED.match(cell) else cell
    return INNER_ESCAPED.sub("", whole)


def _from_json(text: str) -> list[list[str]]:
    try:
        records = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(Fault.DAMAGED) from None
    if not isinstance(records, list) or not all(isinstance(each, dict) for each in records):
        raise Unreadable(Fault.NO_LIST)
    columns = list(dict.fromkeys(str(key) for each in records for key in each))
    rows = [[_as_text(each.get(column)) for column in columns] for each in records]
    return [columns, *rows]


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def to_csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """With semicolons and a mark of UTF-8, as spreadsheets in Czechia expect."""
    out = io.StringIO(newline="")
    write = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in (columns, *rows):
        write.writerow([_safe(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    parts = INNER.sub("'", cell)
    return f"'{parts}" if FORMULA.match(parts) and not NUMBER.fullmatch(parts) else parts


def to_json(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    records = [dict(zip(columns, row, strict=True)) for row in rows]
    return json.dumps(records, ensure_ascii=False, indent=1).encode()

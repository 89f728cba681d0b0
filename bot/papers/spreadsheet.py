"""Tables for a spreadsheet. Words are never more than text: a name that begins with `=` is no
formula. What is to be counted with is a whole number.
"""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31  # characters
MOST = 32_767  # characters that a cell takes
WIDEST = 60


@dataclass(frozen=True, slots=True)
class Table:
    """`about` stands above it in lines of its own."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str | int]]
    about: tuple[str, ...] = ()


def xlsx(tables: Iterable[Table], author: str, at: datetime) -> bytes:
    """The same tables make the same file. `at` is kept in it as when it was made."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"author": author, "created": at.replace(tzinfo=None)})
    names: set[str] = set()
    for table in tables:
        sheet = book.add_worksheet(_name(table.name, names))
        _write(book, sheet, table)
    book.close()
    return content.getvalue()


def _write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, table: Table) -> None:
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F1F4F8", "text_wrap": True})
    cell = book.add_format({"valign": "top", "text_wrap": True})
    for number, line in enumerate(table.about):
        sheet.write_string(number, 0, line[:MOST], None if number else bold)
    top = len(table.about) + (1 if table.about else 0)
    for row, values in enumerate((table.columns, *table.rows), top):
        for column, value in enumerate(values):
            look = cell if row > top else head
            if isinstance(value, int):
                sheet.write_number(row, column, value, look)
            else:
                sheet.write_string(row, column, value[:MOST], look)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    for column, title in enumerate(table.columns):
        longest = max((len(str(row[column])) for row in table.rows), default=0)
        sheet.set_column(column, column, min(WIDEST, max(longest, len(title)) + 3))


def _name(wanted: str, taken: set[str]) -> str:
    """One that spreadsheets take, and that no other sheet has."""
    clean = " ".join(NOT_IN_NAMES.sub(" ", wanted).split())[:LONGEST_NAME] or "1"
    name, number = clean, 2
    while name.lower() in taken:
        ending = f" {number}"
        name, number = clean[: LONGEST_NAME - len(ending)] + ending, number + 1
    taken.add(name.lower())
    return name

"""The cells of an XLSX file of a stranger, with the links behind them."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import islice
from typing import Any

from bot.domain.calls.found import Unreadable
from bot.sources.hyperlinks import hyperlinks
from bot.sources.text import tidy

MOST_ROWS = 20_000
LONGEST = 20_000  # characters of a cell


@dataclass(frozen=True, slots=True)
class Cell:
    value: Any
    text: str
    link: str = ""


def table(content: bytes, sheet: str = "") -> Sequence[Sequence[Cell]]:
    """The rows of the sheet of that name, or the first that is visible. Raises `Unreadable`."""
    from python_calamine import CalamineError, CalamineWorkbook, ZipError

    links = hyperlinks(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        name = _named(book, sheet)
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, ZipError):
        raise Unreadable("the workbook is damaged") from None
    behind = links.get(name, {})
    return [
        [_cell(value, behind.get((number, place))) for place, value in enumerate(row)]
        for number, row in enumerate(islice(rows, MOST_ROWS))
    ]


def _named(book: Any, sheet: str) -> str:
    from python_calamine import SheetVisibleEnum

    visible = [
        each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible
    ]
    if sheet and sheet not in book.sheet_names:
        raise Unreadable(f"the workbook has no sheet {sheet}")
    if not visible:
        raise Unreadable("the workbook has no sheet")
    return sheet or str(visible[0])


def _cell(value: Any, link: tuple[str, str] | None) -> Cell:
    """A formula that makes a link has often no result that was kept, but its words."""
    address, words = link or ("", "")
    return Cell(value, tidy(words or _text(value))[:LONGEST], address)


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)

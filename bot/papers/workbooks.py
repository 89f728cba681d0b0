"""Reading XLSX files of strangers: looked over before they are read, because a small one can hold
more than any memory.

Of a formula its last result is read; macros are not wanted at all.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from xml.parsers import expat

from bot.papers.grids import ABOVE, MOST_COLUMNS, MOST_ROWS, Fault, Grid, Unreadable

MOST_PARTS = 2_000
MOST_INSIDE = 120 * 1024 * 1024  # bytes of all parts
MOST_SWELLING = 150  # times that a part may be larger than it is packed
SMALL = 1024 * 1024  # bytes that may swell as they like
AT_ONCE = 64 * 1024
MARKUP = (".xml", ".rels")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)
MARKS = (b"\xef\xbb\xbf", b"\xfe\xff", b"\xff\xfe")


def read(content: bytes) -> Grid:
    """The first sheet that is not hidden. Raises `Unreadable`."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum, ZipError

    _look_over(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        seen = [s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
        if not seen:
            raise Unreadable(Fault.EMPTY)
        sheet = book.get_sheet_by_name(seen[0])
        rows = islice(sheet.to_python(skip_empty_area=False), MOST_ROWS + 2 * ABOVE)
        merged = frozenset(
            number
            for (first, _), (last, _) in sheet.merged_cell_ranges or ()
            for number in range(first + 1, last + 2)
        )
        return Grid([[_text(cell) for cell in row] for row in rows], merged)
    except (CalamineError, ZipError):
        raise Unreadable(Fault.DAMAGED) from None


def _look_over(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            _look_at_parts(parts)
    except BROKEN:
        raise Unreadable(Fault.DAMAGED) from None


def _look_at_parts(parts: zipfile.ZipFile) -> None:
    infos = parts.infolist()
    names = {info.filename for info in infos}
    if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise Unreadable(Fault.NO_LIST)
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise Unreadable(Fault.MACROS)
    if len(infos) > MOST_PARTS or len(names) < len(infos):
        raise Unreadable(Fault.BOMB)
    if sum(info.file_size for info in infos) > MOST_INSIDE:
        raise Unreadable(Fault.BOMB)
    for info in infos:
        if info.file_size > max(SMALL, MOST_SWELLING * info.compress_size):
            raise Unreadable(Fault.BOMB)
        _look_at(parts, info)


def _look_at(parts: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Read it to its end, so that what it says of its size is known to be true."""
    extent = _Extent()
    pieces = _pieces(parts, info)
    first = next(pieces, b"")
    if info.filename.casefold().endswith(MARKUP) or _is_markup(first):
        extent.feed(first)
        for piece in pieces:
            extent.feed(piece)
        extent.feed(b"", last=True)
    for _ in pieces:
        pass


def _pieces(parts: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with parts.open(info) as part:
        while piece := part.read(AT_ONCE):
            yield piece


def _is_markup(start: bytes) -> bool:
    return start.startswith(MARKS) or start.lstrip().startswith(b"<")


class _Extent:
    """How far the cells of a sheet reach: two of them in far corners need a table between them."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._begins
        self._parser.StartDoctypeDeclHandler = self._refuses

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError:
            raise Unreadable(Fault.DAMAGED) from None

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] not in ("c", "row", "dimension", "mergeCell"):
            return
        for place in (attributes.get("r", ""), *attributes.get("ref", "").split(":")):
            _check_place(place)

    def _refuses(self, *_: object) -> None:
        raise Unreadable(Fault.BOMB)


def _check_place(place: str) -> None:
    """Of a cell, such as `B12`, or of a row."""
    letters = place.rstrip("0123456789")
    digits = place[len(letters) :]
    if len(digits) > 7 or (digits and int(digits) > MOST_ROWS + ABOVE):
        raise Unreadable(Fault.TOO_MANY_ROWS)
    column = 0
    for letter in letters[:4]:
        column = column * 26 + ord(letter.upper()) - 64
    if column > MOST_COLUMNS:
        raise Unreadable(Fault.TOO_MANY_COLUMNS)


def _text(cell: Any) -> str:
    """Whole numbers without a decimal point, dates as ISO has them."""
    match cell:
        case bool():
            return "ano" if cell else "ne"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
    return str(cell)

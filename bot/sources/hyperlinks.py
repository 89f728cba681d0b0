"""Links behind the cells of an XLSX file, which is looked over on the way.

A small file can hold more than any memory: parts that swell, and cells in far corners that need
a table between them. Links stand in formulas, or in a list of their own.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname, join, normpath
from xml.parsers import expat

from bot.domain.calls.found import Unreadable

MOST_INSIDE = 60 * 2**20  # bytes of all parts, as they are read
MOST_PARTS = 1_000
FURTHEST = (100_000, 500)  # row and column that a cell may stand in
AT_ONCE = 2**16
SMALL = 2**20  # bytes of a part that only says what is where
FORMULA = re.compile(r'\s*HYPERLINK\s*\(\s*"([^"]*)"(?:\s*[,;]\s*"((?:[^"]|"")*)")?\s*\)', re.I)
PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
BOOK = "xl/workbook.xml"

Links = dict[tuple[int, int], tuple[str, str]]  # row and column from 0: address and words


def hyperlinks(content: bytes) -> Mapping[str, Links]:
    """By the names of sheets. Raises `Unreadable` for what should not be read at all."""
    if not content.startswith(b"PK"):
        raise Unreadable("the answer is no XLSX file")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return _of_parts(parts)
    except (
        zipfile.BadZipFile,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
        zlib.error,
    ) as fault:
        raise Unreadable("the workbook is damaged") from fault
    except expat.ExpatError:
        raise Unreadable("the workbook is damaged") from None


def _of_parts(parts: zipfile.ZipFile) -> dict[str, Links]:
    names = parts.namelist()
    if BOOK not in names:
        raise Unreadable("the answer is no XLSX file")
    if len(names) > MOST_PARTS or len(set(names)) < len(names):
        raise Unreadable("the workbook has more parts than any has need of")
    sheets = {name: _Sheet() for name in names if dirname(name) == "xl/worksheets"}
    left = MOST_INSIDE
    for name in names:
        for piece in _pieces(parts, name):
            left -= len(piece)
            if left < 0:
                raise Unreadable("the workbook is larger inside than it has need to be")
            if name in sheets:
                sheets[name].feed(piece)
        if name in sheets:
            sheets[name].feed(b"", last=True)
    return {
        title: sheets[part].links(_related(parts, part))
        for title, part in _titles(parts).items()
        if part in sheets
    }


def _pieces(parts: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with parts.open(name) as part:
        while piece := part.read(AT_ONCE):
            yield piece


def _titles(parts: zipfile.ZipFile) -> dict[str, str]:
    """Where the sheet of each name is."""
    related = _related(parts, BOOK)
    return {
        said.get("name", ""): normpath(join("/xl", related.get(_relation(said), ""))).lstrip("/")
        for tag, said in _elements(parts, BOOK)
        if tag == "sheet"
    }


def _related(parts: zipfile.ZipFile, part: str) -> dict[str, str]:
    """What a part calls others, and where they are."""
    name = join(dirname(part), "_rels", f"{basename(part)}.rels")
    if name not in parts.namelist():
        return {}
    return {
        said.get("Id", ""): said.get("Target", "")
        for tag, said in _elements(parts, name)
        if tag == "Relationship"
    }


def _relation(said: Mapping[str, str]) -> str:
    return next((value for name, value in said.items() if name.endswith(" id")), "")


def _elements(parts: zipfile.ZipFile, name: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    parser = _parser()
    parser.StartElementHandler = lambda tag, said: found.append((_bare(tag), said))
    with parts.open(name) as part:
        parser.Parse(part.read(SMALL), True)
    return found


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse
    parser.buffer_text = True
    return parser


def _refuse(*_: object) -> None:
    raise Unreadable("the workbook declares entities of its own")


def _bare(tag: str) -> str:
    return tag.rpartition(" ")[2]


class _Sheet:
    """Formulas and links of one sheet, while it is being read."""

    def __init__(self) -> None:
        self._parser = _parser()
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._say
        self._cell = ""
        self._formula: list[str] | None = None
        self._found: Links = {}
        self._listed: list[tuple[str, str]] = []

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        self._parser.Parse(piece, last)

    def links(self, related: Mapping[str, str]) -> Links:
        """With those of the list, whose addresses the relations of the sheet hold."""
        for place, relation in self._listed:
            if related.get(relation):
                self._found.setdefault(_place(place), (related[relation], ""))
        return self._found

    def _begin(self, tag: str, said: dict[str, str]) -> None:
        name = _bare(tag)
        if name == "c":
            self._cell = said.get("r", "")
            _checked(self._cell)
        elif name == "f":
            self._formula = []
        elif name == "hyperlink":
            self._listed.append((said.get("ref", "").split(":")[0], _relation(said)))
        elif name in ("row", "dimension", "mergeCell"):
            for place in (said.get("r", ""), *said.get("ref", "").split(":")):
                _checked(place if not place.isdigit() else f"A{place}")

    def _say(self, words: str) -> None:
        if self._formula is not None:
            self._formula.append(words)

    def _end(self, tag: str) -> None:
        if _bare(tag) != "f" or self._formula is None:
            return
        link = FORMULA.match("".join(self._formula))
        if link and PLACE.fullmatch(self._cell):
            self._found[_place(self._cell)] = (link[1], (link[2] or "").replace('""', '"'))
        self._formula = None


def _checked(place: str) -> None:
    if place and PLACE.fullmatch(place):
        row, column = _place(place)
        if row < FURTHEST[0] and column < FURTHEST[1]:
            return
    if place:
        raise Unreadable("the workbook has cells further away than any list reaches")


def _place(said: str) -> tuple[int, int]:
    match = PLACE.fullmatch(said)
    if not match:
        return -1, -1
    column = 0
    for sign in match[1]:
        column = column * 26 + ord(sign) - 64
    return int(match[2]) - 1, column - 1

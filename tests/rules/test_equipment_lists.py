"""Lists of equipment: what is written is read as the same, and no file can do harm."""

import csv
import io
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.domain.instruments import cells, lists, wording
from bot.domain.instruments.cells import Fault as Mistake
from bot.domain.instruments.comparing import compared
from bot.domain.instruments.lists import Names
from bot.papers import grids
from bot.papers import lists as papers
from bot.papers.grids import Fault, Unreadable
from storage.instruments import Category, Condition, Instrument, Offering, Priced
from storage.organisations import Organisation
from storage.pillars import Pillar
from tests.conftest import NOW
from tests.stories.equipment import HEAD, csv_of, xlsx

HOME = Organisation(id=1, name="Ukázková optika s.r.o.", short="Ukázková optika", folded="")
PILLAR = Pillar(id=4, name_cs="Tenké vrstvy", name_en="Thin films", position=1, since=NOW)
KNOWN = Names({"ukazkova optika": HOME}, {"tenke vrstvy": 4, "thin films": 4}, HOME)
SIGNS = some.characters(exclude_categories=("C", "Zl", "Zp"), exclude_characters=":")
LINE = some.text(SIGNS, max_size=40).map(cells.tidy)
NAMED = LINE.filter(bool)
TEXT = some.lists(NAMED, max_size=3).map("\n".join)
OR_NONE = LINE.map(lambda text: text or None)
RISKY = some.sampled_from(["=1+1", "+4", "-x", "@a", "'=1", "'", "a;b", 'a"b', "1,5", "007"])
PARAMETERS = some.dictionaries(NAMED, NAMED | RISKY, max_size=4)
KEPT = some.dictionaries(
    some.sampled_from(cells.HIDEABLE), some.sampled_from(["public", "members", "request"])
)


def _instrument(**facts: Any) -> Instrument:
    kept = {**facts.pop("fields"), **({"record": "public"} if facts.pop("shown") else {})}
    return Instrument(**facts, folded="", organisation_id=1, visibility=kept, confirmed_at=NOW)


def _empty() -> Instrument:
    return Instrument(
        name="",
        folded="",
        kind=Offering.EQUIPMENT,
        category=Category.LASERS,
        organisation_id=1,
        owner="",
        source="",
        confidence="",
    )


INSTRUMENTS = some.builds(
    _instrument,
    reference=OR_NONE | RISKY,
    name=NAMED | RISKY,
    name_en=LINE,
    kind=some.sampled_from(Offering),
    category=some.sampled_from(Category),
    maker=OR_NONE,
    model=OR_NONE | RISKY,
    technique=LINE,
    what=TEXT.map(lambda text: text or None),
    what_en=TEXT,
    parameters=PARAMETERS,
    owner=NAMED,
    site=OR_NONE,
    region=LINE,
    access=TEXT.map(lambda text: text or None),
    commercial=some.booleans(),
    joint_research=some.booleans(),
    training=some.booleans(),
    supervised=some.booleans(),
    samples=TEXT,
    priced=some.none() | some.sampled_from(Priced),
    price_least=some.none() | some.integers(0, 100_000),
    price_members=some.sampled_from(["", "500", "500–800"]),
    price_academia=some.sampled_from(["", "0"]),
    price_others=some.sampled_from(["", "1–2"]),
    guarantor=LINE,
    link=some.none() | some.just("https://example.org/a?b=c;d"),
    doi=some.none() | some.just("10.1234/abc"),
    fields=KEPT,
    shown=some.booleans(),
    condition=some.sampled_from(Condition),
    source=LINE,
    confidence=LINE,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(INSTRUMENTS, some.sampled_from(papers.KINDS), some.sampled_from(["cs", "en"]))
def test_there_and_back_nothing_is_lost(it: Instrument, kind: str, language: str) -> None:
    texts = lists.texts(it, HOME, [PILLAR], language)
    file = papers.made(kind, "A", lists.headings(language), [texts], author="A", at=NOW)
    grid = grids.read(f"a.{kind}", file)
    [row] = lists.understood(grid.rows, KNOWN).rows
    assert not row.faults
    again = _empty()
    lists.put(again, row.values)
    assert lists.texts(again, HOME, [PILLAR], language) == texts
    for column in (*cells.CELLS,):
        if column not in ("organisation", "pillars"):
            assert lists.value(again, column) == lists.value(it, column), column
    it.id, listed = 7, lists.understood(grid.rows, KNOWN)
    plan = compared(listed, [it], {7: [4]})
    assert (plan.new, plan.changes, plan.same) == ([], [], 1)


@given(some.lists(some.text(max_size=9) | RISKY, min_size=1))
def test_no_cell_of_a_csv_is_a_formula(cells_of_row: list[str]) -> None:
    written = grids.to_csv(cells_of_row, []).decode("utf-8-sig")
    [read] = csv.reader(io.StringIO(written, newline=""), delimiter=";")
    for said, cell in zip(cells_of_row, read, strict=True):
        assert grids.NUMBER.fullmatch(cell) or not cell.startswith(
            ("=", "+", "-", "@", "\t", "\r")
        )
        assert grids._bare(cell) == said


@settings(max_examples=40, deadline=None)
@given(some.binary(max_size=300), some.sampled_from(["a.xlsx", "a.csv", "a.json", "a"]))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    for start in (b"", b"PK\x03\x04", b"[", b"\xff\xfe"):
        try:
            grid = grids.read(name, start + content)
            lists.understood(grid.rows, KNOWN)
        except (Unreadable, lists.BadHeadings):
            continue


def _zip(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in parts.items():
            book.writestr(name.replace("__", "/"), part)
    return content.getvalue()


def _with(book: bytes, name: str, part: bytes) -> bytes:
    """The same workbook with one part in the place of another, or more."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(content, "w", 8) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, part)
    return content.getvalue()


BOOK = xlsx(HEAD, ("Laser", "lasery", "", "", ""))
SHEET = "xl/worksheets/sheet1.xml"
FAR = b'<worksheet><sheetData><c r="A1"/><c r="XFD1048576"/></sheetData></worksheet>'
WIDE = b"<worksheet><sheetData><row><c r='ZZ1'/></row></sheetData></worksheet>"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"%PDF-1.7 ...", Fault.NO_LIST),
        (b"\xd0\xcf\x11\xe0 locked", Fault.LOCKED),
        (b"PK\x03\x04 torn", Fault.DAMAGED),
        (BOOK[:-200], Fault.DAMAGED),
        (_zip(a=b"b"), Fault.NO_LIST),
        (_with(BOOK, "xl/vbaProject.bin", b"x"), Fault.MACROS),
        (_with(BOOK, "xl/media/a.bin", bytes(9_000_000)), Fault.BOMB),
        (_with(BOOK, SHEET, FAR), Fault.TOO_MANY_ROWS),
        (_with(BOOK, SHEET, WIDE), Fault.TOO_MANY_COLUMNS),
        (_with(BOOK, SHEET, LAUGHS), Fault.BOMB),
        (_with(BOOK, SHEET, b"<worksheet>"), Fault.DAMAGED),
        (csv_of(*([("a", "b")] * 20_100)), Fault.TOO_MANY_ROWS),
        (csv_of(["a"] * 101), Fault.TOO_MANY_COLUMNS),
        (bytes(8 * 1024 * 1024 + 1), Fault.TOO_LARGE),
        (b'[{"a": ', Fault.DAMAGED),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_that_are_refused(content: bytes, fault: Fault) -> None:
    with pytest.raises(Unreadable) as refused:
        grids.read("a.xlsx", content)
    assert refused.value.fault == fault


def test_20_001_rows() -> None:
    rows = [HEAD[:2], *(("A", "lasery") for _ in range(20_001))]
    grid = grids.read("a.csv", csv_of(*rows))
    with pytest.raises(lists.TooManyRows):
        lists.understood(grid.rows, KNOWN)
    assert len(lists.understood(grid.rows[:-1], KNOWN).rows) == 20_000


def test_what_a_formula_gave_is_read() -> None:
    rows = grids.read("a.xlsx", xlsx(("Název", "Obor"), ("=1+1", "lasery"))).rows
    assert rows[1][1] == "lasery"


@pytest.mark.parametrize("column", ["name", "category"])
def test_what_is_needed(column: str) -> None:
    with pytest.raises(Mistake):
        cells.read(column, " \u200b ")


def test_every_column_has_a_heading_of_its_own() -> None:
    for language in ("cs", "en"):
        headings = lists.headings(language)
        assert [wording.column_of(each) for each in headings] == wording.columns()
    assert list(cells.CELLS) == wording.columns()

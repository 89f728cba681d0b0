"""Cells that look like formulas, through every way out, opened in a real spreadsheet: none counts.

The spreadsheet turns what it has read into flat XML, where a formula is an attribute of its cell.
"""

import ast
import re
import shutil
import subprocess
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.papers import grids, lists
from bot.papers.spreadsheet import Table, xlsx
from tests.chaos.stage import FULL
from tests.house.sources import files, named, tree

OFFICE = shutil.which("soffice")
AT = datetime(2027, 3, 1, tzinfo=UTC)
SEMICOLONS = "CSV:59,34,76,1,,0,false,true,false,false,false,0,true"  # formulas are evaluated
COMMAS = SEMICOLONS.replace("59", "44", 1)
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DEEDS = (
    "1+1",
    "cmd|'/c calc'!A0",
    'HYPERLINK("http://127.0.0.1:9/?"&A1;"click")',
    'WEBSERVICE("http://127.0.0.1:9/")',
    "SUM(A1:A9)",
    'DDE("soffice";"/etc/passwd";"a1")',
    "A1",
    "-2+3",
)
BEGINNINGS = (
    *("=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "   +", "\xa0=", "\u200b="),
    *("＝", "＋", "－", "＠", "'=", "''=", '"=', ";=", "==", "x,=", "x, =", "x\n=", "x;'="),
)
CELLS = tuple(start + deed for start, deed in product(BEGINNINGS, DEEDS))
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


def test_there_are_enough() -> None:
    assert len(CELLS) >= 100


def opened(path: Path, reading: str = "") -> ElementTree.Element:
    """As the spreadsheet has understood it."""
    assert OFFICE is not None
    home = f"-env:UserInstallation=file://{path.parent}/office"
    how = [f"--infilter={reading}"] if reading else []
    subprocess.run(
        [OFFICE, home, "--headless", *how, "--convert-to", "fods", path.name],
        cwd=path.parent,
        capture_output=True,
        timeout=170,
        check=True,
    )
    return ElementTree.parse(path.with_suffix(".fods")).getroot()


def formulas(document: ElementTree.Element) -> list[str]:
    cells = document.iter(f"{TABLE}table-cell")
    return [cell.attrib[f"{TABLE}formula"] for cell in cells if f"{TABLE}formula" in cell.attrib]


@needs_office
def test_a_spreadsheet_counts_what_is_not_guarded(tmp_path: Path) -> None:
    """Or the others would prove nothing."""
    (tmp_path / "a.csv").write_text("=1+1;a\n", encoding="utf-8")
    assert formulas(opened(tmp_path / "a.csv", SEMICOLONS)) == ["of:=1+1"]


@needs_office
@pytest.mark.parametrize("reading", [SEMICOLONS, COMMAS] if FULL else [COMMAS])
def test_no_cell_of_a_csv_is_counted(reading: str, tmp_path: Path) -> None:
    rows = [(cell, "a", cell) for cell in CELLS]
    (tmp_path / "a.csv").write_bytes(grids.to_csv(CELLS[:3], rows))
    assert formulas(opened(tmp_path / "a.csv", reading)) == []


@needs_office
def test_no_cell_of_a_workbook_is_counted(tmp_path: Path) -> None:
    """Wherever it stands: above the table, in its head, in its cells, in the name of a sheet."""
    rows = [(cell, cell, cell) for cell in CELLS]
    tables = [Table(cell, CELLS[:3], rows[:9], (cell, cell)) for cell in CELLS[::9]]
    whole = Table("=1+1", CELLS[:3], rows, CELLS[:20])
    (tmp_path / "a.xlsx").write_bytes(xlsx([whole, *tables], "=1+1", AT))
    document = opened(tmp_path / "a.xlsx")
    assert formulas(document) == []
    assert len(list(document.iter(f"{TABLE}table-row"))) > len(CELLS)


@needs_office
@pytest.mark.skipif(not FULL, reason="only at full size")
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_no_cell_of_a_list_is_counted(kind: str, tmp_path: Path) -> None:
    content = lists.made(kind, "=1+1", CELLS[:2], [(c, c) for c in CELLS], author="=1", at=AT)
    (tmp_path / f"a.{kind}").write_bytes(content)
    assert formulas(opened(tmp_path / f"a.{kind}", SEMICOLONS if kind == "csv" else "")) == []


def test_what_was_guarded_reads_back_as_it_was() -> None:
    written = grids.to_csv(["head"], [(cell,) for cell in CELLS])
    read = [row[0] for row in grids.read("a.csv", written).rows]
    assert read[1:] == list(CELLS)


def test_tables_are_written_as_texts_only() -> None:
    """So what holds for these holds for every export there is."""
    writers = {
        path
        for folder in ("bot", "handlers")
        for path in files(folder)
        if re.search(
            r"xlsxwriter|openpyxl|csv\.(?:Dict)?[wW]riter", path.read_text(encoding="utf-8")
        )
    }
    assert {named(path) for path in writers} == {
        "bot/papers/grids.py",
        "bot/papers/spreadsheet.py",
        "handlers/workshops/attendees.py",
    }
    ways = {
        node.attr
        for path in writers
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr.startswith("write")
    }
    assert ways <= {"write_string", "write_number", "writerow", "writer"}

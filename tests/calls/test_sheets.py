"""Workbooks of calls: links behind formulas, real dates and dates in words."""

import io
import zipfile
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from bot.domain.calls.found import Unreadable
from tests.calls.answers import only, read
from tests.stories.equipment import xlsx

HEAD = ("Číslo", "Název výzvy", "Příjem od", "Příjem do", "Druhé kolo", "Stav")
SETTINGS: dict[str, Any] = {
    "columns": {
        "reference": "Číslo",
        "code": "Číslo",
        "title": "název výzvy",
        "opens_at": "Příjem od",
        "deadlines": ["Příjem do", "Druhé kolo"],
        "state": "Stav",
    },
    "states": {"Otevřená": "open", "Uzavřená": "closed"},
}
at = datetime.fromisoformat
LINK = "https://vyzvy.example.cz/7"


def test_dates_are_read_as_dates_and_as_words() -> None:
    row = ("V7", "Optika", at("2026-09-01"), "15. 1. 2027 12:00", "2027-06-30", "Otevřená")
    call = only(read("sheet", xlsx(("Kalendář",), (), HEAD, row), **SETTINGS, link=LINK))
    assert (call.reference, call.title, call.code) == ("V7", "Optika", "V7")
    first, second = call.deadlines or ()
    assert first.at.isoformat() == "2027-01-15T12:00:00+01:00"
    assert (second.at.isoformat(), second.hour_known) == ("2027-06-30T23:59:59+02:00", False)
    assert call.fields["opens_at"].isoformat() == "2026-09-01T00:00:00+02:00"
    assert call.fields["state"] == "open"


def test_a_real_moment_has_its_hour() -> None:
    row = ("V7", "Optika", None, at("2027-01-15 17:00"), None, None)
    (due,) = only(read("sheet", xlsx(HEAD, row), **SETTINGS)).deadlines or ()
    assert due.at.isoformat() == "2027-01-15T17:00:00+01:00"
    assert due.hour_known


def test_links_behind_formulas_and_behind_cells_are_found() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(HEAD))
    sheet.append([f'=HYPERLINK("{LINK}", "V7")', "Optika"])
    sheet.append(["V8", "Sklo"])
    sheet["A3"].hyperlink = "https://vyzvy.example.cz/8"
    content = io.BytesIO()
    book.save(content)
    first, second = read("sheet", content.getvalue(), **SETTINGS).calls
    assert (first.reference, first.link) == ("V7", LINK)
    assert (second.reference, second.link) == ("V8", "https://vyzvy.example.cz/8")


def test_what_is_over_may_be_left_out() -> None:
    rows = [
        ("V1", "Loni", None, at("2025-01-01"), None, None),
        ("V2", "Zavřená", None, None, None, "Uzavřená"),
        ("V3", "Nyní", None, at("2027-01-01"), None, None),
        (None, None, None, None, None, None),
    ]
    told = read("sheet", xlsx(HEAD, *rows), **SETTINGS, open_only=True)
    assert only(told).reference == "V3"
    assert told.rows >= 3


def swollen() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
        parts.writestr("xl/worksheets/sheet1.xml", "<worksheet>" + " " * 70 * 2**20)
    return content.getvalue()


def with_sheet(inside: str) -> bytes:
    whole = io.BytesIO(xlsx(HEAD, ("V1", "Optika")))
    content = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            new.writestr(name, inside if name.endswith("sheet1.xml") else old.read(name))
    return content.getvalue()


def bent() -> bytes:
    """The first part begins with a block of a kind that there is not."""
    whole = bytearray(xlsx(HEAD, ("V1", "Optika")))
    first = zipfile.ZipFile(io.BytesIO(bytes(whole))).infolist()[0]
    whole[first.header_offset + 30 + len(first.filename) + len(first.extra)] = 0xFF
    return bytes(whole)


FAR = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    "</sheetData></worksheet>"
)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "no XLSX"),
        (b"<html>", "no XLSX"),
        (b"PK\x03\x04nonsense", "damaged"),
        (xlsx(HEAD, ("V1", "Optika"))[:-900], "damaged"),
        (bent(), "damaged"),
        (xlsx(("Jiný", "sešit")), "no column"),
        (xlsx(HEAD), "no rows"),
        (swollen(), "larger inside"),
        (with_sheet(FAR), "further away"),
        (with_sheet("<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet>&a;</worksheet>"), "entities"),
        (with_sheet("<worksheet><sheetData>"), "damaged"),
    ],
)
def test_other_files_are_refused_with_a_reason(body: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read("sheet", body, **SETTINGS)

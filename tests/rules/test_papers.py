"""Documents as bytes: of any length and with any names, the same facts make the same file."""

import hashlib
import io
import json
import re
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest

from bot.papers import attendance_list, badges, certificate, pack, spreadsheet
from bot.papers.attendance_list import AttendanceList, Row, Section
from bot.papers.badges import Badge
from bot.papers.certificate import Attended, Certificate
from bot.papers.pack import MANIFEST, Missing, safe_name
from bot.papers.sheet import SANS, Imprint, Sheet
from bot.papers.spreadsheet import Table

LONG = "Nejneobhospodařovávatelnější-Příliš-Žluťoučký " * 6
IMPRINT = Imprint(
    "Tenké vrstvy",
    "Ukázkový klastr",
    "cs",
    "Strana {page} z {pages}",
    datetime(2027, 5, 14, tzinfo=UTC),
)
PEOPLE = ("Ann Member", "Žofie Příliš-Žluťoučká", LONG, "x" * 200, "–", "李小龍 🙂")


def pages(content: bytes) -> int:
    assert content.startswith(b"%PDF")
    return len(re.findall(rb"/Type /Page\b", content))


def listed(number: int, title: str = "Tenké vrstvy") -> AttendanceList:
    rows = tuple(Row(PEOPLE[n % 6], PEOPLE[n % 5], "9:02", "vstupenka") for n in range(number))
    imprint = Imprint(title, IMPRINT.cluster, "cs", IMPRINT.page, IMPRINT.at)
    return AttendanceList(
        imprint=imprint,
        heading="Prezenční listina",
        about=(("Kdy", "pátek 14. 5. 2027"), ("Kde", LONG)),
        columns=("Č.", "Jméno", "Organizace", "Příchod", "Ověření", "Podpis"),
        sections=(Section("Den 1", LONG, "Přišlo: 1", rows), Section("Večer", "19:00", "", ())),
        nobody="Nikdo",
        signed_by="Za organizátora",
        signed_on="Datum",
    )


@pytest.mark.parametrize(("people", "long"), [(0, 1), (1, 1), (45, 2), (500, 18)])
def test_the_attendance_list_has_pages_for_all(people: int, long: int) -> None:
    assert pages(attendance_list.pdf(listed(people))) == long


def test_a_long_title_leaves_room_for_the_rest() -> None:
    assert pages(attendance_list.pdf(listed(1, LONG))) == 1


@pytest.mark.parametrize(("people", "long"), [(1, 1), (24, 1), (25, 2), (45, 2)])
def test_badges_by_twenty_four(people: int, long: int) -> None:
    drawn = [
        Badge(PEOPLE[n % 6], PEOPLE[n % 5], tuple(range(n % 9)), "c" * 30) for n in range(people)
    ]
    assert pages(badges.pdf(IMPRINT, drawn)) == long


@pytest.mark.parametrize("parts", [1, 2, 8])
@pytest.mark.parametrize("who", PEOPLE)
def test_a_certificate_is_one_page(who: str, parts: int) -> None:
    drawn = Certificate(
        imprint=IMPRINT,
        heading="Osvědčení o účasti",
        person=who,
        organisation=LONG,
        says="Potvrzujeme účast na akci",
        place=LONG,
        parts=(Attended(LONG, "pátek 14. 5. 2027, 9:00–16:00", "7 h"),) * parts,
        total="Celkem 7 h",
        number="Číslo 2027/1-2",
        issued="Vystaveno 14. 5. 2027",
        organiser=LONG,
    )
    assert pages(certificate.pdf(drawn)) == 1


def test_the_same_facts_make_the_same_file() -> None:
    assert attendance_list.pdf(listed(30)) == attendance_list.pdf(listed(30))
    badge = [Badge("Ann", "Optika", (0,), "code")]
    assert badges.pdf(IMPRINT, badge) == badges.pdf(IMPRINT, badge)


def test_what_does_not_fit_is_made_smaller_then_broken_then_cut() -> None:
    sheet = Sheet(IMPRINT, faces=(SANS,))
    sheet.add_page()
    sheet.ink(SANS, "", 10, (0, 0, 0))
    assert sheet.fitted("Ann", 50, 1, (10, 8)).size == 10
    smaller = sheet.fitted("Ann Member of Optics", 32, 1, (10, 8))
    assert (smaller.size, smaller.lines) == (8, ("Ann Member of Optics",))
    assert sheet.fitted("Příliš-Žluťoučká", 20, 2, (10,)).lines == ("Příliš-", "Žluťoučká")
    cut = sheet.fitted("x" * 500, 30, 2, (10, 8))
    assert len(cut.lines) == 2
    assert cut.lines[1].endswith("…")


def test_cells_are_text() -> None:
    formula = "=HYPERLINK(1)"
    rows = [(formula, "+1", "-1", "@x", "x" * 40_000)]
    content = spreadsheet.xlsx([Table("a/b", tuple("12345"), rows)], "K", IMPRINT.at)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert [cell.data_type for cell in sheet[2]] == ["s"] * 5
    assert sheet["A2"].value == formula


def test_sheets_have_names_of_their_own() -> None:
    names = ["Den 1", "den 1", "[]:*?/\\", "x" * 40, "x" * 40]
    content = spreadsheet.xlsx([Table(name, ("a",), []) for name in names], "K", IMPRINT.at)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Den 1", "den 1 2", "1", "x" * 31, "x" * 29 + " 2"]


def test_a_pack_tells_what_is_in_it_and_what_is_not() -> None:
    files = {"b/foto.jpg": b"\xff\xd8", "a.txt": b"a" * 1000}
    made = pack.pack(files, {"event": "Tenké vrstvy"}, [Missing("velký.mp4", "20 MB")])
    assert made.sha256 == hashlib.sha256(made.content).hexdigest()
    assert made == pack.pack(
        dict(reversed(files.items())), {"event": "Tenké vrstvy"}, [Missing("velký.mp4", "20 MB")]
    )
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert archive.namelist() == [MANIFEST, "a.txt", "b/foto.jpg"]
        assert {each.date_time for each in archive.infolist()} == {pack.NO_DATE}
        manifest = json.loads(archive.read(MANIFEST))
    assert manifest["event"] == "Tenké vrstvy"
    assert [each["path"] for each in manifest["files"]] == ["a.txt", "b/foto.jpg"]
    assert manifest["missing"] == [{"name": "velký.mp4", "why": "20 MB"}]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("Vrstvy <1>: úvod?.pdf", "Vrstvy 1 úvod .pdf"),
        ("...", "file"),
        ("", "file"),
        (".pdf", "pdf"),
        ("x" * 300 + ".pptx", "x" * 75 + ".pptx"),
        ("taken.pdf", "taken (2).pdf"),
        ("TAKEN.pdf", "TAKEN (2).pdf"),
    ],
)
def test_names_of_files(name: str, safe: str) -> None:
    assert safe_name(name, ["taken.pdf"]) == safe

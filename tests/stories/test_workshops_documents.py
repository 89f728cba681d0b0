"""What the team takes out of an event: lists, badges, and everything in one sealed pack."""

import hashlib
import io
import json
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from sqlmodel import col, select

from bot.app import App
from bot.sandbox.files import MAX_DOWNLOAD
from storage.audit import Audit
from storage.workshops import events
from storage.workshops.check_ins import Ticket
from tests.actors import Actor
from tests.stories.afterwards import MINUTE, Held, Wait, day
from tests.stories.announcing import SOON
from tests.stories.test_workshops_papers import picture
from tests.stories.workshops import Plan

TITLE = "=1+1 Tenké vrstvy & <povlaky>"
PROJECT = "CZ.01.01.01/05/23_014/0001234"


def documents(actor: Actor) -> list[tuple[str, bytes]]:
    """All files that came, with their names, oldest first."""
    files = actor.phone.sandbox.world.files
    came = [each["document"] for each in actor.messages if "document" in each]
    return [(each["file_name"], files[each["file_id"]].content) for each in came]


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", content))


async def pays(app: App, key: int) -> None:
    async with app.db.writing() as session:
        workshop = await events.row(session, key)
        assert workshop is not None
        workshop.project = PROJECT


def unpacked(content: bytes) -> tuple[dict[str, bytes], dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return files, json.loads(files.pop("manifest.json"))


@pytest.mark.postgres
async def test_the_attendance_list(
    app: App, manager: Actor, ann: Actor, eve: Actor, held: Held
) -> None:
    parts = [day(0, "Den [1]"), day(1)]
    await pays(app, await held(TITLE, sat=[ann, eve], came={0: [ann]}, parts=parts))
    await manager.presses_data("ws.doc:1")
    assert PROJECT in manager.screen
    await manager.presses("📄 Prezenční listina")
    assert any("⏳ Připravuji prezenční listinu…" in each for each in manager.heard)
    (_, printed), (_, table) = documents(manager)
    assert printed.startswith(b"%PDF")
    assert pages(printed) == 1
    book = openpyxl.load_workbook(io.BytesIO(table))
    assert book.sheetnames == ["Den 1", "sobota 15. 5. 2027"]
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert cells[0][0] == TITLE
    assert [f"Projekt: {PROJECT}"] == [row[0] for row in cells if "Projekt:" in str(row[0])]
    head = next(index for index, row in enumerate(cells) if row[0] == "Č.")
    assert cells[head][1:6] == ["Jméno", "Organizace", "Příchod", "Ověření", "Podpis"]
    absent, came = cells[head + 1], cells[head + 2]
    assert absent[1:6] == ["Eve Elsewhere", "Sklo a čočky a.s.", "", "–", ""]
    assert came[1:3] == ["Ann Member", "Ukázková optika s.r.o."]
    assert came[3:5] == ["pátek 14. 5. 2027 9:05", "seznam"]
    assert came[6:8] == ["Den [1]", PROJECT]
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} == {"s", "n"}


async def test_badges_carry_tickets(app: App, manager: Actor, ann: Actor, held: Held) -> None:
    await held(TITLE, sat=[ann], came=[ann])
    await manager.presses_data("ws.doc:1")
    await manager.presses("🏷 Jmenovky")
    assert "1 jmenovka" in manager.heard[-1]
    ((name, content),) = documents(manager)
    assert (name, content[:4], pages(content)) == ("badges-1.pdf", b"%PDF", 1)
    async with app.db.reading() as session:
        (ticket,) = (await session.exec(select(Ticket))).all()
    await manager.presses("🏷 Jmenovky")
    async with app.db.reading() as session:
        assert (await session.exec(select(Ticket.code))).all() == [ticket.code]


async def test_badges_for_nobody(manager: Actor, plan: Plan) -> None:
    await plan(TITLE)
    await manager.presses_data("ws.doc.tag:1")
    assert (manager.toast or "").startswith("Zatím nikdo nemá místo")


@pytest.mark.postgres
async def test_the_pack(app: App, manager: Actor, ann: Actor, held: Held, wait: Wait) -> None:
    await pays(app, await held(TITLE, sat=[ann], came=[ann]))
    await ann.presses_data("ws.rate:1")
    await ann.presses("4 ⭐")
    await manager.presses_data("an.for:1")
    await manager.says("Vezměte si s sebou <plášť>.")
    await manager.presses("📨 Poslat 1 člověku")
    await wait(MINUTE)
    await wait(SOON)
    await manager.presses_data("ws.pap.add:1:files")
    await manager.uploads("../Vrstvy.pdf", b"%PDF-1.7 slides")
    await manager.uploads("foto.png", picture(), "photo")
    await manager.presses("✅ Hotovo")
    await manager.presses_data("ws.pap.add:1:signed_sheet")
    await manager.uploads("listina.png", picture(7), "photo")
    await manager.presses("✅ Hotovo")
    await manager.presses_data("ws.doc:1")
    await manager.presses("📦 Vše v jednom ZIP")
    name, content = documents(manager)[-1]
    seal = hashlib.sha256(content).hexdigest()
    assert name == "evidence-1.zip"
    assert f"SHA-256: {seal}" in manager.heard[-1]
    async with app.db.reading() as session:
        packed = select(Audit).where(Audit.action == "pack_evidence").order_by(col(Audit.id))
        (kept,) = (await session.exec(packed)).all()
    assert (kept.subject, kept.details["sha256"]) == ("workshop:1", seal)
    files, manifest = unpacked(content)
    assert set(files) == {
        "fotky/002.jpg",
        "podepsana-listina/003.jpg",
        "prehled.xlsx",
        "prezencni-listina.pdf",
        "prezencni-listina.xlsx",
        "prezentace/Vrstvy.pdf",
        "program.txt",
    }
    assert files["podepsana-listina/003.jpg"] == picture(7)
    assert TITLE in files["program.txt"].decode()
    assert (manifest["project"], manifest["missing"]) == (PROJECT, [])
    sums = {each["path"]: each["sha256"] for each in manifest["files"]}
    assert sums == {path: hashlib.sha256(body).hexdigest() for path, body in files.items()}
    book = openpyxl.load_workbook(io.BytesIO(files["prehled.xlsx"]))
    invited = [[cell.value for cell in row] for row in book["Pozvánky"].iter_rows(min_row=6)]
    assert [row[1:4] for row in invited] == [["1", "1", "Vezměte si s sebou <plášť>."]]
    assert book.sheetnames[-1] == "Osvědčení"
    assert book["Osvědčení"]["A2"].value.startswith("2027/1-")


async def test_the_same_facts_make_the_same_pack(manager: Actor, ann: Actor, held: Held) -> None:
    await held(TITLE, sat=[ann], came=[ann])
    await manager.presses_data("ws.doc:1")
    await manager.presses("📦 Vše v jednom ZIP")
    await manager.presses("📦 Vše v jednom ZIP")
    (_, first), (_, second) = documents(manager)
    assert first == second


async def test_what_cannot_be_fetched_is_listed(manager: Actor, ann: Actor, held: Held) -> None:
    await held(TITLE, sat=[ann], came=[ann])
    await manager.presses_data("ws.pap.add:1:files")
    await manager.uploads("velky.mp4", b"\0" * (MAX_DOWNLOAD + 1))
    await manager.uploads("zmizel.pdf", b"%PDF-1.7 gone")
    await manager.presses("✅ Hotovo")
    files = manager.phone.sandbox.world.files
    del files[next(key for key, file in files.items() if file.name == "zmizel.pdf")]
    await manager.presses_data("ws.doc:1")
    await manager.presses("📦 Vše v jednom ZIP")
    assert "⚠️ Chybí 2 soubory; proč, je v manifest.json." in manager.heard[-1]
    _, manifest = unpacked(manager.document)
    assert [each["name"] for each in manifest["missing"]] == [
        "prezentace/velky.mp4",
        "prezentace/zmizel.pdf",
    ]
    assert manifest["missing"][0]["why"].startswith("Má víc než 20 MB")


async def test_documents_are_for_the_team(
    ann: Actor, assistant: Actor, manager: Actor, held: Held
) -> None:
    await held(TITLE, sat=[ann], came=[ann])
    for data in ("ws.doc:1", "ws.doc.list:1", "ws.doc.tag:1", "ws.doc.zip:1"):
        await ann.presses_data(data)
        assert ann.alert, data
        await manager.presses_data(data.replace(":1", ":99"))
        assert manager.alert, data
    await assistant.says("/start")
    await assistant.presses_data("ws.doc:1")
    assert "📁 Dokumenty: =1+1 Tenké vrstvy & <povlaky>" in assistant.screen

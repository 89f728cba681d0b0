"""The team sees who is coming, in the chat and in a spreadsheet."""

import io

import openpyxl

from tests.actors import Actor
from tests.stories.workshops import Plan, opens

TITLE = "=1+1 Tenké vrstvy"


async def test_who_is_coming(manager: Actor, ann: Actor, bob: Actor, plan: Plan) -> None:
    await plan(TITLE, seats=1)
    await opens(manager, TITLE)
    await manager.presses("🛠 Spravovat akci")
    await manager.presses("👥 Kdo přijde")
    assert "Zatím se nikdo nepřihlásil." in manager.screen
    await opens(ann, TITLE)
    await ann.presses("✅ Sign up")
    await opens(bob, TITLE)
    await bob.presses("⏳ Mezi náhradníky")
    await manager.presses("◀ Zpět")
    await manager.presses("👥 Kdo přijde")
    assert "Obsazeno: 1/1" in manager.screen
    assert "čeká 1 náhradník" in manager.screen
    assert "1. Ann Member Ukázková optika s.r.o." in manager.screen
    assert "⏳ 2. Bořek Člen" in manager.screen


async def test_the_spreadsheet(manager: Actor, ann: Actor, guest: Actor, plan: Plan) -> None:
    await plan(TITLE, seats=1)
    for actor in (ann, guest):
        await opens(actor, TITLE)
        await actor.presses_data("ws.in:1")
    await opens(manager, TITLE)
    await manager.presses("🛠 Spravovat akci")
    await manager.presses("👥 Kdo přijde")
    await manager.presses("📊 Stáhnout tabulku")
    assert manager.toast == "Tabulka je na cestě."
    sheet = openpyxl.load_workbook(io.BytesIO(manager.document)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert sheet["A1"].value == TITLE
    assert sheet["A1"].data_type == "s"
    assert rows[0] == ["Č.", "Jméno", "Organizace", "Stav", "Přihlášení"]
    assert rows[1][:4] == ["1", "Ann Member", "Ukázková optika s.r.o.", "má místo"]
    assert rows[2][:4] == ["2", "Hana Hostová", "", "čeká"]


async def test_page_by_page(manager: Actor, ann: Actor, plan: Plan) -> None:
    await plan(TITLE)
    await manager.presses_data("ws.who:1:1:7")
    assert "Zatím se nikdo nepřihlásil." in manager.screen

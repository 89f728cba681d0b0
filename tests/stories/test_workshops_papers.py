"""Slides and photos: the team sends them into the chat, those who came get them."""

import io

import pytest
from PIL import Image

from bot.sandbox.request import Upload
from tests.actors import Actor
from tests.stories.afterwards import DAY, HOUR, Held, Wait
from tests.stories.workshops import Plan

TITLE = "Tenké vrstvy"


def picture(shade: int = 200) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (64, 48), (shade, 80, 60)).save(content, "PNG")
    return content.getvalue()


async def sends_slides(manager: Actor) -> None:
    await manager.presses_data("ws.doc:1")
    await manager.presses("📎 Prezentace a fotky")
    await manager.presses("➕ Prezentace a fotky")
    await manager.uploads("Vrstvy <1>.pdf", b"%PDF-1.7 slides")
    assert "Mám Vrstvy <1>.pdf." in manager.screen
    await manager.presses("✅ Hotovo")


@pytest.mark.postgres
async def test_slides_for_those_who_came(
    manager: Actor, ann: Actor, bob: Actor, held: Held
) -> None:
    await held(TITLE, sat=[ann, bob], came=[ann])
    await sends_slides(manager)
    assert "1 soubor čeká na zveřejnění" in manager.screen
    await ann.presses_data("ws.pap:1")
    assert "There is nothing here yet." in ann.screen
    await manager.presses("📣 Zveřejnit těm, kdo přišli")
    assert manager.toast == "Zveřejněno. Zprávu dostane 1 člověk."
    assert "Slides and photos from Tenké vrstvy are here." in ann.screen
    await ann.presses("📎 Show them")
    await ann.presses("📄 Vrstvy <1>.pdf")
    assert ann.toast == "Here it is, below."
    assert ann.document == b"%PDF-1.7 slides"
    await bob.presses_data("ws.pap:1")
    assert bob.alert
    await bob.presses_data("ws.pap.get:1")
    assert bob.alert


async def test_an_album_gets_one_answer_and_comes_back_as_one(
    manager: Actor, ann: Actor, held: Held
) -> None:
    await held(TITLE, sat=[ann], came=[ann])
    await manager.presses_data("ws.pap.add:1:files")
    heard = len(manager.heard)
    album = [Upload(f"{n}.png", picture(n), "image/png") for n in (10, 20, 30)]
    manager.phone.uploads_album(album, "photo")
    await manager.app.settle()
    assert len(manager.heard) == heard + 1
    await manager.uploads("jako soubor.png", picture(), "document")
    await manager.presses("✅ Hotovo")
    assert {"🖼 Fotka 1", "🖼 Fotka 3", "🖼 jako soubor.png"} <= set(manager.buttons)
    assert "4 soubory čekají" in manager.screen
    await manager.presses("📣 Zveřejnit těm, kdo přišli")
    await ann.presses("📎 Show them")
    await ann.presses("📥 Send me all (4)")
    photos = [each for each in ann.messages if "photo" in each]
    assert len(photos) == 3
    assert len({each["media_group_id"] for each in photos}) == 1
    assert ann.document == picture()


async def test_later_ones_are_told_at_most_once_a_day(
    manager: Actor, ann: Actor, held: Held, wait: Wait
) -> None:
    def told() -> int:
        return sum("slides or photos." in each for each in ann.heard)

    await ann.says("/menu")
    await ann.presses_data("att.week.n:1000")
    await held(TITLE, sat=[ann], came=[ann])
    await sends_slides(manager)
    await manager.presses("📣 Zveřejnit těm, kdo přišli")
    for _ in range(2):
        await sends_slides(manager)
        await manager.presses("📣 Zveřejnit těm, kdo přišli")
        assert (manager.toast or "").endswith("dnes už ode mě zprávu mají.")
    assert told() == 0
    await wait(3 * DAY)
    assert told() == 1
    await wait(DAY)
    await sends_slides(manager)
    await manager.presses("📣 Zveřejnit těm, kdo přišli")
    assert told() == 2


async def test_a_file_is_taken_away(manager: Actor, ann: Actor, held: Held) -> None:
    await held(TITLE, sat=[ann], came=[ann])
    await sends_slides(manager)
    await manager.presses("📣 Zveřejnit těm, kdo přišli")
    await manager.presses("✅ 📄 Vrstvy <1>.pdf")
    await manager.presses("🗑 Odstranit")
    assert manager.toast == "Je to pryč."
    await ann.presses_data("ws.pap.get:1")
    assert ann.alert
    await manager.presses_data("ws.pap.pub:1")
    assert (manager.toast or "").startswith("Není co nového zveřejnit.")


async def test_what_is_no_file(manager: Actor, ann: Actor, held: Held) -> None:
    await held(TITLE, sat=[ann], came=[ann])
    await manager.presses_data("ws.pap.add:1:files")
    await manager.says("prezentace je na webu")
    assert "Tohle není dokument ani fotka." in manager.screen
    await manager.sends_other("sticker")
    assert "Tohle není dokument ani fotka." in manager.screen
    await manager.presses("Zrušit")
    assert "Zatím tu nic není." in manager.screen
    await manager.presses_data("ws.pap.add:1:nonsense")
    assert manager.alert
    await manager.presses_data("ws.pap.add:7:files")
    assert manager.alert


async def test_only_the_team_adds_and_only_a_manager_publishes(
    ann: Actor, assistant: Actor, manager: Actor, held: Held
) -> None:
    await held(TITLE, sat=[ann], came=[ann])
    for data in ("ws.pap.add:1:files", "ws.pap.ed:1:0", "ws.pap.pub:1", "ws.pap.del:1"):
        await ann.presses_data(data)
        assert ann.alert, data
    await assistant.says("/start")
    await assistant.presses_data("ws.pap.add:1:signed_sheet")
    await assistant.uploads("sken.pdf", b"%PDF-1.7 signed")
    await assistant.presses("✅ Hotovo")
    assert "🖊 sken.pdf" in assistant.buttons
    await assistant.presses_data("ws.pap.pub:1")
    assert assistant.alert
    await manager.presses_data("ws.pap.pub:1")
    assert (manager.toast or "").startswith("Není co nového zveřejnit.")
    await ann.presses_data("ws.pap.get:1")
    assert ann.alert


async def test_a_draft_of_files_survives_a_command(ann: Actor, manager: Actor, held: Held) -> None:
    await held(TITLE, sat=[ann], came=[ann])
    await manager.presses_data("ws.pap.add:1:files")
    await manager.uploads("a.pdf", b"%PDF-1.7 a")
    await manager.says("/menu")
    await manager.presses_data("ws.pap.ed:1:0")
    assert "📄 a.pdf" in manager.buttons


async def test_where_nobody_came_yet(ann: Actor, plan: Plan, wait: Wait) -> None:
    await plan(TITLE)
    await ann.says("/start")
    await ann.presses_data("ws.in:1")
    await ann.presses_data("ws.pap:1")
    assert ann.alert
    await wait(HOUR)

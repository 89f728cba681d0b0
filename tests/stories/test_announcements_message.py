"""What an announcement says and shows: albums, files, names that are filled in, a look before."""

from typing import Any

import pytest

from bot.app import App
from bot.sandbox.request import Upload
from bot.sandbox.sandbox import Sandbox
from storage.people import by_telegram
from tests.actors import Actor
from tests.stories.announcing import MEMBERS, MINUTE, PICTURE, Wait, received, write


@pytest.fixture(autouse=True)
def everybody_has_pressed_start(ann: Actor, bob: Actor, contact: Actor, eve: Actor) -> None:
    """The four members whom announcements reach."""


async def album(who: Actor, count: int, caption: str = "", kind: str = "photo") -> None:
    files = [Upload(f"{number}.png", PICTURE, "image/png") for number in range(count)]
    who.phone.uploads_album(files, kind, caption)
    await who.app.settle()


async def posts(who: Actor, content: dict[str, Any]) -> None:
    who.phone._post(content)
    await who.app.settle()


async def send(manager: Actor, wait: Wait) -> None:
    await manager.presses("👥 Vybrat komu")
    await manager.presses(MEMBERS)
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)


@pytest.mark.postgres
async def test_an_album_arrives_as_an_album_with_its_buttons_behind(
    manager: Actor, ann: Actor, wait: Wait
) -> None:
    await manager.says("/oznameni")
    await album(manager, 3, "Z návštěvy, {jméno}")
    assert "Přijímám album." in manager.screen
    await manager.presses("✅ To je vše")
    assert manager.heard.count("Z návštěvy, Marie") == 1
    await manager.presses("🔘 Tlačítka, jazyky")
    await manager.presses("🙋 Mám zájem")
    await manager.presses("👁 Ukázat zprávu")
    assert manager.heard[-2] == "👇 K tomuto oznámení:"
    await send(manager, wait)
    *photos, behind = received(ann)
    assert [bool(each.get("photo")) for each in photos] == [True, True, True]
    assert len({each["media_group_id"] for each in photos}) == 1
    assert photos[0]["caption"] == "Z návštěvy, Ann"
    assert behind["text"] == "👇 K tomuto oznámení:"
    await ann.presses("🙋 Mám zájem")
    assert "Zapsáno" in str(ann.toast) or "Noted" in str(ann.toast)


async def test_of_an_album_of_eleven_ten_are_kept_and_it_is_said(
    manager: Actor, ann: Actor, wait: Wait
) -> None:
    await manager.says("/oznameni")
    await album(manager, 12)
    assert "Do alba se vejde nejvýš 10 souborů. Prvních 10 mám" in manager.screen
    assert sum("Do alba se vejde" in each for each in manager.heard) == 1
    await manager.presses("✅ To je vše")
    await send(manager, wait)
    assert len(received(ann)) == 10


async def test_what_cannot_stand_in_an_album_is_left_out(
    manager: Actor, ann: Actor, wait: Wait
) -> None:
    await manager.says("/oznameni")
    await album(manager, 2)
    await manager.uploads("plan.pdf", PICTURE)
    assert "Dokumenty a zvuky Telegram do alba s obrázky nepustí." in manager.screen
    await manager.sends_other("sticker")
    assert "Rozeslat umím" in manager.screen
    await manager.says("A ještě tohle")
    assert "Text patří do popisku alba." in manager.screen
    await manager.uploads("third.png", PICTURE, "photo")
    await manager.presses("✅ To je vše")
    await send(manager, wait)
    assert len(received(ann)) == 3


async def test_an_album_of_one_is_a_picture(manager: Actor, ann: Actor, wait: Wait) -> None:
    await manager.says("/oznameni")
    await album(manager, 1, "Jediný")
    await manager.presses("✅ To je vše")
    await send(manager, wait)
    assert received(ann)[-1]["caption"] == "Jediný"
    assert "media_group_id" not in received(ann)[-1]


@pytest.mark.parametrize("kind", ["video", "animation", "audio", "voice"])
async def test_films_and_sounds(manager: Actor, ann: Actor, kind: str, wait: Wait) -> None:
    await manager.says("/oznameni")
    await manager.uploads(f"one.{kind}", b"\0" * 20, kind, "Poslechněte si")
    await send(manager, wait)
    assert kind in received(ann)[-1]
    assert received(ann)[-1]["caption"] == "Poslechněte si"


async def test_a_large_file_is_sent_on_and_it_is_said(
    manager: Actor, ann: Actor, sandbox: Sandbox, wait: Wait
) -> None:
    """What Telegram has already can be sent on, however large it is."""
    file = manager.phone.uploads("film.zip", b"PK", "document")["document"]
    await manager.app.settle()
    await manager.says("/oznameni")
    await posts(manager, {"document": {**file, "file_size": 51_000_000}})
    assert "Soubor má 51 MB. Dorazí" in manager.screen
    await send(manager, wait)
    assert received(ann)[-1]["document"]["file_id"] == file["file_id"]


@pytest.mark.postgres
async def test_everybody_reads_their_own_name(
    manager: Actor, ann: Actor, eve: Actor, bob: Actor, app: App, wait: Wait
) -> None:
    async with app.db.writing() as session:
        person = await by_telegram(session, bob.id)
        assert person is not None
        person.first_name = "\u3164"
        ann_herself = await by_telegram(session, ann.id)
        assert ann_herself is not None
        ann_herself.first_name = "<b>Ann</b> &"
    await manager.says("/oznameni")
    assert "{jméno}, {organizace}" in manager.screen
    await posts(
        manager,
        {
            "text": "Dobrý den, {jméno}, zveme {organizace}.",
            "entities": [{"type": "bold", "offset": 26, "length": 12}],
        },
    )
    assert manager.heard[-2] == "Dobrý den, Marie, zveme vaše organizace."
    assert "Doplněné je v ní vaše jméno" in manager.screen
    await send(manager, wait)
    assert ann.heard == ["Dobrý den, <b>Ann</b> &, zveme Ukázková optika."]
    assert bob.heard == ["Dobrý den, zveme Ukázková optika."]
    assert eve.heard == ["Dobrý den, Eve, zveme Sklo a čočky."]
    assert received(eve)[-1]["entities"] == [{"type": "bold", "offset": 22, "length": 12}]


@pytest.mark.parametrize("word", ["{jmeno2}", "{foo}", "{}"])
async def test_an_unknown_placeholder_is_named_and_asked_for_again(
    manager: Actor, word: str
) -> None:
    await manager.says("/oznameni")
    await manager.says(f"Dobrý den, {word}")
    assert f"Nevím, co doplnit za {word}. Umím {{jméno}}, {{organizace}}." in manager.screen
    assert "napište ji dvakrát: {{" in manager.screen
    await manager.says("Závorka {{je}} tady")
    assert manager.heard[-2] == "Závorka {je} tady"


async def test_a_name_alone_is_no_message(manager: Actor) -> None:
    await manager.says("/oznameni")
    await manager.says("{jméno}")
    assert "Kromě jména tam musí být ještě něco." in manager.screen


async def test_names_need_room_too(manager: Actor) -> None:
    await manager.says("/oznameni")
    await manager.says("x" * 4080 + "{jméno}")
    assert "Vejde se nejvýš 4096 znaků." in manager.screen
    assert "Počítají se i jména, která doplním." in manager.screen


@pytest.mark.postgres
async def test_three_real_people_show_what_they_will_get(
    manager: Actor, ann: Actor, wait: Wait
) -> None:
    await manager.says("/oznameni")
    await manager.says("Ahoj, {jméno} ({organizace})")
    await manager.presses("👁 Jak ji uvidí")
    assert "Vyberte, komu je" in manager.screen
    await manager.presses("👥 Vybrat komu")
    await manager.presses(MEMBERS)
    await manager.presses("👁 Jak ji uvidí")
    seen = []
    for _ in range(3):
        seen.append((manager.heard[-2], manager.screen))
        await manager.presses("▶")
    assert {text for text, _ in seen} == {
        "Ahoj, Ann (Ukázková optika)",
        "Ahoj, Eve (Sklo a čočky)",
        "Ahoj, Bořek (Ukázková optika)",
    }
    assert any("Takhle ji dostane Eve Elsewhere." in shown for _, shown in seen)
    await manager.presses("📩 Na zkoušku mně")
    assert manager.heard[-2] == "Ahoj, Marie (vaše organizace)"
    assert "📨 Poslat 4 lidem" in manager.buttons
    assert not ann.heard


async def test_writing_anew_keeps_everything_else(manager: Actor, ann: Actor, wait: Wait) -> None:
    await write(manager, "Překleb")
    await manager.presses("🔘 Tlačítka, jazyky")
    await manager.presses("🙋 Mám zájem")
    await manager.presses("➕ 🇬🇧 English")
    await manager.says("Mistake")
    await manager.presses("✏️ Napsat znovu")
    await manager.says("Překlep")
    assert manager.heard[-3:-1] == ["Překlep", "Mistake"]
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    assert ann.heard == ["Mistake"]
    assert "🙋 I am interested" in ann.buttons

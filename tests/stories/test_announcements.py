"""The manager writes an announcement and sees it before anybody else does."""

import json
from typing import Any

import pytest

from bot.app import App
from bot.sandbox.sandbox import Sandbox
from storage.people import Role, RoleName, by_telegram
from tests.actors import Actor
from tests.conftest import CAST, NOW
from tests.stories.announcing import (
    MEMBERS,
    MINUTE,
    PICTURE,
    SOON,
    Wait,
    received,
    write,
)


@pytest.fixture(autouse=True)
def everybody_has_pressed_start(ann: Actor, bob: Actor, contact: Actor, eve: Actor) -> None:
    """The four members whom announcements reach."""


@pytest.mark.postgres
async def test_from_the_first_word_to_the_last_delivery(
    manager: Actor, ann: Actor, bob: Actor, eve: Actor, guest: Actor, wait: Wait
) -> None:
    await manager.says("/oznameni")
    assert "Napište zprávu" in manager.screen
    await manager.says("Zítra je volno.")
    assert manager.heard[-2] == "Zítra je volno."
    assert "Komu ji pošleme? Zatím nikam neodešla." in manager.screen
    await manager.presses("👥 Vybrat komu")
    await manager.presses(MEMBERS)
    assert "Komu: členům klastru" in manager.screen
    assert "Dostanou ji 4 lidé." in manager.screen
    assert not ann.heard
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    assert ann.heard == bob.heard == eve.heard == ["Zítra je volno."]
    assert not guest.heard
    await wait(SOON)
    assert "Oznámení je rozesláno" in manager.screen
    assert "Doručeno: 4 z 4" in manager.screen


async def test_formatting_arrives_as_it_was_made(
    manager: Actor, ann: Actor, sandbox: Sandbox, wait: Wait
) -> None:
    await manager.says("/oznameni")
    words = {
        "text": "Sleva <50 %> 🎉 tady",
        "entities": [
            {"type": "bold", "offset": 0, "length": 5},
            {"type": "text_link", "offset": 16, "length": 4, "url": "https://example.org/"},
        ],
    }
    manager.phone._post(words)
    await manager.app.settle()
    preview = received(manager)[-2]
    await manager.presses("👥 Vybrat komu")
    await manager.presses(MEMBERS)
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    assert received(ann)[-1]["text"] == preview["text"] == words["text"]
    assert received(ann)[-1]["entities"] == preview["entities"] == words["entities"]
    assert list(ann.buttons) == ["🔕 Méně takových"]


@pytest.mark.parametrize(("name", "kind"), [("plan.png", "photo"), ("plan.pdf", "document")])
async def test_a_file_with_a_caption(
    manager: Actor, ann: Actor, name: str, kind: str, wait: Wait
) -> None:
    await manager.says("/oznameni")
    await manager.uploads(name, PICTURE, kind, "Plán na rok 2027")
    assert manager.heard[-2] == "Plán na rok 2027"
    await manager.presses("👥 Vybrat komu")
    await manager.presses(MEMBERS)
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    assert kind in received(ann)[-1]
    assert ann.heard[-1] == "Plán na rok 2027"


@pytest.mark.parametrize("kind", ["sticker", "location", "contact"])
async def test_what_cannot_be_announced_is_asked_for_again(manager: Actor, kind: str) -> None:
    await manager.says("/oznameni")
    await manager.sends_other(kind)
    assert "Rozeslat umím text, obrázek, album, video, nahrávku nebo dokument." in manager.screen
    await manager.says("Tak textem.")
    assert manager.heard[-2] == "Tak textem."


async def test_a_forwarded_message_gives_its_content(
    manager: Actor, ann: Actor, wait: Wait
) -> None:
    await manager.says("/oznameni")
    origin = {"type": "hidden_user", "date": 0, "sender_user_name": "Někdo"}
    manager.phone._post({"text": "Přeposláno", "forward_origin": origin})
    await manager.app.settle()
    await manager.presses("👥 Vybrat komu")
    await manager.presses(MEMBERS)
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    assert ann.heard == ["Přeposláno"]
    assert "forward_origin" not in received(ann)[-1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"text": "x" * 4097}, "Vejde se nejvýš 4096 znaků."),
        ({"document": {"file_id": "d", "file_unique_id": "d"}, "caption": "x" * 1025}, "1024"),
    ],
)
async def test_too_long(manager: Actor, content: dict[str, Any], words: str) -> None:
    await manager.says("/oznameni")
    manager.phone._post(content)
    await manager.app.settle()
    assert words in manager.screen


async def test_the_longest_there_may_be(manager: Actor, ann: Actor, wait: Wait) -> None:
    await write(manager, "ž" * 4096)
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    assert ann.heard == ["ž" * 4096]


async def test_rewriting_and_throwing_away(manager: Actor, ann: Actor) -> None:
    await write(manager, "Překleb")
    await manager.presses("✏️ Napsat znovu")
    await manager.says("Překlep")
    assert manager.heard[-2] == "Překlep"
    assert "Dostanou ji 4 lidé." in manager.screen
    await manager.presses("🗑 Zahodit")
    assert manager.toast == "Zahozeno."
    await manager.presses_data("an.go:1:3:1")
    assert manager.alert
    assert not ann.heard


async def test_what_was_written_is_not_lost_with_its_draft(
    manager: Actor, assistant: Actor, ann: Actor, wait: Wait
) -> None:
    await write(manager)
    await assistant.says("/start")
    await assistant.presses_data("an.re:1")
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    await assistant.says("Oprava: zítra volno není.")
    assert assistant.heard[-2] == "Oprava: zítra volno není."
    assert "Zatím nikam neodešla." in assistant.screen
    assert ann.heard == ["Zítra je volno."]


async def test_an_old_button_does_not_find_another_announcement(
    manager: Actor, ann: Actor
) -> None:
    await write(manager, "Tohle ne")
    await manager.presses("🗑 Zahodit")
    await write(manager, "Tohle teprve možná")
    await manager.presses_data("an.go:1:2:1")
    assert manager.toast == "Tohle už tu není. Otevřete prosím nabídku: /menu"
    assert not ann.heard


async def test_giving_up_shows_what_there_is(manager: Actor) -> None:
    await manager.says("/oznameni")
    await manager.presses("Zrušit")
    assert "Zatím jste nic neoznámili." in manager.screen


async def test_a_draft_is_kept_when_rewriting_is_given_up(manager: Actor) -> None:
    await write(manager)
    await manager.presses("✏️ Napsat znovu")
    await manager.presses("Zrušit")
    assert "Dostanou ji 4 lidé." in manager.screen


async def test_an_english_manager_reads_english(eve: Actor, app: App) -> None:
    async with app.db.writing() as session:
        person = await by_telegram(session, CAST["eve"].id)
        assert person is not None
        session.add(Role(person_id=person.key, name=RoleName.MANAGER, since=NOW))
    await eve.says("/announce")
    await eve.says("Tomorrow is off.")
    await eve.presses("👥 Choose for whom")
    await eve.presses("🏢 Members of the cluster")
    assert "It goes to 4 people." in eve.screen
    assert json.dumps(eve.buttons).count("📨") <= 1

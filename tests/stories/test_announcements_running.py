"""While an announcement is on its way, and after: it rests, goes on, is put right, taken back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.app import App
from bot.domain.announcements import STUMBLES
from bot.sandbox.records import StoredFile
from bot.sandbox.request import Upload
from bot.sandbox.sandbox import Sandbox
from storage.people import by_telegram
from storage.pushes import Manner
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.announcing import MEMBERS, MINUTE, PICTURE, SOON, Wait, crowd, received, write

SEND = "📨 Poslat 4 lidem"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
async def members(
    ann: Actor, bob: Actor, contact: Actor, eve: Actor, manager: Actor, wait: Wait
) -> Sequence[Actor]:
    """The four whom announcements reach; and the manager has had the morning's card."""
    await wait(SOON)
    return ann, bob, contact, eve


@pytest.fixture
def slow(app: App) -> App:
    """Bulk leaves one message, then none for a long time."""
    _slow_down(app)
    return app


def _slow_down(app: App) -> None:
    app.gate.per_second = 0.0001
    app.gate.reopen(0, 0, ())


def heard(members: Sequence[Actor]) -> list[str]:
    return [text for who in members for text in who.heard]


@pytest.mark.postgres
async def test_it_rests_until_it_is_let_go(
    manager: Actor, slow: App, members: Sequence[Actor], wait: Wait
) -> None:
    await write(manager)
    await manager.presses(SEND)
    await wait(MINUTE)
    await manager.presses("⏸ Pozastavit")
    assert "Rozesílání je pozastavené" in manager.screen
    slow.gate.per_second = 0
    await wait(3 * HOUR)
    assert len(heard(members)) == 1
    await manager.presses("▶️ Pokračovat")
    assert "Oznámení se rozesílá" in manager.screen
    await wait(SOON)
    await wait(SOON)
    assert heard(members) == ["Zítra je volno."] * 4
    await wait(SOON)
    await manager.presses_data("an.pause:1")
    assert "Rozesílání už neběží." in str(manager.toast)


async def test_who_comes_back_meanwhile_waits_with_the_others(
    manager: Actor, bob: Actor, slow: App, members: Sequence[Actor], wait: Wait
) -> None:
    await write(manager)
    await manager.presses(SEND)
    await wait(MINUTE)
    await bob.blocks()
    await manager.presses("⏸ Pozastavit")
    await bob.unblocks()
    await wait(SOON)
    slow.gate.per_second = 0
    await wait(SOON)
    assert len(heard(members)) == 1
    await manager.presses("▶️ Pokračovat")
    await wait(SOON)
    assert "Zítra je volno." in bob.heard


async def test_it_rests_by_itself_after_twenty_errors(
    app: App, sandbox: Sandbox, manager: Actor, slow: App, wait: Wait
) -> None:
    await crowd(app, sandbox, 40)
    await manager.says("/oznameni")
    manager.phone._post({"document": {"file_id": "lost", "file_unique_id": "lost"}})
    await manager.app.settle()
    await manager.presses("👥 Vybrat komu")
    await manager.presses(MEMBERS)
    await manager.presses("📨 Poslat 44 lidem")
    await wait(MINUTE)
    for _ in range(STUMBLES - 1):
        slow.gate.reopen(0, 0, ())
        await app.settle()
    await wait(SOON)
    assert "Rozesílání je pozastavené" in manager.screen
    assert "Telegram hlásí: Wrong remote file identifier" in manager.screen
    sandbox.world.files["lost"] = StoredFile(
        "lost", "document", "lost.pdf", "application/pdf", b"%PDF", {}
    )
    slow.gate.per_second = 0
    await wait(HOUR)
    assert "Rozesílání se samo pozastavilo: Dokument" in manager.screen
    await manager.presses("▶️ Pokračovat")
    await wait(SOON)
    await wait(SOON)
    assert "Doručeno: 44 z 44" in manager.screen


async def test_taking_back_what_has_arrived(
    manager: Actor, members: Sequence[Actor], slow: App, wait: Wait
) -> None:
    await write(manager)
    await manager.presses(SEND)
    await wait(MINUTE)
    assert len(heard(members)) == 1
    await manager.presses("⏹ Zastavit")
    slow.gate.per_second = 0
    await wait(SOON)
    await manager.presses("🗑 Stáhnout i doručené")
    assert "Smazat zprávu v 1 chatu?" in manager.screen
    await manager.presses("🗑 Ano, smazat")
    assert manager.toast == "Zpráva se maže."
    await wait(SOON)
    assert heard(members) == []
    assert "🗑 Stáhnout i doručené" not in manager.buttons


async def test_all_of_an_album_is_taken_back(
    manager: Actor, members: Sequence[Actor], wait: Wait
) -> None:
    await manager.says("/oznameni")
    files = [Upload(f"{number}.png", PICTURE, "image/png") for number in range(2)]
    manager.phone.uploads_album(files, "photo", "Z návštěvy")
    await manager.app.settle()
    await manager.presses("✅ To je vše")
    await manager.presses("👥 Vybrat komu")
    await manager.presses(MEMBERS)
    await manager.presses(SEND)
    await wait(MINUTE)
    await wait(SOON)
    assert [len(received(who)) for who in members] == [2] * 4
    await manager.presses("🗑 Stáhnout i doručené")
    await manager.presses("🗑 Ano, smazat")
    await wait(SOON)
    assert [len(received(who)) for who in members] == [0] * 4


async def test_after_two_days_nothing_can_be_taken_back(manager: Actor, wait: Wait) -> None:
    await write(manager)
    await manager.presses(SEND)
    await wait(MINUTE)
    await wait(49 * HOUR)
    await manager.presses_data("an.recall:1:0")
    assert "jen 48 hodin" in str(manager.toast)


def _texts(who: Actor) -> list[Any]:
    return [(each["text"], each.get("edit_date") is not None) for each in received(who)]


async def test_a_typo_is_put_right_for_everybody(
    manager: Actor, members: Sequence[Actor], slow: App, wait: Wait
) -> None:
    """Those who have it see it change; the others get the new words at once."""
    await write(manager, "Zítra je wolno.")
    await manager.presses(SEND)
    await wait(MINUTE)
    await manager.presses("✏️ Opravit překlep")
    assert "Jak to má znít správně?" in manager.screen
    await manager.says("Zítra je volno.")
    assert "Opravit ji v 1 chatu?" in "".join(manager.heard[-2:])
    await manager.presses("✅ Ano, opravit")
    assert manager.toast == "Opravuje se."
    slow.gate.per_second = 0
    await wait(SOON)
    await wait(SOON)
    texts = sorted(_texts(who)[0] for who in members)
    assert texts == [("Zítra je volno.", False)] * 3 + [("Zítra je volno.", True)]


async def test_the_words_under_a_picture(
    manager: Actor, members: Sequence[Actor], wait: Wait
) -> None:
    await manager.says("/oznameni")
    await manager.uploads("plan.png", PICTURE, "photo", "Plám")
    await manager.presses("👥 Vybrat komu")
    await manager.presses(MEMBERS)
    await manager.presses(SEND)
    await wait(MINUTE)
    await wait(SOON)
    await manager.presses("✏️ Opravit překlep")
    await manager.says("x" * 1025)
    assert "1024" in manager.screen
    await manager.says("Plán")
    await manager.presses("✅ Ano, opravit")
    await wait(SOON)
    assert heard(members) == ["Plán"] * 4
    assert all("photo" in received(who)[-1] for who in members)


async def test_two_correct_at_once(manager: Actor, assistant: Actor, wait: Wait) -> None:
    await write(manager)
    await manager.presses(SEND)
    await wait(MINUTE)
    await manager.presses_data("an.typo:1")
    await manager.says("Jedna oprava.")
    await assistant.says("/start")
    await assistant.presses_data("an.typo:1")
    assert assistant.alert


async def test_somebodys_quiet_hours_win(
    app: App, manager: Actor, bob: Actor, ann: Actor, wait: Wait
) -> None:
    async with app.db.writing() as session:
        person = await by_telegram(session, bob.id)
        assert person is not None
        manner = Manner(person_id=person.key, quiet_from=22, quiet_until=11, changed_at=NOW)
        session.add(manner)
    await write(manager)
    await manager.presses(SEND)
    await wait(MINUTE)
    assert ann.heard == ["Zítra je volno."]
    assert not bob.heard
    await wait(2 * HOUR)
    assert bob.heard == ["Zítra je volno."]


async def test_quiet_hours_that_begin_meanwhile(
    app: App, manager: Actor, slow: App, bob: Actor, wait: Wait
) -> None:
    async with app.db.writing() as session:
        person = await by_telegram(session, bob.id)
        assert person is not None
        manner = Manner(person_id=person.key, quiet_from=10, quiet_until=12, changed_at=NOW)
        session.add(manner)
    await wait(HOUR - 2 * MINUTE)
    await write(manager)
    await manager.presses(SEND)
    await wait(MINUTE)
    told = len(bob.heard)
    await wait(2 * MINUTE)
    slow.gate.per_second = 0
    await wait(SOON)
    assert len(bob.heard) == told
    await wait(2 * HOUR)
    assert bob.heard == ["Zítra je volno."]

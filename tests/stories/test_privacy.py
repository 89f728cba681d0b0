"""What is kept of somebody: shown, given out, and forgotten."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.app import App
from storage.drafts import Draft
from storage.inbox import Inbox
from storage.outbox import Outbox, Priority
from storage.people import Person, by_telegram, roles
from tests.actors import Actor
from tests.conftest import NOW

Wait = Callable[[timedelta], Awaitable[None]]
DAY = timedelta(days=1)


async def test_privacy_says_what_is_kept_and_why(ann: Actor) -> None:
    await ann.says("/privacy")
    assert ann.screen.startswith("🔒 Your data")
    assert "to know whom I write to" in ann.screen
    await ann.presses("◀ Back")
    assert ann.screen.startswith("⚙️ Settings")


@pytest.mark.postgres
async def test_everything_in_one_file(contact: Actor) -> None:
    await contact.says("/start")
    await contact.presses("🏢 Moje organizace")
    await contact.presses("✉️ Pozvat")
    await contact.presses("👤 Jednoho člověka")
    await contact.says("/soukromi")
    await contact.presses("📥 Stáhnout moje data")
    assert contact.toast == "Soubor najdete níže."
    record = json.loads(contact.document)
    assert record["person"][0]["first_name"] == "Karel"
    assert record["person"][0]["organisation"] == "Ukázková optika s.r.o."
    assert record["roles"][0]["name"] == "contact"
    assert record["invitations_made"][0]["places"] == 1
    assert "digest" not in contact.document.decode()
    assert record["deeds"][0]["action"] == "invite"
    assert any("/soukromi" in str(each.get("from_you")) for each in record["messages"])
    assert "Hana" not in contact.document.decode()


async def test_erasure_is_put_off_and_can_be_taken_back(ann: Actor, wait: Wait) -> None:
    await ann.says("/privacy")
    await ann.presses("🗑 Erase my data")
    assert "On 15 Mar 2027 I will erase" in ann.screen
    await ann.presses("🗑 Yes, forget me")
    assert "⏳ On 15 Mar 2027 I will erase it all." in ann.screen
    await wait(13 * DAY)
    await ann.presses_data("priv.sure")
    assert "⏳ On 15 Mar 2027" in ann.screen
    await ann.presses("↩️ Do not erase")
    assert ann.toast == "I am glad. Nothing will be erased."
    await wait(5 * DAY)
    await ann.says("/start")
    assert "Organisation: Ukázková optika s.r.o." in ann.screen


@pytest.mark.postgres
async def test_a_fortnight_later_nothing_tells_who_it_was(
    contact: Actor, guest: Actor, app: App, wait: Wait
) -> None:
    await contact.says("/start")
    async with app.db.reading() as session:
        karel = await by_telegram(session, contact.id)
    assert karel is not None
    await contact.presses_data("priv.sure")
    await contact.presses_data("org.find")
    await wait(14 * DAY)
    assert contact.screen.startswith("Vaše údaje jsou smazané.")
    async with app.db.reading() as session:
        person = await session.get(Person, karel.key)
        assert person is not None
        seen = (person.telegram_id, person.first_name, person.username, person.organisation_id)
        assert seen == (None, "", None, None)
        assert person.name == "–"
        assert not await roles(session, person.key, NOW + 15 * DAY)
        assert await session.get(Draft, person.key) is None
        mine = select(Inbox.body).where(Inbox.lane == contact.id)
        assert set((await session.exec(mine)).all()) == {""}
        to_me = select(Outbox.payload).where(
            Outbox.chat_id == contact.id, col(Outbox.priority) != Priority.NOTICE
        )
        assert all(not payload for payload in (await session.exec(to_me)).all())
    await contact.says("/start")
    assert "🏢 Jsem z členské organizace" in contact.buttons


async def test_an_open_question_ends_with_the_asker(
    guest: Actor, contact: Actor, wait: Wait
) -> None:
    await guest.says("/start")
    await guest.presses_data("cf.send:1")
    await guest.presses_data("priv.sure")
    await wait(14 * DAY)
    await contact.presses("✅ Patří k nám")
    assert "↩️ Dotaz už neplatí." in contact.screen
    assert "Hana" not in contact.screen


async def test_the_erased_cannot_be_appointed(manager: Actor, bob: Actor, wait: Wait) -> None:
    await bob.says("/soukromi")
    await bob.presses("🗑 Smazat moje údaje")
    await bob.presses("🗑 Ano, smazat")
    await manager.presses_data("pe:1:0")
    await manager.presses("Bořek Člen")
    await wait(14 * DAY)
    await manager.presses("➕ Asistent manažera")
    assert manager.alert
    await manager.presses_data("pe:1:0")
    assert "Bořek Člen" not in manager.buttons

"""Signing up a colleague, who is told by whom; and what else can be done with a place."""

from datetime import timedelta

import pytest

from bot.app import App
from bot.sandbox.sandbox import Sandbox
from storage.people import by_telegram
from tests.actors import Actor
from tests.stories.announcing import Wait, crowd
from tests.stories.workshops import START, Plan, opens

TITLE = "Tenké vrstvy"


async def key_of(app: App, actor: Actor) -> int:
    async with app.db.reading() as session:
        person = await by_telegram(session, actor.id)
        assert person is not None
        return person.key


@pytest.mark.postgres
async def test_a_colleague_is_signed_up_and_told(ann: Actor, bob: Actor, plan: Plan) -> None:
    await plan(TITLE)
    await opens(ann, TITLE)
    await ann.presses("👥 A colleague")
    assert "Whom shall I sign up?" in ann.screen
    assert "➕ Karel Kontaktní" in ann.buttons
    assert not [label for label in ann.buttons if "Eve" in label or "Ann" in label]
    await ann.presses("➕ Bořek Člen")
    assert ann.toast == "Bořek Člen has a seat."
    assert "➕ Bořek Člen" not in ann.buttons
    assert "Na akci vás přihlašuje Ann Member." in bob.screen
    assert "Máte místo" in bob.screen
    await bob.presses("❌ Nemohu")
    assert bob.toast == "Děkujeme za zprávu. Vaše místo dostanou ti, kdo čekají."
    assert "✅ Přihlásit se" in bob.buttons


async def test_twice_is_as_good_as_once(
    ann: Actor, bob: Actor, contact: Actor, plan: Plan, app: App
) -> None:
    await plan(TITLE, seats=1)
    await opens(contact, TITLE)
    await contact.presses("✅ Přihlásit se")
    data = f"ws.mate+:1:{await key_of(app, bob)}"
    await opens(ann, TITLE)
    await ann.presses_data(data)
    assert ann.toast == "Bořek Člen is number 1 in line."
    await contact.presses_data(data)
    assert contact.toast == "Bořek Člen už na seznamu je."
    assert len(bob.heard) == 1
    assert "Jste 1. v pořadí" in bob.screen


async def test_only_colleagues(ann: Actor, eve: Actor, guest: Actor, plan: Plan, app: App) -> None:
    await plan(TITLE)
    await guest.says("/start")
    await ann.says("/events")
    for stranger in (eve, guest, ann):
        await ann.presses_data(f"ws.mate+:1:{await key_of(app, stranger)}")
        assert ann.alert
        assert ann.toast == "This is no confirmed colleague of yours (any more)."
    await ann.presses_data("ws.mate+:1:999")
    assert ann.alert
    await opens(guest, TITLE)
    assert "👥 Kolegu" not in guest.buttons
    await guest.presses_data("ws.mate:1:0")
    assert guest.alert
    assert "jen pro členy klastru" in (guest.toast or "")
    assert len(eve.heard) == 0


async def test_the_limit_holds_for_colleagues_too(
    ann: Actor, bob: Actor, plan: Plan, app: App
) -> None:
    await plan(TITLE, organisation_limit=1)
    await opens(ann, TITLE)
    await ann.presses("✅ Sign up")
    await ann.presses("⋯ More")
    await ann.presses("👥 Sign up a colleague")
    await ann.presses("➕ Bořek Člen")
    assert ann.toast == "Bořek Člen is number 1 in line."


async def test_many_colleagues(ann: Actor, plan: Plan, app: App, sandbox: Sandbox) -> None:
    await plan(TITLE)
    await crowd(app, sandbox, 9)
    await opens(ann, TITLE)
    await ann.presses("👥 A colleague")
    assert "1/3" in ann.buttons
    await ann.presses("▶")
    assert "2/3" in ann.buttons
    assert len([label for label in ann.buttons if label.startswith("➕")]) == 5


async def test_nobody_left(eve: Actor, plan: Plan) -> None:
    await plan(TITLE)
    await opens(eve, TITLE)
    await eve.presses("👥 A colleague")
    assert "All your colleagues who have the bot are on the list already." in eve.screen


async def test_what_else_there_is(ann: Actor, plan: Plan, app: App, wait: Wait) -> None:
    await plan(TITLE, topics_until=START - timedelta(days=7))
    await opens(ann, TITLE)
    await ann.presses("✅ Sign up")
    assert "🎟 My ticket" in ann.buttons
    await ann.presses("⋯ More")
    assert list(ann.buttons)[:3] == [
        "👤 Send a colleague instead of me",
        "👥 Sign up a colleague",
        "💡 Propose a topic",
    ]
    await wait(START - timedelta(hours=1) - app.clock())
    await ann.presses_data("ws.more:1")
    assert "💡 Propose a topic" not in ann.buttons
    await wait(timedelta(hours=9))
    await opens(ann, TITLE) if TITLE in ann.buttons else await ann.presses_data("ws.open:1")
    assert list(ann.buttons)[:3] == ["⭐ Rate it", "📜 Certificate", "📎 Slides and photos"]

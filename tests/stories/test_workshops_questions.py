"""The organiser's questions: chosen by the team, asked once, answered or not, and forgotten."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import App
from bot.domain.workshops import registration
from storage.workshops.registration import RegistrationAnswer, RegistrationQuestion
from tests.actors import Actor
from tests.stories.doors import asks, key_of, sign_up
from tests.stories.workshops import Plan

Wait = Callable[[timedelta], Awaitable[None]]
SOON = timedelta(seconds=15)
TITLE = "Tenké vrstvy"
HOSTILE = "</b><script>&amp; 'x' \u202e <a href=\"tg://user?id=1\">"


async def test_asked_once_in_a_message_of_its_own(
    manager: Actor, ann: Actor, plan: Plan, wait: Wait
) -> None:
    await plan(TITLE)
    await asks(manager, "🍽 Strava", "🚗 Parkování")
    await sign_up(ann)
    assert "📝" not in ann.screen
    await wait(SOON)
    assert "The organiser has 2 short questions for you." in ann.screen
    said = len(ann.messages)
    await wait(SOON)
    await wait(timedelta(hours=1))
    assert len(ann.messages) == said


async def test_two_questions_with_buttons(
    app: App, manager: Actor, bob: Actor, plan: Plan, wait: Wait
) -> None:
    await plan(TITLE)
    await asks(manager, "🍽 Strava", "🚗 Parkování")
    await sign_up(bob)
    await wait(SOON)
    await bob.presses("📝 Odpovědět")
    assert "🍽 Jakou stravu si přejete?" in bob.screen
    await bob.presses("Vegetariánské")
    assert "🚗 Budete parkovat?" in bob.screen
    await bob.says("1AB 2345")
    assert "🍽 Strava: Vegetariánské\n🚗 Parkování: 1AB 2345" in bob.screen
    assert "Smažu je 14 dní po akci." in bob.screen
    await bob.presses("✏️ 🍽 Strava")
    assert "Teď: Vegetariánské" in bob.screen
    await bob.presses("⏭ Přeskočit")
    assert "🍽 Strava:" not in bob.screen
    await bob.presses("🍽 Strava")
    await bob.says("bez ryb a ořechů")
    assert "🍽 Strava: bez ryb a ořechů" in bob.screen
    async with app.db.reading() as session:
        summary = await registration.summary(session, 1)
        mine = await registration.answers_of(session, 1, await key_of(app, bob))
    assert [each.counts for each in summary] == [{"bez ryb a ořechů": 1}, {"1AB 2345": 1}]
    assert [words for _, words in mine] == ["bez ryb a ořechů", "1AB 2345"]


async def test_all_can_be_skipped_and_nobody_is_asked_again(
    manager: Actor, ann: Actor, plan: Plan, wait: Wait
) -> None:
    await plan(TITLE)
    await asks(manager, "🍽 Strava", "🧾 Fakturace", own="Co vás zajímá?")
    await sign_up(ann)
    await wait(SOON)
    await ann.presses("📝 Answer")
    await ann.presses("⏭ Skip")
    assert "🧾 For an invoice:" in ann.screen
    await ann.presses("⏭ Skip")
    assert "💬 Co vás zajímá?" in ann.screen
    await ann.presses("⏭ Skip")
    assert "You have not answered anything." in ann.screen
    assert "💾 Remember for next time" not in ann.buttons
    said = len(ann.messages)
    await wait(timedelta(minutes=5))
    assert len(ann.messages) == said


async def test_hostile_and_endless_words(
    app: App, manager: Actor, ann: Actor, plan: Plan, wait: Wait
) -> None:
    await plan(TITLE)
    await asks(manager, own=HOSTILE[:100])
    await sign_up(ann)
    await wait(SOON)
    await ann.presses("📝 Answer")
    await ann.says("x" * 301)
    assert "Please write a text of at most 300 characters." in ann.screen
    await ann.sends_other("sticker")
    assert "Please write a text of at most 300 characters." in ann.screen
    await ann.says(HOSTILE)
    assert "</b><script>&amp; 'x'" in ann.screen
    assert "&lt;script&gt;" in ann.html
    assert '<a href="tg' not in ann.html
    await manager.presses_data("ws.qs.read:1:1:0")
    assert "Ann Member: </b><script>" in manager.screen


async def test_an_invoice_in_lines(manager: Actor, ann: Actor, plan: Plan, wait: Wait) -> None:
    await plan(TITLE)
    await asks(manager, "🧾 Fakturace")
    await sign_up(ann)
    await wait(SOON)
    await ann.presses("📝 Answer")
    await ann.says("Optika s.r.o.\nDlouhá 1, Přerov\nIČO 12345678")
    assert "🧾 Invoice: Optika s.r.o.\nDlouhá 1, Přerov\nIČO 12345678" in ann.screen
    await manager.presses_data("ws.qs:1")
    await manager.presses("📋 Odpovědi: 1")
    assert "Ann Member: Optika s.r.o.\nDlouhá 1, Přerov" in manager.screen


async def test_only_those_who_sit_are_asked(
    manager: Actor, ann: Actor, bob: Actor, plan: Plan, wait: Wait
) -> None:
    await plan(TITLE, seats=1)
    await asks(manager, "🍽 Strava")
    await sign_up(ann, bob)
    await wait(SOON)
    assert "short question" in ann.screen
    assert "otázk" not in bob.screen
    await ann.presses_data("ws.out:1")
    await wait(SOON)
    assert any("Pořadatel má 1 krátkou otázku." in words for words in bob.heard)


async def test_a_question_that_came_later(
    manager: Actor, ann: Actor, plan: Plan, wait: Wait
) -> None:
    await plan(TITLE)
    await sign_up(ann)
    await wait(timedelta(minutes=10))
    await asks(manager, "🚗 Parkování")
    await wait(SOON)
    assert "short question" not in ann.screen
    await manager.presses("📨 Zeptat se 1 člověka s místem")
    assert manager.toast == "Ptám se jich."
    assert "The organiser has 1 short question for you." in ann.screen
    await manager.presses("📨 Zeptat se 1 člověka s místem")
    assert sum("short question" in words for words in ann.heard) == 1


async def test_what_the_caterer_needs(
    manager: Actor, ann: Actor, bob: Actor, contact: Actor, plan: Plan, wait: Wait
) -> None:
    await plan(TITLE)
    await asks(manager, "🍽 Strava")
    await sign_up(ann, bob, contact)
    await wait(SOON)
    await ann.presses("📝 Answer")
    await ann.presses("Vegan")
    await bob.presses("📝 Odpovědět")
    await bob.presses("Veganské")
    await manager.presses_data("ws.qs:1")
    assert "🍽 Strava: Veganské 2, bez odpovědi 1" in manager.screen


async def test_the_team_changes_its_mind(
    app: App, manager: Actor, ann: Actor, plan: Plan, wait: Wait
) -> None:
    await plan(TITLE)
    await asks(manager, "🍽 Strava", "🚗 Parkování")
    await manager.presses("☑ 🚗 Parkování")
    assert manager.toast == "Na tohle se už neptám."
    await sign_up(ann)
    await wait(SOON)
    await ann.presses("📝 Answer")
    await ann.presses("Vegan")
    await manager.presses("☑ 🍽 Strava")
    assert "Smaže se 1 odpověď." in manager.screen
    await manager.presses("🗑 Ano, smazat")
    await ann.presses_data("ws.ask.1:1")
    assert ann.alert
    async with app.db.reading() as session:
        assert (await session.exec(select(RegistrationQuestion))).all() == []
        assert (await session.exec(select(RegistrationAnswer))).all() == []


async def test_bad_questions(manager: Actor, assistant: Actor, ann: Actor, plan: Plan) -> None:
    await plan(TITLE)
    await manager.presses_data("ws.qs:1")
    await manager.presses("➕ Vlastní otázka")
    await manager.says("x" * 121)
    assert "nejvýš 120" in manager.screen
    await manager.says("Co?")
    for _ in range(4):
        await manager.presses("➕ Vlastní otázka")
        await manager.says("Co?")
    await manager.presses("➕ Vlastní otázka")
    await manager.says("Co?")
    assert manager.screen == "Vlastních otázek může být nejvýš pět."
    await manager.says("/menu")
    await manager.presses_data("ws.qs.add:1:other")
    assert manager.alert
    await manager.presses_data("ws.qs.add:1:diet")
    await manager.presses_data("ws.qs.add:1:diet")
    assert list(manager.buttons).count("☑ 🍽 Strava") == 1
    for who in (ann, assistant):
        await who.says("/menu")
        for data in ("ws.qs.add:1:parking", "ws.qs.all:1:1", "ws.qs.del!:1:1"):
            await who.presses_data(data)
            assert who.alert, data
    await ann.presses_data("ws.qs:1")
    assert ann.alert
    await ann.presses_data("ws.qs.read:1:1:0")
    assert ann.alert


@pytest.mark.parametrize(
    "data", ["ws.ask:1", "ws.ask:9", "ws.ask.1:1", "ws.ask.1:9", "ws.ask.keep:1"]
)
async def test_questions_are_for_those_who_come(
    manager: Actor, ann: Actor, plan: Plan, data: str
) -> None:
    await plan(TITLE)
    await asks(manager, "🍽 Strava")
    await ann.says("/menu")
    await ann.presses_data(data)
    assert ann.alert

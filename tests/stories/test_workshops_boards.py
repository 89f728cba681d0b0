"""The board of an event: one message that says how things stand, and stays true by itself."""

import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from bot.app import App
from storage.workshops.registration import RegistrationAnswer, RegistrationQuestion, Subject
from tests.actors import Actor
from tests.stories.afterwards import Held
from tests.stories.announcing import Wait
from tests.stories.doors import key_of
from tests.stories.leading import TITLE, leads, plan_two_days, signs_up
from tests.stories.workshops import Plan

TICK = timedelta(seconds=5)


def board(manager: Actor) -> str:
    """The newest message that is one."""
    texts: list[str] = [each.get("text", "") for each in manager.messages]
    return next(text for text in reversed(texts) if text.startswith("📊 "))


@pytest.mark.postgres
async def test_it_stays_up_to_date(
    manager: Actor, ann: Actor, bob: Actor, contact: Actor, eve: Actor, plan: Plan, wait: Wait
) -> None:
    key = await plan_two_days(plan)
    await leads(manager, "📊 Přehled")
    assert "Den 1\n▱▱▱▱▱▱▱▱▱▱ 0/3" in board(manager)
    await signs_up(ann, bob, eve, contact)
    await ann.presses_data(f"ws.p.in:{key}:2")
    messages = len(manager.messages)
    await wait(TICK)
    said = board(manager)
    assert "Den 1\n▰▰▰▰▰▰▰▰▰▰ 3/3\n⏳ 1 člověk čeká" in said
    assert "Večer\n▰▰▰▰▰▱▱▱▱▱ 1/2" in said
    assert "🏢 Ukázková optika 2, Sklo a čočky 1" in said
    assert "potvrzeno" not in said
    await ann.presses_data(f"ws.yes:{key}")
    await wait(TICK)
    assert "✅ 1 potvrzeno, 2 mlčí" in board(manager)
    new = manager.messages[messages:]
    assert [each for each in new if "text" in each] == []


async def test_nothing_new_is_no_edit(manager: Actor, plan: Plan, wait: Wait, app: App) -> None:
    await plan_two_days(plan)
    await leads(manager, "📊 Přehled")
    await wait(TICK)
    before = board(manager)
    await wait(timedelta(hours=1))
    assert board(manager) == before


@pytest.mark.postgres
async def test_answers_are_counted(
    app: App, manager: Actor, ann: Actor, bob: Actor, eve: Actor, plan: Plan, wait: Wait
) -> None:
    key = await plan_two_days(plan)
    await signs_up(ann, bob, eve)
    people = [await key_of(app, each) for each in (ann, bob, eve)]
    async with app.db.writing() as session:
        diet = RegistrationQuestion(workshop_id=key, subject=Subject.DIET)
        own = RegistrationQuestion(workshop_id=key, subject=Subject.OTHER, words="Co měříte?")
        session.add_all((diet, own))
        await session.flush()
        said: list[tuple[Any, int, str]] = [
            (diet, 0, "vegetarian"),
            (diet, 1, "vegetarian"),
            (diet, 2, "vegan"),
            (own, 0, "Drsnost & <b>"),
            (own, 1, ""),
        ]
        for question, who, words in said:
            session.add(
                RegistrationAnswer(
                    question_id=question.key,
                    person_id=people[who],
                    words=words,
                    answered_at=app.clock(),
                )
            )
    await leads(manager, "📊 Přehled")
    assert "🍽 Strava: Vegetariánské 2, Veganské 1" in board(manager)
    assert "Co měříte?: 1 odpověď" in board(manager)


async def test_opened_again_it_is_below(
    manager: Actor, ann: Actor, plan: Plan, wait: Wait
) -> None:
    await plan_two_days(plan)
    await leads(manager, "📊 Přehled")
    await wait(TICK)
    await leads(manager, "📊 Přehled")
    assert [text for text in manager.heard if text == f"📊 Přehled akce {TITLE} najdete níže."]
    await signs_up(ann)
    await wait(TICK)
    assert "1/3" in board(manager)


async def test_closed_or_deleted_it_is_left_alone(
    manager: Actor, ann: Actor, bob: Actor, plan: Plan, wait: Wait
) -> None:
    await plan_two_days(plan)
    await leads(manager, "📊 Přehled")
    await wait(TICK)
    await manager.presses("✖️ Zavřít přehled")
    assert "Naposledy změněno" not in "".join(manager.heard)
    await signs_up(ann)
    await wait(TICK)
    assert not [text for text in manager.heard if "▰" in text]
    await leads(manager, "📊 Přehled")
    await wait(TICK)
    message = next(each for each in manager.messages if each.get("text", "").startswith("📊 "))
    del manager.phone.chat.messages[message["message_id"]]
    await signs_up(bob)
    messages = len(manager.messages)
    for _ in range(3):
        await wait(TICK)
    assert len(manager.messages) == messages


async def test_only_for_the_team(ann: Actor, plan: Plan) -> None:
    key = await plan_two_days(plan)
    await ann.says("/start")
    for button in ("ws.brd", "ws.brd.pic"):
        await ann.presses_data(f"{button}:{key}")
        assert ann.alert


async def test_as_a_picture(
    manager: Actor, ann: Actor, bob: Actor, eve: Actor, plan: Plan, wait: Wait
) -> None:
    await plan_two_days(plan)
    await signs_up(ann, bob)
    await wait(timedelta(days=3))
    await signs_up(eve)
    await leads(manager, "📊 Přehled")
    await manager.presses("🖼 Jako obrázek")
    picture = Image.open(io.BytesIO(manager.photo))
    assert picture.size[0] == 1080
    assert manager.messages[-1]["caption"].startswith(f"📊 {TITLE}")


@pytest.mark.postgres
async def test_how_many_to_expect(
    app: App,
    manager: Actor,
    ann: Actor,
    bob: Actor,
    eve: Actor,
    plan: Plan,
    held: Held,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only where there is a base: here three are enough."""
    await plan("Bez minulosti", starts_at=app.clock() + timedelta(days=400))
    await signs_up(ann, title="Bez minulosti")
    await leads(manager, "📊 Přehled", title="Bez minulosti")
    assert "Čekejte" not in board(manager)
    monkeypatch.setattr("bot.domain.workshops.forecast.ENOUGH", 3)
    await held(TITLE, sat=[ann, bob, eve], came=[ann, bob])
    await leads(manager, "📊 Přehled", title="Bez minulosti")
    assert "🔮 Nejspíš přijde: 0–1 (přihlášeno 1)" in board(manager)

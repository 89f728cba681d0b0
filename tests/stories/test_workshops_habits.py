"""Answers to organisers: remembered with consent, erased after a fortnight, given out, gone."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlmodel import select

from bot.app import App
from storage.workshops.registration import Habit, RegistrationAnswer
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.doors import asks, sign_up
from tests.stories.workshops import START, Plan

Wait = Callable[[timedelta], Awaitable[None]]
SOON = timedelta(seconds=15)
TITLE = "Tenké vrstvy"


async def test_remembered_with_consent(
    app: App, manager: Actor, ann: Actor, plan: Plan, wait: Wait
) -> None:
    await plan(TITLE)
    await plan("Lasery")
    await asks(manager, "🍽 Strava")
    await manager.presses_data("ws.qs.add:2:diet")
    await sign_up(ann)
    await wait(SOON)
    await ann.presses("📝 Answer")
    await ann.presses("Vegan")
    assert "Shall I remember your answers for next time?" in ann.screen
    async with app.db.reading() as session:
        assert (await session.exec(select(Habit))).all() == []
    await ann.presses("💾 Remember for next time")
    assert "💾 Remember for next time" not in ann.buttons
    await sign_up(ann, workshop_id=2)
    await wait(SOON)
    await ann.presses("📝 Answer")
    await ann.presses("↩️ As last time: Vegan")
    assert "🍽 Diet: Vegan" in ann.screen
    await ann.says("/privacy")
    await ann.presses("💾 Remembered answers")
    assert "🍽 Diet: Vegan" in ann.screen
    await ann.presses("🗑 Forget them")
    assert ann.toast == "Forgotten."
    assert "None." in ann.screen


async def test_erased_a_fortnight_after_the_event(
    app: App, manager: Actor, ann: Actor, plan: Plan, wait: Wait
) -> None:
    await plan(TITLE)
    await asks(manager, "🍽 Strava")
    await sign_up(ann)
    await wait(SOON)
    await ann.presses("📝 Answer")
    await ann.presses("Vegan")
    await wait(START - NOW + timedelta(hours=7, days=13))
    async with app.db.reading() as session:
        assert len((await session.exec(select(RegistrationAnswer))).all()) == 1
    await wait(timedelta(days=1))
    async with app.db.reading() as session:
        assert (await session.exec(select(RegistrationAnswer))).all() == []
    await ann.presses_data("ws.ask:1")
    assert ann.toast == "This event is over already."


async def test_given_out_and_forgotten(
    app: App, manager: Actor, ann: Actor, plan: Plan, wait: Wait
) -> None:
    await plan(TITLE)
    await asks(manager, "🍽 Strava")
    await sign_up(ann)
    await wait(SOON)
    await ann.presses("📝 Answer")
    await ann.presses("Vegan")
    await ann.presses("💾 Remember for next time")
    await ann.says("/privacy")
    await ann.presses("📥 Download my data")
    record = json.loads(ann.document)
    assert record["answers"][0]["answer"] == "vegan"
    assert record["answers"][0]["event"] == TITLE
    assert record["remembered_answers"][0]["words"] == "vegan"
    await ann.presses_data("priv.sure")
    await wait(timedelta(days=14))
    async with app.db.reading() as session:
        assert (await session.exec(select(RegistrationAnswer))).all() == []
        assert (await session.exec(select(Habit))).all() == []

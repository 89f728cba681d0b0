"""Last year's event again: all that was planned, on another day, with nobody in it."""

import pytest

from bot.app import App
from storage.workshops import Event, PartKind, find, seats
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.leading import HOUR, TITLE, changes, leads, plan_two_days, signs_up
from tests.stories.workshops import START, Plan


async def event_of(app: App, key: int) -> Event:
    async with app.db.reading() as session:
        event = await find(session, key)
    assert event is not None
    return event


async def test_the_same_weekday_next_time(
    app: App, manager: Actor, ann: Actor, bob: Actor, plan: Plan
) -> None:
    key = await plan_two_days(plan)
    await signs_up(ann, bob)
    await changes(manager, "🎟 Přihlašování", "🏢 Limit na organizaci")
    await manager.says("2")
    await changes(manager, "✏️ Co a kde", "💶 Projekt")
    await manager.says("CZ.01/2027")
    await leads(manager, "📋 Kopírovat")
    assert "Převezme se všechno kromě lidí." in manager.screen
    suggested = list(manager.buttons)[:2]
    assert suggested == ["pátek 21. 5. 2027", "pátek 12. 5. 2028"]
    await manager.presses("pátek 12. 5. 2028")
    assert manager.toast == "Kopie je hotová. Zatím ji vidí jen tým."
    assert "📣 Zveřejnit" in manager.buttons
    old, new = await event_of(app, key), await event_of(app, key + 1)
    assert [(part.name, part.capacity, part.usual) for part in new.parts] == [
        (part.name, part.capacity, part.usual) for part in old.parts
    ]
    assert [part.starts_at.date().isoformat() for part in new.parts] == [
        "2028-05-12",
        "2028-05-12",
        "2028-05-13",
    ]
    assert new.parts[0].starts_at.time() == START.time()
    assert (new.organisation_limit, new.project, new.sequence) == (2, "CZ.01/2027", 0)
    async with app.db.reading() as session:
        assert await seats.count_registered(session, new.id) == 0
    await ann.says("/akce")
    assert len([label for label in ann.buttons if label == TITLE]) == 1


async def test_the_hours_stay_when_the_clocks_change(app: App, manager: Actor, plan: Plan) -> None:
    """From summer time to winter: nine in the morning is nine in the morning."""
    key = await plan_two_days(plan)
    await leads(manager, "📋 Kopírovat")
    await manager.says("5. 11. 2027")
    assert "pátek 5. 11. 9:00" in manager.screen
    new = await event_of(app, key + 1)
    assert new.parts[0].starts_at.hour == START.hour + 1
    assert new.parts[0].ends_at - new.parts[0].starts_at == 7 * HOUR


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("30. 2. 2028", "Takový den nebo čas není."),
        ("1. 2. 2027", "Tohle už bylo"),
        ("příště", "Tomuhle datu nerozumím."),
    ],
)
async def test_days_that_cannot_be(manager: Actor, plan: Plan, typed: str, answer: str) -> None:
    await plan_two_days(plan)
    await leads(manager, "📋 Kopírovat")
    await manager.says(typed)
    assert answer in manager.screen
    await manager.says("11. 6. 2027")
    assert "pátek 11. 6. 2027" in manager.screen


async def test_an_assistant_copies_and_throws_away(
    assistant: Actor, manager: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await leads(assistant, "📋 Kopírovat")
    await assistant.says("11. 6. 2027")
    assert "📣 Zveřejnit" not in assistant.buttons
    await assistant.presses("🗑 Zahodit")
    assert assistant.toast == "Koncept je smazaný."


@pytest.mark.postgres
async def test_questions_and_invited_organisations_come_along(
    app: App, manager: Actor, bob: Actor, eve: Actor, plan: Plan, wait: Wait
) -> None:
    key = await plan_two_days(plan)
    await changes(manager, "❓ Otázky", "☐ 🍽 Strava")
    await changes(manager, "👥 Pro koho", "✉️ Pozvaní", "✉️ Pozvaní: 0", "➕ Pozvat dalšího")
    await manager.says("sklo")
    await manager.presses("🏢 Sklo a čočky")
    await manager.presses("➕ Pozvat dalšího")
    await manager.says("Bořek")
    await manager.presses("👤 Bořek Člen, Ukázková optika")
    await leads(manager, "📋 Kopírovat")
    await manager.says("11. 6. 2027")
    await manager.presses("✏️ Změnit")
    await manager.presses("❓ Otázky")
    assert "🍽 Strava" in manager.screen
    await manager.presses_data(f"ws.inv:{key + 1}:0")
    assert "✖️ 🏢 Sklo a čočky" in manager.buttons
    assert "✖️ Bořek Člen" not in manager.buttons
    await manager.presses_data(f"ws.del:{key + 1}")
    assert manager.toast == "Koncept je smazaný."
    assert (await event_of(app, key)).parts[0].kind == PartKind.DAY

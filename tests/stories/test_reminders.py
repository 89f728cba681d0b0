"""Reminders come the day before at four in the afternoon, and two hours before; never twice."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.app import App
from bot.domain.workshops import PartPlan
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.workshops import START, Plan, opens

TITLE = "Tenké vrstvy"
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


async def signs_up(*actors: Actor) -> None:
    for actor in actors:
        await opens(actor, TITLE)
        label = next(label for label in actor.buttons if label[0] in "✅⏳")
        await actor.presses(label)


def reminders(actor: Actor) -> list[str]:
    return [text for text in actor.heard if text.startswith("⏰")]


async def until(app: App, wait: Wait, moment: datetime) -> None:
    await wait(moment - app.clock())


@pytest.mark.postgres
async def test_the_day_before_and_two_hours_before(
    ann: Actor, bob: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    await plan(TITLE, seats=1)
    await signs_up(ann, bob)
    await until(app, wait, datetime(2027, 5, 13, 13, 59, tzinfo=UTC))
    assert reminders(ann) == []
    await wait(MINUTE)  # 16:00 in Prague
    (tomorrow,) = reminders(ann)
    assert tomorrow.splitlines() == [
        "⏰ Tomorrow: Tenké vrstvy",
        "🕘 Fri 14 May 2027, 09:00–16:00",
        "📍 Přerov",
    ]
    await wait(HOUR)
    assert len(reminders(ann)) == 1
    await until(app, wait, START - 2 * HOUR)
    assert reminders(ann)[1].startswith("⏰ Today at 09:00: Tenké vrstvy")
    await wait(HOUR)
    assert len(reminders(ann)) == 2
    assert reminders(bob) == []


async def test_several_parts_are_one_reminder(
    ann: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    evening = PartPlan(START + 9 * HOUR, START + 12 * HOUR, 40, "Evening")
    await plan(TITLE, parts=[PartPlan(START, START + 7 * HOUR, 40, "Day"), evening])
    await signs_up(ann)
    await until(app, wait, START - 17 * HOUR)
    (tomorrow,) = reminders(ann)
    assert "🕘 Day: Fri 14 May 2027, 09:00–16:00" in tomorrow
    assert "🕘 Evening: Fri 14 May 2027, 18:00–21:00" in tomorrow
    await until(app, wait, START + 7 * HOUR)
    assert reminders(ann)[-1].splitlines()[:2] == [
        "⏰ Today at 18:00: Tenké vrstvy",
        "🕘 Evening: Fri 14 May 2027, 18:00–21:00",
    ]


async def test_whoever_left_is_not_reminded(
    ann: Actor, bob: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    await plan(TITLE, seats=1)
    await signs_up(ann, bob)
    await ann.presses("❌ Sign out")
    await until(app, wait, START - 17 * HOUR)
    assert reminders(ann) == []
    assert len(reminders(bob)) == 1


async def test_a_moved_event_is_reminded_of_at_its_new_time(
    manager: Actor, ann: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    await plan(TITLE)
    await signs_up(ann)
    await until(app, wait, START - 17 * HOUR)
    await opens(manager, TITLE)
    for label in ("🛠 Spravovat akci", "✏️ Změnit", "🕘 Čas a místa", "🕘 Čas"):
        await manager.presses(label)
    await manager.says("21. 5. 2027 9–16")
    await manager.presses("✅ Ano, změnit")
    await until(app, wait, START)
    assert len(reminders(ann)) == 1
    await until(app, wait, START + timedelta(days=7) - 17 * HOUR)
    assert "⏰ Tomorrow" in reminders(ann)[1]


async def test_changed_but_not_moved(
    manager: Actor, ann: Actor, bob: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    await plan(TITLE)
    await signs_up(ann)
    await opens(manager, TITLE)
    for label in ("🛠 Spravovat akci", "✏️ Změnit", "Místo konání"):
        await manager.presses(label)
    await manager.says("Olomouc")
    await manager.presses("✅ Ano, změnit")
    await until(app, wait, START - 17 * HOUR)
    (tomorrow,) = reminders(ann)
    assert "📍 Olomouc" in tomorrow
    await signs_up(bob)
    await wait(HOUR)
    assert reminders(bob) == []


async def test_a_cancelled_event_is_not_reminded_of(
    manager: Actor, ann: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    key = await plan(TITLE)
    await signs_up(ann)
    await manager.presses_data(f"ws.off!:{key}")
    await until(app, wait, START - HOUR)
    assert reminders(ann) == []


async def test_never_for_the_past(ann: Actor, plan: Plan, app: App, wait: Wait) -> None:
    """Published an hour before the start, or asleep over the time: too late to remind."""
    await plan(TITLE, starts_at=app.clock() + HOUR)
    await signs_up(ann)
    await wait(MINUTE)
    assert reminders(ann) == []


async def test_after_a_long_sleep(ann: Actor, plan: Plan, app: App, wait: Wait) -> None:
    await plan(TITLE)
    await signs_up(ann)
    await until(app, wait, START - 10 * HOUR)  # 23:00 the day before
    assert reminders(ann) == []
    await until(app, wait, START + MINUTE)
    assert reminders(ann) == []


async def test_by_the_clocks_on_the_wall(ann: Actor, plan: Plan, app: App, wait: Wait) -> None:
    """The night before 28 March 2027 is an hour shorter."""
    await plan(TITLE, starts_at=datetime(2027, 3, 28, 8, tzinfo=UTC))
    await signs_up(ann)
    await until(app, wait, datetime(2027, 3, 27, 14, 59, tzinfo=UTC))
    assert reminders(ann) == []
    await wait(MINUTE)  # 16:00 in Prague, still in winter time
    assert len(reminders(ann)) == 1


async def test_a_crowd_is_reminded_lot_by_lot(
    ann: Actor,
    bob: Actor,
    contact: Actor,
    plan: Plan,
    app: App,
    wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.domain.workshops.reminders.CHUNK", 2)
    await plan(TITLE)
    await signs_up(ann, bob, contact)
    await until(app, wait, START - 17 * HOUR)
    crowd = (ann, bob, contact)
    assert [len(reminders(each)) for each in crowd] == [1, 1, 0]
    for _ in range(2):
        await wait(MINUTE)
        assert [len(reminders(each)) for each in crowd] == [1, 1, 1]

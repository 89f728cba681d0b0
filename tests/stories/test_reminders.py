"""Reminders come at their time, to those who sit, and never twice."""

from datetime import UTC, datetime

import pytest

from bot.app import App
from bot.domain import workshops
from bot.domain.workshops import PartPlan
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.reminding import (
    DAY,
    HOUR,
    MINUTE,
    TITLE,
    editing,
    heads,
    prague,
    reminders,
    signs_up,
    until,
)
from tests.stories.workshops import START, Plan


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
    assert tomorrow.splitlines()[:3] == [
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


async def test_a_week_before_to_those_who_signed_up_long_ago(
    ann: Actor, bob: Actor, contact: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    await plan(TITLE)
    await signs_up(ann)
    await until(app, wait, START - 10 * DAY)
    await signs_up(bob)
    await wait(MINUTE)
    await signs_up(contact)
    await until(app, wait, prague(7, 8, 59))
    assert reminders(ann) == []
    await wait(MINUTE)
    assert heads(ann) == ["⏰ Coming soon: Tenké vrstvy"]
    assert heads(bob) == ["⏰ Už se blíží: Tenké vrstvy"]
    assert reminders(contact) == []


async def test_on_a_working_day(ann: Actor, plan: Plan, app: App, wait: Wait) -> None:
    """Three days before a Tuesday is a Saturday, and the Friday before it is a holiday."""
    await plan(TITLE, starts_at=datetime(2027, 5, 11, 7, tzinfo=UTC))
    await signs_up(ann)
    await until(app, wait, prague(7, 8, 59))
    assert "⏰ We look forward to seeing you: Tenké vrstvy" not in heads(ann)
    await wait(MINUTE)
    assert heads(ann) == ["⏰ We look forward to seeing you: Tenké vrstvy"]


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


async def test_whoever_comes_later_is_not_told_what_is_past(
    ann: Actor, bob: Actor, plan: Plan, app: App, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even while the others are being told still."""
    monkeypatch.setattr("bot.domain.workshops.reminders.CHUNK", 1)
    await plan(TITLE)
    await signs_up(ann)
    await until(app, wait, prague(13, 16))
    await wait(MINUTE)
    await signs_up(bob)
    await wait(MINUTE)
    assert len(reminders(ann)) == 1
    assert reminders(bob) == []


async def test_a_moved_event_is_reminded_of_at_its_new_time(
    manager: Actor, ann: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    key = await plan(TITLE)
    await signs_up(ann)
    await until(app, wait, START - 17 * HOUR)
    async with editing(app, manager, key) as editor:
        event, _ = await workshops.editable(editor.session, key, editor.me, editor.now)
        start = START + 7 * DAY
        await editor.move(event.parts[0].id, start, start + 7 * HOUR)
    await until(app, wait, START)
    await until(app, wait, START + 7 * DAY - 17 * HOUR)
    tomorrow = "⏰ Tomorrow: Tenké vrstvy"
    assert heads(ann) == [tomorrow, "⏰ Coming soon: Tenké vrstvy", tomorrow]


async def test_changed_but_not_moved(
    manager: Actor, ann: Actor, bob: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    key = await plan(TITLE)
    await signs_up(ann)
    async with editing(app, manager, key) as editor:
        await editor.relocate("Olomouc")
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
    for moment in (START - 3 * DAY, START - 17 * HOUR, START - HOUR, START + 9 * HOUR):
        await until(app, wait, moment)
    assert reminders(ann) == []
    assert not any("Tenké vrstvy" in text for text in ann.heard if "⭐" in text)


async def test_never_for_the_past(ann: Actor, plan: Plan, app: App, wait: Wait) -> None:
    """Published an hour before the start: too late to remind."""
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


async def test_late_but_in_time(ann: Actor, plan: Plan, app: App, wait: Wait) -> None:
    """What was due while nobody was there still helps for a while; at night it waits."""
    await plan(TITLE)
    await signs_up(ann)
    await until(app, wait, prague(11, 23))
    assert reminders(ann) == []
    await until(app, wait, prague(12, 8))
    assert heads(ann) == ["⏰ We look forward to seeing you: Tenké vrstvy"]
    await until(app, wait, prague(13, 19))
    await until(app, wait, START - MINUTE)
    assert heads(ann)[1:] == ["⏰ Tomorrow: Tenké vrstvy", "⏰ Today at 09:00: Tenké vrstvy"]


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

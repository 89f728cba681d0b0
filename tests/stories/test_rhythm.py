"""The rhythm of an event: who is asked whether they come, two days with an evening, and how the
team sets it."""

from datetime import timedelta

import pytest

from bot.app import App
from bot.domain.workshops import PartPlan
from storage.workshops import PartKind, Workshop
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.reminding import DAY, HOUR, TITLE, heads, prague, reminders, signs_up, until
from tests.stories.workshops import START, Plan, opens

QUESTION = prague(11, 9)  # three days before


def two_days() -> list[PartPlan]:
    evening = PartPlan(START + 9 * HOUR, START + 13 * HOUR, 40, "Večer", kind=PartKind.EVENING)
    return [
        PartPlan(START, START + 7 * HOUR, 40, "1. den"),
        evening,
        PartPlan(START + DAY, START + DAY + 6 * HOUR, 40, "2. den", place="Olomouc"),
    ]


async def seats(app: App, wait: Wait, *moments: timedelta) -> None:
    for moment in moments:
        await wait(START + moment - app.clock())


@pytest.mark.postgres
async def test_three_days_before_people_are_asked(
    ann: Actor, bob: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    await plan(TITLE)
    await signs_up(ann, bob)
    await until(app, wait, QUESTION)
    assert bob.screen.splitlines() == [
        "⏰ Čekáme na vás: Tenké vrstvy",
        "🕘 pátek 14. 5. 2027, 9:00–16:00",
        "📍 Přerov",
        "",
        "Přijdete?",
    ]
    assert list(bob.buttons)[:3] == ["✅ Přijdu", "👤 Pošlu kolegu", "❌ Nemohu"]
    await bob.presses("✅ Přijdu")
    await until(app, wait, prague(13, 16))
    assert "Přijdete?" not in bob.screen
    assert heads(bob)[-1] == "⏰ Už zítra: Tenké vrstvy"
    assert ann.screen.endswith("Are you coming?")
    assert "✅ I am coming" in ann.buttons


async def test_silence_keeps_the_seat(
    ann: Actor, bob: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    await plan(TITLE, seats=1)
    await signs_up(ann, bob)
    await seats(app, wait, -3 * DAY, -17 * HOUR, -2 * HOUR)
    assert heads(ann)[-1] == "⏰ Today at 09:00: Tenké vrstvy"
    assert reminders(bob) == []


async def test_a_no_makes_room(ann: Actor, bob: Actor, plan: Plan, app: App, wait: Wait) -> None:
    await plan(TITLE, seats=1)
    await signs_up(ann, bob)
    await until(app, wait, QUESTION)
    await ann.presses("❌ I cannot come")
    assert any(text.startswith("🎉") for text in bob.heard)
    await until(app, wait, prague(13, 16))
    assert [head for head in heads(ann) if "Tomorrow" in head] == []
    assert heads(bob) == ["⏰ Už zítra: Tenké vrstvy"]


async def test_whoever_has_just_signed_up_is_not_asked(
    ann: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    await plan(TITLE)
    await until(app, wait, prague(13, 15))
    await signs_up(ann)
    await wait(HOUR)
    assert heads(ann) == ["⏰ Tomorrow: Tenké vrstvy"]
    assert "Are you coming?" not in ann.screen


async def test_a_guest_has_no_colleague_to_send(
    guest: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    await plan(TITLE)
    await guest.says("/start")
    await signs_up(guest)
    await until(app, wait, QUESTION)
    assert list(guest.buttons)[:2] == ["✅ Přijdu", "❌ Nemohu"]


@pytest.mark.postgres
async def test_two_days_and_an_evening(ann: Actor, plan: Plan, app: App, wait: Wait) -> None:
    await plan(TITLE, parts=two_days())
    await signs_up(ann)
    moments = (-2 * HOUR, 7 * HOUR, 7.5 * HOUR, 22 * HOUR, 22.5 * HOUR, DAY)
    await seats(app, wait, -3 * DAY, -17 * HOUR, *moments)
    assert heads(ann) == [
        "⏰ We look forward to seeing you: Tenké vrstvy",
        "⏰ Tomorrow: Tenké vrstvy",
        "⏰ Today at 09:00: Tenké vrstvy",
        "⏰ Tonight at 18:00: Tenké vrstvy",
        "⏰ Good morning! Today goes on: Tenké vrstvy",
    ]
    assert reminders(ann)[0].splitlines()[1:7] == [
        "🕘 1. den: Fri 14 May 2027, 09:00–16:00",
        "📍 Přerov",
        "🕘 Večer: Fri 14 May 2027, 18:00–22:00",
        "📍 Přerov",
        "🕘 2. den: Sat 15 May 2027, 09:00–15:00",
        "📍 Olomouc",
    ]
    assert reminders(ann)[-1].splitlines()[1:] == [
        "🕘 2. den: Sat 15 May 2027, 09:00–15:00",
        "📍 Olomouc",
    ]


async def test_only_the_second_day(bob: Actor, plan: Plan, app: App, wait: Wait) -> None:
    """Whoever comes on the second day is reminded of it as others are of the first."""
    await plan(TITLE, parts=two_days())
    await opens(bob, TITLE)
    await bob.presses(next(label for label in bob.buttons if "2. den" in label))
    await seats(app, wait, -17 * HOUR, -2 * HOUR, 7 * HOUR, 22 * HOUR, 22.5 * HOUR)
    assert heads(bob) == ["⏰ Už zítra: Tenké vrstvy", "⏰ Dnes v 9:00: Tenké vrstvy"]


async def test_two_hours_before_with_a_map_and_the_ticket(
    bob: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    await plan(TITLE)
    await signs_up(bob)
    await until(app, wait, START - 2 * HOUR)
    soon = next(m for m in bob.messages if "Dnes v 9:00" in m.get("text", ""))
    place, ticket = soon["reply_markup"]["inline_keyboard"][0]
    assert place["text"] == "🗺 Mapa"
    assert place["url"] == "https://www.google.com/maps/search/?api=1&query=P%C5%99erov"
    assert ticket["text"] == "🎟 Vstupenka"
    assert bob.photo.startswith(b"\x89PNG")


async def test_the_link_of_an_online_part(ann: Actor, plan: Plan, app: App, wait: Wait) -> None:
    link = "https://meet.example.org/thin"
    online = PartPlan(START, START + HOUR, 40, kind=PartKind.ONLINE, link=link)
    await plan(TITLE, parts=[online])
    await signs_up(ann)
    await seats(app, wait, -2 * HOUR)
    assert not any("Today at" in head for head in heads(ann))
    await seats(app, wait, -0.25 * HOUR)
    assert heads(ann)[-1] == "⏰ Online at 09:00: Tenké vrstvy"
    assert link in ann.screen
    assert "▶️ Join" in ann.buttons


async def test_nobody_is_reminded_of_a_provisional_date(
    ann: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    key = await plan(TITLE)
    await signs_up(ann)
    async with app.db.writing() as session:
        workshop = await session.get(Workshop, key)
        assert workshop is not None
        workshop.provisional = True
    await seats(app, wait, -3 * DAY, -17 * HOUR, -2 * HOUR, 9 * HOUR)
    assert reminders(ann) == []


async def opens_rhythm(manager: Actor, key: int) -> None:
    await manager.presses_data(f"ws.rh:{key}")


@pytest.mark.postgres
async def test_the_team_sets_the_rhythm(
    manager: Actor, ann: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    key = await plan(TITLE)
    await signs_up(ann)
    await opens_rhythm(manager, key)
    assert "✅ „Přijdete?“: 3 dny předem" in manager.screen
    assert "✅ Den předem: v 16:00" in manager.screen
    assert "Před večerem" not in manager.screen
    assert "Nejblíž: První připomínka, pátek 7. 5. 2027 9:00" in manager.screen
    await manager.presses("„Přijdete?“")
    await manager.presses("Vůbec")
    await manager.presses("Den předem")
    assert "● v 16:00" in manager.buttons
    await manager.presses("v 18:00")
    assert manager.toast == "Změněno."
    assert "▫️ „Přijdete?“: vůbec" in manager.screen
    await seats(app, wait, -3 * DAY, -17 * HOUR)
    assert reminders(ann) == []
    await seats(app, wait, -15 * HOUR)
    assert heads(ann) == ["⏰ Tomorrow: Tenké vrstvy"]
    assert "Are you coming?" not in ann.screen
    await opens_rhythm(manager, key)
    await manager.presses("Den předem")
    await manager.presses("● v 18:00")
    async with app.db.reading() as session:
        workshop = await session.get(Workshop, key)
        assert workshop is not None
        assert workshop.rhythm == {"will_you_come": 0, "day_before": 18 * 60}


async def test_a_later_time_does_not_remind_twice(
    manager: Actor, ann: Actor, plan: Plan, app: App, wait: Wait
) -> None:
    key = await plan(TITLE)
    await signs_up(ann)
    await seats(app, wait, -17 * HOUR)
    await opens_rhythm(manager, key)
    await manager.presses("Den předem")
    await manager.presses("v 18:00")
    await seats(app, wait, -15 * HOUR)
    assert heads(ann) == ["⏰ Tomorrow: Tenké vrstvy"]


async def test_the_rhythm_is_for_the_team(
    ann: Actor, assistant: Actor, manager: Actor, plan: Plan
) -> None:
    key = await plan(TITLE)
    for actor in (ann, assistant):
        await actor.says("/menu")
        for data in (f"ws.rh:{key}", f"ws.rh.k:{key}:soon", f"ws.rh.is:{key}:soon:0"):
            await actor.presses_data(data)
            assert actor.alert
    await manager.says("/menu")
    for data in (f"ws.rh.is:{key}:soon:17", f"ws.rh.is:{key}:dawn:0", "ws.rh:999"):
        await manager.presses_data(data)
        assert manager.alert

"""Signing up for an event, waiting, leaving."""

from datetime import timedelta

import pytest

from bot.domain.workshops import PartPlan
from storage.workshops import Audience
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.workshops import START, Plan, calendar, opens

TITLE = "Tenké <vrstvy> & povlaky"
HOUR = timedelta(hours=1)
OUT = "You are signed out. Was it a mistake? Just sign up again."


@pytest.mark.postgres
async def test_the_last_seat_then_the_queue(
    ann: Actor, bob: Actor, contact: Actor, plan: Plan
) -> None:
    await plan(TITLE, seats=1)
    await opens(ann, TITLE)
    assert TITLE in ann.screen
    assert "Fri 14 May 2027, 09:00–16:00" in ann.screen
    assert "1 seat of 1 left" in ann.screen
    await ann.presses("✅ Sign up")
    assert ann.toast == "You have a seat. See you there! I will remind you in time."
    assert "You have a seat" in ann.screen
    await opens(bob, TITLE)
    await bob.presses("⏳ Mezi náhradníky")
    assert bob.toast == "Jste 1. v pořadí. Jakmile se uvolní místo, ozvu se."
    assert "Jste 1. v pořadí" in bob.screen
    await opens(contact, TITLE)
    assert "Obsazeno, čeká 1 náhradník" in contact.screen
    await contact.presses("⏳ Mezi náhradníky")
    await ann.presses("❌ Sign out")
    assert ann.toast == "You are signed out. Whoever was next in line has your seat."
    assert "Uvolnilo se místo a je vaše." in bob.screen
    assert TITLE in bob.screen
    await bob.presses("📅 Otevřít akci")
    assert "Máte místo" in bob.screen
    assert "Uvolnilo" not in contact.screen
    await opens(contact, TITLE)
    assert "Jste 1. v pořadí" in contact.screen


async def test_whoever_is_awaited_may_change_their_mind(
    ann: Actor, bob: Actor, plan: Plan
) -> None:
    await plan(TITLE, seats=1)
    await opens(ann, TITLE)
    await ann.presses("✅ Sign up")
    await opens(bob, TITLE)
    await bob.presses("⏳ Mezi náhradníky")
    await bob.presses("❌ Odhlásit se")
    assert bob.toast == "Odhlášeno. Byl to omyl? Stačí se znovu přihlásit."
    await bob.presses("⏳ Mezi náhradníky")
    await opens(ann, TITLE)
    await ann.presses("❌ Sign out")
    assert "Somebody is waiting for your place." in ann.screen
    await ann.presses("◀ Back")
    assert "You have a seat" in ann.screen
    assert "Uvolnilo" not in bob.screen
    await ann.presses("❌ Sign out")
    await ann.presses("❌ Yes, sign me out")
    assert "Uvolnilo se místo a je vaše." in bob.screen


async def test_the_team_can_manage_whether_signed_up_or_not(manager: Actor, plan: Plan) -> None:
    await plan(TITLE)
    await opens(manager, TITLE)
    for press in ("✅ Přihlásit se", "❌ Odhlásit se"):
        await manager.presses(press)
        assert "🛠 Spravovat akci" in manager.buttons
    await manager.presses("🛠 Spravovat akci")
    assert "👥 Kdo přijde" in manager.buttons


async def test_pressing_twice_is_as_good_as_pressing_once(ann: Actor, plan: Plan) -> None:
    key = await plan(TITLE, seats=2)
    await opens(ann, TITLE)
    for _ in range(2):
        await ann.presses_data(f"ws.in:{key}")
        assert ann.toast == "You have a seat. See you there! I will remind you in time."
        assert "You have a seat" in ann.screen
    for _ in range(2):
        await ann.presses_data(f"ws.out:{key}")
        assert ann.toast == OUT
        assert "2 seats of 2 left" in ann.screen


@pytest.mark.postgres
async def test_five_at_once_for_two_seats(
    ann: Actor, bob: Actor, contact: Actor, eve: Actor, guest: Actor, plan: Plan
) -> None:
    key = await plan(TITLE, seats=2)
    crowd = (ann, bob, contact, eve, guest)
    for actor in crowd:
        await opens(actor, TITLE)
    for actor in crowd * 2:
        actor.phone.presses_data(f"ws.in:{key}")
    await plan.app.settle()
    seated = [actor for actor in crowd if "✅" in actor.screen]
    assert len(seated) == 2
    waiting = [actor.screen.partition("⏳")[2] for actor in crowd if actor not in seated]
    assert sorted(int("".join(filter(str.isdigit, line))) for line in waiting) == [1, 2, 3]


async def test_two_days_and_an_evening(ann: Actor, bob: Actor, plan: Plan) -> None:
    next_day = START + timedelta(days=1)
    parts = [
        PartPlan(START, START + 7 * HOUR, 40, "Day 1"),
        PartPlan(START + 9 * HOUR, START + 12 * HOUR, 1, "Evening", usual=False),
        PartPlan(next_day, next_day + 4 * HOUR, 40, "Day 2"),
    ]
    await plan("Optics in cars", parts=parts)
    await opens(ann, "Optics in cars")
    assert "Fri 14 May 09:00 – Sat 15 May 2027 13:00" in ann.screen
    await ann.presses("✅ Sign up")
    assert list(ann.buttons)[:3] == ["☑️ Day 1", "⬜ Evening (1/1)", "☑️ Day 2"]
    await ann.presses("⬜ Evening (1/1)")
    assert ann.toast == "You have a seat. See you there! I will remind you in time."
    await ann.presses("☑️ Day 2")
    assert list(ann.buttons)[:3] == ["☑️ Day 1", "☑️ Evening", "⬜ Day 2 (40/40)"]
    await opens(bob, "Optics in cars")
    await bob.presses("⬜ Evening: náhradníci")
    assert "⏳ Evening: 1. v pořadí" in bob.buttons
    await ann.presses("❌ Sign out")
    assert list(ann.buttons)[:5] == [
        "✅ Sign up",
        "👥 A colleague",
        "⬜ Day 1 (40/40)",
        "⬜ Evening: queue",
        "⬜ Day 2 (40/40)",
    ]
    assert "🕘 Evening: " in bob.screen


async def test_the_calendar_file(ann: Actor, plan: Plan) -> None:
    key = await plan(TITLE)
    await opens(ann, TITLE)
    await ann.presses("✅ Sign up")
    await ann.presses("📆 To my calendar")
    file, (event,) = calendar(ann.document)
    assert file["method"] == "PUBLISH"
    assert event["summary"] == TITLE
    assert event["dtstart"].dt == START
    assert event["sequence"] == 0
    assert event["url"].endswith(f"?start=w{key}")


async def test_a_link_to_the_card(ann: Actor, bob: Actor, plan: Plan) -> None:
    key = await plan(TITLE)
    await ann.follows(f"https://t.me/paprsek_bot?start=w{key}")
    assert TITLE in ann.screen
    await bob.follows("https://t.me/paprsek_bot?start=w-nonsense")
    assert "Tohle už tu není" in bob.screen


async def test_after_the_start_it_is_too_late(ann: Actor, plan: Plan, wait: Wait) -> None:
    key = await plan(TITLE)
    await opens(ann, TITLE)
    await wait(START - plan.app.clock())
    await ann.presses("✅ Sign up")
    assert ann.alert
    assert ann.toast == "It has begun already, so this cannot be changed any more."
    await ann.presses_data(f"ws.open:{key}")
    assert "It has begun." in ann.screen
    assert "✅ Sign up" not in ann.buttons
    await wait(8 * HOUR)
    await ann.presses_data(f"ws.open:{key}")
    assert "This event is over." in ann.screen


async def test_what_is_for_members(guest: Actor, ann: Actor, plan: Plan) -> None:
    key = await plan("Jen pro nás", audience=Audience.MEMBERS)
    await guest.says("/akce")
    assert "Jen pro nás" not in guest.screen
    for data in (f"ws.open:{key}", f"ws.in:{key}"):
        await guest.presses_data(data)
        assert guest.alert
        assert "jen pro členy klastru" in (guest.toast or "")
    await opens(ann, "Jen pro nás")
    assert "For members" in ann.screen
    await ann.presses("✅ Sign up")
    assert ann.toast == "You have a seat. See you there! I will remind you in time."


async def test_a_guest_takes_a_public_seat(guest: Actor, plan: Plan) -> None:
    await plan(TITLE)
    await opens(guest, TITLE)
    await guest.presses("✅ Přihlásit se")
    assert "Máte místo" in guest.screen
    await guest.says("/akce")
    assert "Jste na seznamu" in guest.screen


async def test_what_is_not_there(ann: Actor, plan: Plan) -> None:
    draft = await plan("Rozepsaná", publish=False)
    await ann.says("/akce")
    assert "Nothing is planned just now" in ann.screen
    buttons = (f"ws.open:{draft}", f"ws.in:{draft}", "ws.in:999", f"ws.p.in:{draft}:77")
    for data in (*buttons, f"ws.out:{draft}", "ws.ics:999", "ws.open:-1"):
        await ann.presses_data(data)
        assert ann.alert
        assert "not here any more" in (ann.toast or "")


async def test_many_events_by_pages(ann: Actor, plan: Plan) -> None:
    for number in range(7):
        await plan(f"Event {number}", starts_at=START + timedelta(days=number))
    await ann.says("/events")
    assert [label for label in ann.buttons if label.startswith("Event")] == [
        f"Event {number}" for number in range(5)
    ]
    await ann.presses("▶")
    assert "Event 6" in ann.buttons
    assert "2/2" in ann.buttons


async def test_nobody_is_told_of_what_they_did_themselves(ann: Actor, plan: Plan) -> None:
    await plan(TITLE, seats=1)
    await opens(ann, TITLE)
    await ann.presses("✅ Sign up")
    await ann.presses("❌ Sign out")
    await ann.presses("✅ Sign up")
    assert len(ann.heard) == 1

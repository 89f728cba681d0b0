"""A ticket is asked for, shown and scanned at the door: in time, late, twice, by a stranger."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from bot.app import App
from bot.sandbox.clock import Clock
from bot.sandbox.codes import codes_in
from storage.people import by_telegram
from storage.workshops import check_ins, events
from storage.workshops.check_ins import How
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.doors import DAY, EVENING, HOUR, TITLE, plan_two_days, sign_up, ticket_of
from tests.stories.workshops import START, Plan

AT_DOOR = START - NOW - timedelta(minutes=8)  # 8:52 in Prague


async def test_a_picture_for_a_phone(app: App, ann: Actor, bob: Actor, plan: Plan) -> None:
    await plan_two_days(plan)
    await sign_up(ann)
    await ann.presses_data("ws.tic:1")
    assert ann.toast == "Your ticket is on its way."
    assert "Show it at the door" in ann.heard[-1]
    picture = Image.open(io.BytesIO(ann.photo))
    assert picture.format == "PNG"
    assert picture.width < picture.height < 2 * picture.width
    assert codes_in(ann.photo) == [await ticket_of(app, ann)]
    await bob.says("/menu")
    await bob.presses_data("ws.tic:1")
    assert bob.alert
    assert bob.toast == "Vstupenku dostane, kdo má na akci místo. Vy je tam nemáte."


async def test_a_scan_checks_in_once(
    app: App, clock: Clock, manager: Actor, ann: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(ann)
    link = await ticket_of(app, ann)
    clock.advance(AT_DOOR)
    await manager.follows(link)
    assert manager.screen.startswith("✅ Odbaveno: Den 1")
    assert "👤 Ann Member\n🏢 Ukázková optika s.r.o." in manager.screen
    assert "☑️ Den 1: příchod 8:52\n– Večer: bez místa\n☐ Den 2: má místo" in manager.screen
    clock.advance(timedelta(minutes=3))
    await manager.follows(link)
    assert manager.screen.startswith("☑️ Už odbaveno, 8:52")
    async with app.db.reading() as session:
        ann_, marie = [await by_telegram(session, who.id) for who in (ann, manager)]
        assert ann_ is not None
        assert marie is not None
        there = await check_ins.presences(session, 1, ann_.key)
    assert there[DAY].how == How.TICKET
    assert there[DAY].came_at == NOW + AT_DOOR


async def test_late_is_fine_and_early_is_told_when(
    app: App, clock: Clock, manager: Actor, ann: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(ann)
    link = await ticket_of(app, ann)
    clock.advance(START - NOW - 3 * HOUR)
    await manager.follows(link)
    assert "Začátek odbavení: pátek 14. 5. 2027 7:00." in manager.screen
    clock.advance(5 * HOUR)
    await manager.follows(link)
    assert manager.screen.startswith("✅ Odbaveno: Den 1\nUž se začalo, nevadí.")
    clock.advance(2 * 24 * HOUR)
    await manager.follows(link)
    assert "Ta už skončila." in manager.screen


async def test_two_parts_at_once_are_asked_about(
    app: App, clock: Clock, manager: Actor, ann: Actor, plan: Plan
) -> None:
    """At four the door of the evening is not open yet; let it begin at five."""
    await plan_two_days(plan)
    await sign_up(ann)
    await ann.presses_data(f"ws.p.in:1:{EVENING}")
    link = await ticket_of(app, ann)
    await manager.says("/menu")
    when = START + 8 * HOUR
    async with app.db.writing() as session:
        evening = await events.part_row(session, EVENING)
        assert evening is not None
        evening.starts_at = when
    clock.advance(when - NOW - 1.5 * HOUR)
    await manager.follows(link)
    assert manager.screen.startswith("❓ Na kterou část přichází?")
    await manager.presses("✅ Odbavit: Večer")
    assert manager.toast == "✅ Odbaveno."
    assert "☑️ Večer: příchod 15:30" in manager.screen
    await manager.follows(link)
    assert manager.screen.startswith("❓ Na kterou část přichází?")
    assert "↩️ Vrátit: Večer" in manager.buttons


async def test_a_seat_only_in_another_part(
    app: App, clock: Clock, manager: Actor, ann: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(ann)
    link = await ticket_of(app, ann)
    clock.advance(START - NOW + 9 * HOUR)
    await manager.follows(link)
    assert "⚠️ Má místo jen na: Den 1, Den 2\nVolná místa jsou." in manager.screen
    await manager.presses("💺 Přesto odbavit: Večer")
    assert manager.toast == "✅ Má místo a je odbaveno."
    assert "☑️ Večer: příchod 18:00" in manager.screen


async def test_who_waits_is_seated_where_there_is_room(
    app: App, clock: Clock, manager: Actor, ann: Actor, bob: Actor, plan: Plan
) -> None:
    await plan_two_days(plan, evening=1)
    await sign_up(ann, bob)
    await ann.presses_data(f"ws.p.in:1:{EVENING}")
    await bob.presses_data(f"ws.p.in:1:{EVENING}")
    link = await ticket_of(app, bob)
    clock.advance(START - NOW + 9 * HOUR)
    await manager.follows(link)
    assert "⏳ Čeká v pořadí, místo zatím nemá.\nV této části je plno." in manager.screen
    assert "💺 Přesto odbavit: Večer" not in manager.buttons
    await manager.presses_data("ws.d.sit:1:2:3:ticket")
    assert manager.alert
    assert manager.toast == "V této části už je plno."


async def test_a_place_given_back(
    app: App, clock: Clock, manager: Actor, ann: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(ann)
    link = await ticket_of(app, ann)
    await ann.presses_data("ws.out:1")
    clock.advance(AT_DOOR)
    await manager.follows(link)
    assert "⚠️ Místo už nemá: bylo vráceno." in manager.screen


async def test_ones_own_and_a_strangers_scan(
    app: App, clock: Clock, ann: Actor, eve: Actor, guest: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(ann)
    link = await ticket_of(app, ann)
    clock.advance(AT_DOOR)
    await ann.follows(link)
    assert f"This is your own ticket for {TITLE}." in ann.screen
    for stranger in (eve, guest):
        await stranger.follows(link)
        assert "Ann" not in stranger.screen
        assert "Ukázková" not in stranger.screen
    assert eve.screen == "This is somebody's ticket. The organisers scan it at the door."


@pytest.mark.parametrize("code", ["", "x", "A" * 22, "A" * 60, "<b>", "č" * 22, "' or 1=1 --"])
async def test_forged_tickets(manager: Actor, plan: Plan, code: str) -> None:
    await plan_two_days(plan)
    await manager.says(f"/start c{code}")
    assert manager.screen.startswith("Takovou vstupenku jsme nevydali.")


async def test_a_ticket_for_another_event(
    app: App, clock: Clock, manager: Actor, ann: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await plan("Lasery", starts_at=START + 240 * HOUR)
    await sign_up(ann, workshop_id=2)
    link = await ticket_of(app, ann, 2)
    clock.advance(AT_DOOR)
    await manager.follows(link)
    assert "⚠️ Vstupenka je na akci Lasery, pondělí 24. 5. 2027" in manager.screen
    assert "Teď běží jiná akce." in manager.screen


async def test_a_cancelled_event(
    app: App, clock: Clock, manager: Actor, ann: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(ann)
    link = await ticket_of(app, ann)
    await manager.presses_data("ws.off!:1")
    clock.advance(AT_DOOR)
    await manager.follows(link)
    assert manager.screen == "Tahle akce se nekoná."
    await ann.presses_data("ws.tic:1")
    assert ann.alert

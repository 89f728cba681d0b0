"""Helpers at the door: by name, by a link, for one event, and until a day after it."""

import re
from datetime import timedelta

from bot.app import App
from bot.sandbox.clock import Clock
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.doors import TITLE, key_of, plan_two_days, sign_up, ticket_of
from tests.stories.workshops import START, Plan

NOT_ALLOWED = "You may not do this. If you should, please write to the manager."
AT_DOOR = START - NOW - timedelta(minutes=8)


async def invites(manager: Actor) -> str:
    await manager.presses_data("ws.h:1")
    await manager.presses("🔗 Vytvořit odkaz")
    link = re.search(r"https://t\.me/\S+", manager.screen)
    assert link is not None
    return link[0]


async def test_by_name(
    app: App, clock: Clock, manager: Actor, ann: Actor, bob: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(bob)
    await manager.presses_data("ws.door:1")
    await manager.presses("🙋 Pomocníci u vstupu")
    assert "Zatím tu není nikdo kromě týmu." in manager.screen
    await manager.presses("🔎 Najít člena")
    await manager.says("zzz")
    assert "Člena toho jména neznám." in manager.screen
    await manager.presses("🔎 Jiné jméno")
    await manager.says("mem")
    await manager.presses("➕ Ann Member")
    assert "➖ Ann Member" in manager.buttons
    assert f"🙋 You help at the door of {TITLE}." in ann.screen
    clock.advance(AT_DOOR)
    await ann.presses("🚪 Open the door")
    assert "✅ 0 of 1 have come" in ann.screen
    assert "🙋 Helpers at the door" not in ann.buttons
    await ann.follows(await ticket_of(app, bob))
    assert ann.screen.startswith("✅ Checked in: Den 1")


async def test_they_see_that_door_and_no_more(
    app: App, clock: Clock, manager: Actor, ann: Actor, bob: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await plan("Lasery", starts_at=START)
    await sign_up(bob)
    await sign_up(bob, workshop_id=2)
    await manager.presses_data(f"ws.h.add:1:{await key_of(app, ann)}")
    clock.advance(AT_DOOR)
    await ann.follows(await ticket_of(app, bob, 2))
    assert ann.screen == "This ticket is for another event, not for the one where you help."
    for data in ("ws.door:2", "ws.lead:1", "ws.who:1:1:0", "ws.h:1", "ws.d.sit:1:1:3:list"):
        await ann.presses_data(data)
        assert ann.toast == NOT_ALLOWED, data


async def test_until_a_day_after_the_end(
    app: App, clock: Clock, manager: Actor, ann: Actor, bob: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(bob)
    await manager.presses_data(f"ws.h.add:1:{await key_of(app, ann)}")
    link = await ticket_of(app, bob)
    clock.advance(START - NOW + timedelta(hours=28 + 24))
    await ann.presses_data("ws.door:1")
    assert ann.screen.startswith("🚪")
    clock.advance(timedelta(minutes=1))
    await ann.presses_data("ws.door:1")
    assert ann.toast == NOT_ALLOWED
    await ann.follows(link)
    assert "Bořek" not in ann.screen


async def test_the_end_of_helping(
    app: App, clock: Clock, manager: Actor, ann: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await manager.presses_data(f"ws.h.add:1:{await key_of(app, ann)}")
    await manager.presses_data("ws.h:1")
    await manager.presses("➖ Ann Member")
    assert manager.toast == "U vstupu už nepomáhá."
    clock.advance(AT_DOOR)
    await ann.presses("🚪 Open the door")
    assert ann.toast == NOT_ALLOWED


async def test_a_link_works_once(
    manager: Actor, guest: Actor, eve: Actor, clock: Clock, plan: Plan
) -> None:
    await plan_two_days(plan)
    link = await invites(manager)
    await guest.follows(link)
    assert guest.screen.startswith(f"🙋 Pomáháte u vstupu na akci {TITLE}.")
    assert f"🙋 Hana Hostová pomáhá u vstupu na akci {TITLE}." in manager.heard[-1]
    await guest.follows(link)
    assert guest.screen.startswith("🙋 Pomáháte")
    await eve.follows(link)
    assert eve.screen.startswith("This link is not valid (any more).")
    late = await invites(manager)
    clock.advance(START - NOW + timedelta(hours=28))
    await eve.follows(late)
    assert eve.screen.startswith("This link is not valid (any more).")
    await eve.says("/start k" + "x" * 43)
    assert eve.screen.startswith("This link is not valid (any more).")


async def test_a_dismissed_helper_does_not_come_back_by_the_link(
    app: App, manager: Actor, guest: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    link = await invites(manager)
    await guest.follows(link)
    await manager.presses_data(f"ws.h.del:1:{await key_of(app, guest)}")
    await guest.follows(link)
    assert guest.screen.startswith("Tento odkaz (už) neplatí.")


async def test_an_assistant_keeps_the_door_and_appoints_nobody(
    app: App, clock: Clock, assistant: Actor, manager: Actor, ann: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(ann)
    clock.advance(AT_DOOR)
    await assistant.says("/menu")
    await assistant.follows(await ticket_of(app, ann))
    assert assistant.screen.startswith("✅ Odbaveno: Den 1")
    await assistant.presses_data(f"ws.h.add:1:{await key_of(app, ann)}")
    assert assistant.alert

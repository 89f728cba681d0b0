"""The poster at the door: its code changes each minute, and people check themselves in by it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import App
from bot.domain.workshops import PartPlan, poster
from bot.sandbox.clock import Clock
from bot.sandbox.sandbox import Sandbox
from storage.workshops import Audience, check_ins, doors
from storage.workshops.check_ins import How
from storage.workshops.doors import Poster
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.doors import DAY, HOUR, TITLE, key_of, plan_two_days, sign_up
from tests.stories.workshops import START, Plan

MINUTE = timedelta(minutes=1)
AT_DOOR = START - NOW - 8 * MINUTE
Wait = Callable[[timedelta], Awaitable[None]]


async def code(app: App) -> str:
    """The link on the poster, now."""
    now = app.clock()
    async with app.db.reading() as session:
        key = await doors.poster_key(session, 1)
    return app.house.start_link(f"d1-{poster.code(key, 1, poster.minute_of(now))}")


async def posters(app: App) -> int:
    async with app.db.reading() as session:
        return len((await session.exec(select(Poster))).all())


async def tick(app: App) -> None:
    await app.tick("posters")
    await app.settle()


async def test_the_picture_changes_every_minute(
    app: App, clock: Clock, manager: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    clock.advance(AT_DOOR)
    await manager.presses_data("ws.door:1")
    await manager.presses("📺 Plakát")
    assert manager.toast == "Plakát je na cestě. Ukažte ho na velké obrazovce."
    sent, count = manager.photo, len(manager.messages)
    await tick(app)
    assert manager.photo == sent
    clock.advance(MINUTE)
    await tick(app)
    assert manager.photo != sent
    assert len(manager.messages) == count
    assert f"📺 {TITLE}" in manager.heard[-1]


async def test_taken_down_by_hand(app: App, clock: Clock, manager: Actor, plan: Plan) -> None:
    await plan_two_days(plan)
    clock.advance(AT_DOOR)
    await manager.presses_data("ws.po:1")
    await manager.presses("⏹ Sundat plakát")
    assert "📺 Plakát je sundaný, jeho kód už neplatí." in manager.heard[-1]
    assert "⏹ Sundat plakát" not in manager.buttons
    sent = manager.photo
    clock.advance(MINUTE)
    await tick(app)
    assert manager.photo == sent


async def test_it_rests_between_the_parts_and_ends_with_the_event(
    app: App, clock: Clock, manager: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    clock.advance(AT_DOOR)
    await manager.presses_data("ws.po:1")
    clock.advance(14 * HOUR)
    sent = manager.photo
    await tick(app)
    assert manager.photo == sent
    assert await posters(app) == 1
    clock.advance(15 * HOUR)
    await tick(app)
    assert await posters(app) == 0
    assert "📺 Plakát je sundaný" in manager.heard[-1]
    await manager.presses_data("ws.po:1")
    assert manager.alert
    assert manager.toast == "Akce už skončila."


async def test_a_deleted_message_is_no_poster_any_more(
    app: App, sandbox: Sandbox, clock: Clock, manager: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    clock.advance(AT_DOOR)
    await manager.presses_data("ws.po:1")
    chat = manager.phone.chat
    del chat.messages[max(chat.messages)]
    clock.advance(MINUTE)
    await tick(app)
    assert await posters(app) == 0


@pytest.mark.postgres
async def test_somebody_comes(
    app: App, clock: Clock, manager: Actor, ann: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(ann)
    clock.advance(AT_DOOR)
    await manager.presses_data("ws.po:1")
    await ann.follows(await code(app))
    assert ann.screen == f"👋 Welcome! You are checked in.\n\n{TITLE}: Den 1"
    clock.advance(5 * MINUTE)
    await ann.follows(await code(app))
    assert ann.screen.startswith("☑️ You have been checked in since 08:52.")
    who = await key_of(app, ann)
    async with app.db.reading() as session:
        there = await check_ins.presences(session, 1, who)
    assert there[DAY].how == How.POSTER
    assert there[DAY].came_at == NOW + AT_DOOR


async def test_a_photo_that_was_sent_home_expires(
    app: App, clock: Clock, manager: Actor, ann: Actor, bob: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(ann, bob)
    clock.advance(AT_DOOR)
    await manager.presses_data("ws.po:1")
    link = await code(app)
    clock.advance(MINUTE)
    await ann.follows(link)
    assert ann.screen.startswith("👋 Welcome!")
    clock.advance(MINUTE)
    await bob.follows(link)
    assert bob.screen == "Kód už neplatí, načtěte ho prosím z plakátu znovu."
    await bob.follows(await code(app))
    assert bob.screen.startswith("👋 Vítejte!")


@pytest.mark.parametrize(
    "token",
    ["", "1", "1-", "-", "1-AAAAAAAAAAAAAAAA", "9-AAAAAAAAAAAAAAAA", "x-y", "1-ččč", "²-a"],
)
async def test_codes_that_were_on_no_poster(guest: Actor, plan: Plan, token: str) -> None:
    """Before its first poster an event has no code at all."""
    await plan_two_days(plan)
    await guest.says("/start")
    await guest.says(f"/start d{token}")
    assert guest.screen == "Kód už neplatí, načtěte ho prosím z plakátu znovu."


async def test_too_early_and_too_late(
    app: App, clock: Clock, manager: Actor, ann: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(ann)
    await manager.presses_data("ws.po:1")
    await ann.follows(await code(app))
    assert ann.screen == "Checking in begins on Fri 14 May 2027 07:00."
    clock.advance(START - NOW + 48 * HOUR)
    await ann.follows(await code(app))
    assert ann.screen == "This event is over already."


async def test_which_part(app: App, clock: Clock, manager: Actor, ann: Actor, plan: Plan) -> None:
    """The evening opens its door while the day is still on."""
    whole = PartPlan(START, START + 8 * HOUR, 40, "Den")
    await plan(TITLE, parts=[whole, PartPlan(START + 9 * HOUR, START + 12 * HOUR, 40, "Večer")])
    await sign_up(ann)
    clock.advance(START - NOW + 7.5 * HOUR)
    await manager.presses_data("ws.po:1")
    await ann.follows(await code(app))
    assert "which part have you come to?" in ann.screen
    clock.advance(5 * MINUTE)
    await ann.presses("✅ Večer")
    assert ann.screen == f"👋 Welcome! You are checked in.\n\n{TITLE}: Večer"
    clock.advance(20 * MINUTE)
    await ann.presses_data(f"ws.po.in:1:1:{'A' * 16}")
    assert ann.toast == "This code has expired. Please scan the poster again."


async def test_whoever_has_no_seat_takes_a_free_one(
    app: App, clock: Clock, manager: Actor, eve: Actor, guest: Actor, ann: Actor, plan: Plan
) -> None:
    await plan_two_days(plan, evening=2)
    await sign_up(ann)
    clock.advance(START - NOW + 9 * HOUR)
    await manager.presses_data("ws.po:1")
    await ann.follows(await code(app))
    assert f"You have no seat in the part of {TITLE} that is on now." in ann.screen
    await ann.presses("💺 Take a seat: Večer")
    assert ann.screen.startswith("👋 Welcome!")
    await guest.says("/start")
    await guest.follows(await code(app))
    assert f"Na akci {TITLE} nejste přihlášeni." in guest.screen
    await eve.follows(await code(app))
    await guest.presses("💺 Vzít si místo: Večer")
    assert guest.screen.startswith("👋 Vítejte!")
    await eve.presses("💺 Take a seat: Večer")
    assert eve.toast == "All seats of this part are taken by now."
    await eve.follows(await code(app))
    assert "All seats are taken now. Please ask the organisers" in eve.screen


async def test_a_guest_at_a_members_event(
    app: App, clock: Clock, manager: Actor, guest: Actor, plan: Plan
) -> None:
    await plan("Jen pro členy", audience=Audience.MEMBERS)
    await guest.says("/start")
    clock.advance(AT_DOOR)
    await manager.presses_data("ws.po:1")
    await guest.follows(await code(app))
    assert guest.screen.startswith("Tohle je jen pro členy klastru.")
    assert "Jen pro členy" not in guest.screen


async def test_a_cancelled_event_says_so(
    app: App, clock: Clock, manager: Actor, ann: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(ann)
    clock.advance(AT_DOOR)
    await manager.presses_data("ws.po:1")
    await manager.presses_data("ws.off!:1")
    await ann.follows(await code(app))
    assert ann.screen == "This event has been cancelled."


async def test_we_were_away_when_they_scanned(
    app: App, clock: Clock, manager: Actor, ann: Actor, plan: Plan
) -> None:
    """What counts is when they opened the link."""
    await plan_two_days(plan)
    await sign_up(ann)
    clock.advance(AT_DOOR)
    await manager.presses_data("ws.po:1")
    ann.phone.follows(await code(app))
    clock.advance(30 * MINUTE)
    await app.settle()
    assert ann.screen.startswith("👋 Welcome!")
    who = await key_of(app, ann)
    async with app.db.reading() as session:
        there = await check_ins.presences(session, 1, who)
    assert there[DAY].came_at == NOW + AT_DOOR


async def test_on_a_large_screen(app: App, clock: Clock, manager: Actor, plan: Plan) -> None:
    """At a secret address, for as long as the poster is up."""
    await plan_two_days(plan)
    clock.advance(AT_DOOR)
    await manager.presses_data("ws.po:1")
    async with app.db.reading() as session:
        address = f"1-{await poster.page_seal(session, 1)}"
    page = await app.poster(address)
    assert page is not None
    assert "<title>Tenké vrstvy &lt;&amp; čočky&gt;</title>" in page
    assert "<svg" in page
    assert "Namiřte sem fotoaparát" in page
    clock.advance(MINUTE)
    assert await app.poster(address) != page
    for wrong in ("", "1", "1-", f"1-{'A' * 16}", f"2{address[1:]}", "1-č"):
        assert await app.poster(wrong) is None
    await manager.presses("⏹ Sundat plakát")
    assert await app.poster(address) is None

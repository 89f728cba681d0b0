"""What stays of somebody at a door: little for the helpers, the evidence for whoever paid."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlmodel import select

from bot.app import App
from bot.sandbox.clock import Clock
from storage.workshops.check_ins import CheckIn, Ticket
from storage.workshops.doors import Doorkeeper
from storage.workshops.events import Workshop
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.doors import key_of, plan_two_days, sign_up, ticket_of
from tests.stories.workshops import START, Plan

AT_DOOR = START - NOW - timedelta(minutes=8)
Wait = Callable[[timedelta], Awaitable[None]]


async def _paid_by(app: App, project: str) -> None:
    async with app.db.writing() as session:
        workshop = await session.get(Workshop, 1)
        assert workshop is not None
        workshop.project = project


async def _comes_and_wants_to_be_forgotten(app: App, manager: Actor, ann: Actor) -> None:
    await manager.follows(await ticket_of(app, ann))
    assert manager.screen.startswith("✅ Odbaveno")
    await ann.presses_data("priv.sure")


async def test_helpers_do_not_read_invoices(
    app: App, clock: Clock, manager: Actor, ann: Actor, bob: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    for subject in ("diet", "invoice"):
        await manager.presses_data(f"ws.qs.add:1:{subject}")
    await sign_up(ann)
    await ann.presses_data("ws.ask:1")
    await ann.presses("Vegan")
    await ann.says("Secret Ltd.")
    await manager.presses_data(f"ws.h.add:1:{await key_of(app, bob)}")
    link = await ticket_of(app, ann)
    clock.advance(AT_DOOR)
    await bob.follows(link)
    assert "🍽 Strava: Veganské" in bob.screen
    assert "Secret" not in bob.screen
    await manager.follows(link)
    assert "🧾 Fakturace: Secret Ltd." in manager.screen


async def test_everything_is_given_out(
    app: App, clock: Clock, manager: Actor, ann: Actor, bob: Actor, plan: Plan
) -> None:
    await plan_two_days(plan)
    await sign_up(ann, bob)
    await manager.presses_data(f"ws.h.add:1:{await key_of(app, ann)}")
    clock.advance(AT_DOOR)
    await manager.follows(await ticket_of(app, ann))
    await ann.follows(await ticket_of(app, bob))
    await ann.says("/privacy")
    await ann.presses("📥 Download my data")
    record = json.loads(ann.document)
    assert [each["part"] for each in record["check_ins"]] == ["Den 1"]
    assert record["check_ins"][0]["how"] == "ticket"
    assert len(record["tickets"]) == len(record["doors"]) == 1
    assert not {"check_in", "ticket", "doorkeeper", "poster", "door_link"} & set(record)


async def test_the_name_stays_where_a_project_paid(
    app: App, clock: Clock, manager: Actor, ann: Actor, plan: Plan, wait: Wait
) -> None:
    await plan_two_days(plan)
    await sign_up(ann)
    await _paid_by(app, "CZ.01.01.01/01/22_002/0000001")
    clock.advance(AT_DOOR)
    await _comes_and_wants_to_be_forgotten(app, manager, ann)
    await wait(timedelta(days=14))
    async with app.db.reading() as session:
        kept = (await session.exec(select(CheckIn))).one()
        assert (kept.name, kept.organisation) == ("Ann Member", "Ukázková optika s.r.o.")
        assert (await session.exec(select(Ticket))).all() == []
    await wait(timedelta(days=3653))
    async with app.db.reading() as session:
        kept = (await session.exec(select(CheckIn))).one()
        assert (kept.name, kept.organisation) == ("", "")


async def test_else_it_goes(
    app: App, clock: Clock, manager: Actor, ann: Actor, bob: Actor, plan: Plan, wait: Wait
) -> None:
    await plan_two_days(plan)
    await sign_up(ann)
    await manager.presses_data(f"ws.h.add:1:{await key_of(app, ann)}")
    clock.advance(AT_DOOR)
    await _comes_and_wants_to_be_forgotten(app, manager, ann)
    await wait(timedelta(days=14))
    async with app.db.reading() as session:
        kept = (await session.exec(select(CheckIn))).one()
        assert (kept.name, kept.organisation) == ("", "")
        assert (await session.exec(select(Doorkeeper))).all() == []


async def test_the_screens_say_so(ann: Actor) -> None:
    await ann.says("/privacy")
    assert "• when you came to an event: for its attendance list" in ann.screen
    assert "• answers to organisers: until 14 days after the event" in ann.screen
    await ann.presses("🗑 Erase my data")
    assert "its attendance list keeps your name, for ten years at most" in ann.screen

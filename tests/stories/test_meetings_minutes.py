"""A meeting: points before it, what was marked in the group, a draft, minutes for everybody."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.app import App
from bot.sandbox.sandbox import Sandbox
from storage.groups import minutes
from storage.workshops import Audience
from tests.actors import Actor
from tests.stories.afterwards import Wait
from tests.stories.meeting import DAY, HOUR, Club, found_club
from tests.stories.workshops import Plan, opens

TITLE = "Jarní schůzka"


@pytest.fixture
async def club(
    app: App, sandbox: Sandbox, manager: Actor, bob: Actor, ann: Actor, eve: Actor, plan: Plan
) -> Club:
    """With a meeting in three days, two hours long."""
    for each in (bob, ann, eve):
        await each.says("/start")
    club = await found_club(app, sandbox, bob, ann, eve, by=manager)
    at: datetime = app.clock() + 3 * DAY
    await plan(TITLE, starts_at=at, audience=Audience.PILLAR, pillar_id=club.pillar)
    return club


async def forwards(who: Actor, text: str, **origin: Any) -> None:
    date = int(who.phone.sandbox.clock.timestamp)
    known = {"type": "hidden_user", "sender_user_name": "Jan <Tichý>", "date": date}
    who.phone._post({"text": text, "forward_origin": {**known, **origin}})
    await who.app.settle()


@pytest.mark.postgres
async def test_from_the_agenda_to_minutes_that_everybody_has(
    app: App, club: Club, bob: Actor, ann: Actor, eve: Actor, wait: Wait
) -> None:
    await opens(ann, TITLE)
    await ann.presses("📋 Agenda and minutes")
    assert "The agenda is empty so far." in ann.screen
    await ann.presses("➕ Put a point")
    await ann.says("Společný stánek <2028> & rozpočet")
    assert "1. Společný stánek <2028> & rozpočet (Ann Member)" in ann.screen
    inside = club.gathering.inside(eve)
    said = inside.phone.says("Objednejme stánek do června.")
    club.gathering.inside(ann).phone.says("/zapis", said["message_id"])
    await app.settle()
    assert club.gathering.said[-1] == "📌 Noted for the minutes."
    await wait(3 * DAY + 8 * HOUR)
    await wait(DAY)
    assert "Schůzka skončila." in bob.screen
    await bob.presses("📝 Napsat zápis")
    assert "1. Společný stánek <2028> & rozpočet\n• Eve Elsewhere: Objednejme" in bob.screen
    await bob.presses("➕ Doplnit")
    await bob.says("Příště u Evy.")
    assert "Příště u Evy." in bob.screen
    await bob.presses("✏️ Přepsat")
    await bob.says("Stánek objedná Eva.\nPříště u Evy.")
    assert "Objednejme" not in bob.screen
    await bob.presses("📨 Odeslat pilíři")
    await bob.presses("📨 Ano, odeslat")
    await wait(timedelta(hours=20))
    assert "Minutes: Jarní schůzka\n\nStánek objedná Eva." in ann.screen
    await eve.presses("📝 Read them")
    assert "Příště u Evy." in eve.screen
    assert "✏️ Rewrite" not in eve.buttons
    await bob.presses_data("pi.mi.ed:1:0")
    assert bob.toast == "Tento zápis je už rozeslaný, a proto se nemění."


async def test_points_until_the_meeting_begins(
    club: Club, bob: Actor, ann: Actor, eve: Actor, guest: Actor, wait: Wait
) -> None:
    for number in range(5):
        await ann.says("/menu")
        await ann.presses_data("pi.ag.new:1")
        await ann.says(f"Bod {number}")
    await ann.presses_data("pi.ag.new:1")
    assert ann.toast == "You have put 5 points. Please remove one of them first."
    await eve.presses_data("pi.ag.del:1")
    assert eve.alert
    await bob.presses_data("pi.ag.del:1")
    assert "Bod 0" not in bob.screen
    await ann.presses_data("pi.ag.new:1")
    await ann.says("x" * 301)
    assert "at most 300 characters" in ann.screen
    await guest.says("/start")
    await guest.presses_data("pi.mt:1")
    assert guest.alert
    await wait(3 * DAY)
    await ann.says("Pozdě")
    assert "The meeting has begun" in ann.screen
    await ann.presses_data("pi.ag.del:2")
    assert "The meeting has begun" in (ann.toast or "")


async def test_what_is_forwarded_waits_for_the_next_minutes(
    app: App, club: Club, bob: Actor, ann: Actor, wait: Wait
) -> None:
    for text in ("Termín dotace je <březen>.", "Omyl"):
        await forwards(ann, text)
        assert "Noted for the next minutes of the pillar Optics." in ann.screen
    await ann.presses("🗑 It does not belong there")
    assert "not noted it anywhere" in ann.screen
    await forwards(ann, "Termín dotace je <březen>.")
    assert "noted for the minutes already" in ann.screen
    await bob.presses_data("pi.mi.new:1")
    assert bob.toast == "Schůzka ještě nezačala. Vraťte se sem prosím po ní."
    await wait(3 * DAY + 8 * HOUR)
    await bob.presses_data("pi.mi.new:1")
    assert "• Jan <Tichý>: Termín dotace je <březen>." in bob.screen
    assert "Omyl" not in bob.screen
    await forwards(ann, "A ještě něco.")
    await bob.presses_data("pi.mi:1:0")
    await bob.presses("📌 Přidat označené (1)")
    assert "A ještě něco." in bob.screen
    await ann.presses_data("pi.mi:1:0")
    assert ann.alert
    async with app.db.reading() as session:
        assert await minutes.count_waiting(session, club.pillar) == 0


async def test_a_mark_that_marks_nothing(
    app: App, club: Club, ann: Actor, bob: Actor, guest: Actor
) -> None:
    inside = club.gathering.inside(ann)
    inside.phone.says("/minutes")
    await app.settle()
    assert club.gathering.said[-1] == "Reply with /minutes to a message that has some text."
    said = inside.phone.says("Platí.")
    for _ in range(2):
        inside.phone.says("/minutes", said["message_id"])
        await app.settle()
    assert club.gathering.said[-1] == "It is noted for the minutes already."
    await club.gathering.add(guest)
    club.gathering.inside(guest).phone.says("/zapis", said["message_id"])
    await app.settle()
    assert "Noted" not in club.gathering.said[-1]
    await ann.says("/minutes")
    assert "reply /minutes to a message" in ann.screen


async def test_forwards_of_others_are_searches(guest: Actor) -> None:
    await forwards(guest, "Elipsometr")
    assert "minutes" not in guest.screen
    assert "zápisu" not in guest.screen


async def test_long_minutes_have_pages_and_an_end(club: Club, bob: Actor, wait: Wait) -> None:
    await wait(3 * DAY + 8 * HOUR)
    await bob.presses_data("pi.mi.new:1")
    assert "Zatím tu nic není." in bob.screen
    await bob.presses_data("pi.mi.send:1")
    assert bob.toast == "V zápisu zatím nic není. Nejdřív prosím něco napište."
    for letter in "abcde":
        await bob.presses_data("pi.mi.add:1")
        await bob.says(f"{letter * 80}\n" * 48)
    assert "7/7" in bob.buttons
    await bob.presses("▶")
    assert "aaaa" in bob.screen
    await bob.presses_data("pi.mi.ed:1:0")
    await bob.says("Stručně.")
    assert bob.screen.startswith("📝 Návrh zápisu")
    assert "Stručně." in bob.screen
    assert "aaaa" not in bob.screen.split("Stručně.")[0]

"""Dates for a meeting: proposed, voted on in the group or in private, and one becomes an event."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import App
from bot.sandbox.sandbox import Sandbox
from storage.groups import dates
from storage.people import Role
from storage.workshops import Audience, find
from tests.actors import Actor
from tests.stories.afterwards import Wait
from tests.stories.meeting import DAY, TITLE, Club, found_club


@pytest.fixture
async def club(
    app: App, sandbox: Sandbox, manager: Actor, bob: Actor, ann: Actor, eve: Actor
) -> Club:
    for each in (bob, ann, eve):
        await each.says("/start")
    return await found_club(app, sandbox, bob, ann, eve, by=manager)


@pytest.fixture
async def apart(app: App, sandbox: Sandbox, bob: Actor, ann: Actor, eve: Actor) -> Club:
    """A pillar that has no group."""
    for each in (bob, ann, eve):
        await each.says("/start")
    return await found_club(app, sandbox, bob, ann, eve)


@pytest.mark.postgres
async def test_from_a_poll_to_an_event(
    app: App, club: Club, bob: Actor, ann: Actor, eve: Actor, wait: Wait
) -> None:
    await club.proposes()
    assert bob.toast == "Anketa je na cestě do skupiny."
    poll = club.poll
    assert poll["question"] == f"🗳 {TITLE}: kdy můžete?"
    assert [each["text"] for each in poll["options"]] == [
        "středa 24. 3. 2027, 14:00–15:30",
        "čtvrtek 25. 3. 2027, 9:00–10:30",
        "pátek 26. 3. 2027, 9:00–10:30",
    ]
    assert (poll["is_anonymous"], poll["allows_multiple_answers"]) == (False, True)
    await club.votes(ann, 0, 1)
    await club.votes(bob, 1)
    await bob.presses("◀ Zpět")
    await bob.presses("🗳 Jarní schůzka <& káva>")
    assert "2. ⭐ čtvrtek 25. 3. 2027, 9:00–10:30 · 2 lidé, 1 organizace" in bob.screen
    assert "Hlasovali 2 lidé, 1 se ještě nevyjádřil." in bob.screen
    await bob.presses("🔇 Kdo mlčí (1)")
    assert "Sklo a čočky\n• Eve Elsewhere" in bob.screen
    await bob.presses("◀ Zpět")
    await bob.presses("🏁 Vybrat termín")
    await bob.presses("čtvrtek 25. 3. 2027 9:00 · 2")
    await bob.presses("✅ Ano, vyhlásit")
    assert bob.toast == "Akce je vyhlášená."
    assert club.poll["is_closed"] is True
    assert "Termín je vybraný: čtvrtek 25. 3. 2027, 9:00–10:30" in club.gathering.said[-1]
    assert "The date is chosen: Thu 25 Mar 2027, 09:00–10:30" in eve.heard[-1]
    async with app.db.reading() as session:
        event = await find(session, 1)
    assert event is not None
    assert (event.audience, event.pillar_id, event.title) == (Audience.PILLAR, 1, TITLE)
    await eve.presses("📅 Open the event")
    await eve.presses("✅ Sign up")
    assert "You have a seat" in (eve.toast or "")
    await wait(24 * DAY)


async def test_a_vote_is_taken_back(app: App, club: Club, bob: Actor, ann: Actor) -> None:
    await club.proposes()
    await club.votes(ann, 0)
    await club.votes(ann)
    await bob.presses_data("pi.dt:1")
    assert "Hlasovalo 0 lidí, 3 se ještě nevyjádřili." in bob.screen
    async with app.db.reading() as session:
        assert await dates.vote(session, 1, ann.id) is None


async def test_the_silent_are_reminded_once_and_vote_in_private(
    club: Club, bob: Actor, ann: Actor, eve: Actor, wait: Wait
) -> None:
    await club.proposes()
    await club.votes(ann, 0)
    heard = len(ann.heard)
    await wait(timedelta(days=4, hours=1))
    assert "You have not voted yet" in eve.screen
    assert len(ann.heard) == heard
    await eve.presses("⬜ 25 Mar 09:00")
    assert eve.toast == "Noted."
    assert "☑️ 25 Mar 09:00" in eve.buttons
    await eve.presses("☑️ 25 Mar 09:00")
    await eve.presses("⬜ None suits me")
    assert eve.toast == "Noted: none of the dates suits you."
    await wait(DAY)
    assert sum("have not voted yet" in each for each in eve.heard) <= 1


async def test_the_deadline_ends_it_and_the_guarantor_of_today_is_told(
    app: App, club: Club, bob: Actor, ann: Actor, manager: Actor, wait: Wait
) -> None:
    await club.proposes()
    await club.votes(ann, 2)
    async with app.db.writing() as session:
        roles = await session.exec(select(Role).where(Role.pillar_id == club.pillar))
        roles.one().until = app.clock()
    await wait(8 * DAY)
    assert "hlasování skončilo" in manager.screen
    assert "3. ⭐ pátek 26. 3. 2027" in manager.screen
    assert "hlasování skončilo" not in bob.screen
    await bob.presses_data("pi.dt.ok:1:2")
    assert bob.alert
    await ann.presses_data("pi.dt.v:1:0")
    assert ann.toast == "This vote is over. Its result can still be seen."
    await manager.presses("🏁 Vybrat termín")
    await manager.presses("pátek 26. 3. 2027 9:00 · 1")
    await manager.presses("✅ Ano, vyhlásit")
    assert manager.toast == "Akce je vyhlášená."


async def test_a_poll_that_somebody_stops_in_the_group(
    app: App, club: Club, bob: Actor, ann: Actor
) -> None:
    await club.proposes()
    await club.votes(ann, 1)
    async with app.db.reading() as session:
        poll = await dates.find(session, 1)
    assert poll is not None
    assert poll.message_id is not None
    await app.bot.stop_poll(club.gathering.chat.id, poll.message_id)
    await app.settle()
    assert "hlasování skončilo" in bob.screen
    assert "🏁 Vybrat termín" in bob.buttons
    await bob.presses_data("pi.dt.end:1")
    assert bob.toast == "Toto hlasování už skončilo. Výsledek si můžete prohlédnout."


async def test_without_a_group_everybody_is_asked_in_private(
    apart: Club, bob: Actor, ann: Actor, eve: Actor, guest: Actor
) -> None:
    await apart.proposes()
    assert bob.toast == "Pilíř nemá skupinu na Telegramu, ptám se tedy každého soukromě."
    assert "Tap every date on which you can come" in ann.screen
    await ann.presses("⬜ 24 Mar 14:00")
    await eve.presses("⬜ 24 Mar 14:00")
    await bob.presses_data("pi.dt:1")
    assert "1. ⭐ středa 24. 3. 2027, 14:00–15:30 · 2 lidé, 2 organizace" in bob.screen
    await bob.presses("✋ Ukončit hlasování")
    assert bob.toast == "Hlasování skončilo."
    await guest.says("/start")
    await guest.presses_data("pi.dt.v:1:0")
    assert guest.alert


async def test_a_group_that_takes_no_polls_loses_nothing(
    club: Club, bob: Actor, ann: Actor, manager: Actor
) -> None:
    await club.gathering.remove_bot(manager)
    await club.proposes()
    assert "Tap every date on which you can come" in ann.screen


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("24. 3. 14:00", "Z jednoho termínu se vybírat nedá."),
        ("24. 3. 2026 14:00\n25. 3. 14:00", "úterý 24. 3. 2026 14:00"),
        ("24. 3. 14:00\n25. 3. 9:00\n24. března v 14:00", "je tu dvakrát"),
        ("\n".join(f"{day}. 4. 9:00" for day in range(1, 14)), "nejvýš dvanáct"),
        ("24. 3. 14:00\nněkdy v květnu", "„někdy v květnu“:"),
        ("", "Napište dva až dvanáct"),
        ("31. 2. 9:00, 1. 4. 9:00", "Takový den"),
    ],
)
async def test_dates_that_make_no_poll(apart: Club, bob: Actor, typed: str, answer: str) -> None:
    await bob.says("/menu")
    await bob.presses_data(f"pi.dt.new:{apart.pillar}")
    await bob.says("Schůzka")
    if typed:
        await bob.says(typed)
    assert answer in bob.screen
    await bob.says("24. 3. 14:00, 25. 3. 15:00 a 26. 3. 16:00")
    assert "Jak dlouho" in bob.screen


async def test_twelve_dates_go_in(club: Club, bob: Actor) -> None:
    await club.proposes("\n".join(f"{day}. 4. 9:00" for day in range(1, 13)))
    assert len(club.poll["options"]) == 12


async def test_a_deadline_behind_the_first_date_is_said_and_refused(
    apart: Club, bob: Actor
) -> None:
    await bob.says("/menu")
    await bob.presses_data(f"pi.dt.new:{apart.pillar}")
    await bob.says("Schůzka")
    await bob.says("4. 3. 14:00\n5. 3. 14:00-15:00")
    assert "8. 3. 18:00" not in bob.buttons
    await bob.presses("Upřesníme")
    await bob.says("4. 3. 16:00")
    assert "před prvním z termínů" in bob.screen
    await bob.presses("🗳 Spustit hlasování")
    assert "před prvním z termínů" in (bob.toast or "")
    await bob.presses("Zrušit")
    assert "Zatím žádné" in bob.screen


async def test_only_who_leads_proposes_dates(apart: Club, ann: Actor, eve: Actor) -> None:
    for label in ("pi.dt.new:1", "pi.dt.new:77"):
        await ann.presses_data(label)
        assert ann.alert
    await ann.presses_data("pi.meet:1")
    assert "None yet" in ann.screen
    assert "🗳 Find a date" not in ann.buttons

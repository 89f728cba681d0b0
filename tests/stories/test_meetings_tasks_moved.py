"""A task of a pillar gets another day or another owner, and its reminders follow."""

from datetime import timedelta

import pytest

from bot.app import App
from bot.sandbox.sandbox import Sandbox
from tests.actors import Actor
from tests.stories.afterwards import Wait
from tests.stories.meeting import DAY, Club, found_club

TASK = "Poptat stánek"


@pytest.fixture
async def club(app: App, sandbox: Sandbox, bob: Actor, ann: Actor, eve: Actor) -> Club:
    """Ann has a task until 15 March; it is the first of March."""
    for each in (bob, ann, eve):
        await each.says("/start")
    club = await found_club(app, sandbox, bob, ann, eve)
    for words in ("/menu", TASK, "15. 3. 2027", "ann"):
        await bob.says(words)
        if words == "/menu":
            await bob.presses_data("pi.tk.new:1:0")
    return club


async def opens_task(lead: Actor) -> None:
    await lead.presses_data("pi.task:1")
    await lead.presses(f"☑️ 1. {TASK}")


def reminded(who: Actor) -> int:
    """Besides what is said when it is given, moved or handed over."""
    return sum(each.startswith(f"☑️ {TASK}\n") for each in who.heard)


@pytest.mark.postgres
async def test_the_guarantor_puts_it_off(club: Club, bob: Actor, ann: Actor, wait: Wait) -> None:
    await wait(7 * DAY + timedelta(hours=1))
    assert reminded(ann) == 1
    await opens_task(bob)
    await bob.presses("📆 Jiný termín")
    await bob.says("28. 2. 2027")
    assert "Tento den už minul." in bob.screen
    await bob.says("29. 3. 2027")
    assert "do 29. 3. 2027" in bob.screen
    assert "Bořek Člen has given your task another day." in ann.screen
    assert "It is due 29 Mar 2027, in 21 days." in ann.screen
    await wait(13 * DAY)
    assert reminded(ann) == 1
    await wait(DAY)
    assert reminded(ann) == 2
    assert "It is due 29 Mar 2027, in 7 days." in ann.screen


async def test_its_owner_proposes_and_the_guarantor_agrees(
    club: Club, bob: Actor, ann: Actor
) -> None:
    await ann.presses_data("pi.task:0")
    await ann.presses("📆")
    await ann.says("22. 3. 2027")
    assert "I have asked the guarantor for 22 Mar 2027." in ann.screen
    assert "Ann Member navrhuje jiný termín úkolu." in bob.screen
    assert "15. 3. 2027 → 22. 3. 2027" in bob.screen
    await bob.presses("✅ Souhlasím")
    assert bob.toast == "Změněno. Připomínky se řídí novým termínem."
    assert "do 22. 3. 2027" in bob.screen
    assert "It is due 22 Mar 2027" in ann.screen


async def test_a_proposal_that_is_out_of_date(club: Club, bob: Actor, ann: Actor) -> None:
    await ann.presses_data("pi.tk.day:1")
    await ann.says("22. 3. 2027")
    agree = bob.buttons["✅ Souhlasím"]["callback_data"]
    await ann.presses_data(agree)
    assert ann.alert
    await opens_task(bob)
    await bob.presses("📆 Jiný termín")
    await bob.says("20. 3. 2027")
    await bob.presses_data(agree)
    assert bob.toast == "Úkol mezitím dostal jiný termín. Podívejte se na něj, prosím."
    await bob.presses_data("pi.tk.agr:1:0:0")
    assert bob.alert


async def test_it_gets_another_owner(
    club: Club, bob: Actor, ann: Actor, eve: Actor, wait: Wait
) -> None:
    await opens_task(bob)
    await bob.presses("👤 Předat jinému")
    await bob.says("Novák")
    assert "nikdo, kdo by se jmenoval „Novák“" in bob.screen
    await bob.says("eve")
    assert f"{TASK} – Eve Elsewhere" in bob.screen
    assert "Bořek Člen has given you a task that was somebody else's." in eve.screen
    assert "Eve Elsewhere has taken a task over from you." in ann.screen
    await wait(7 * DAY + timedelta(hours=1))
    assert (reminded(ann), reminded(eve)) == (0, 1)
    await ann.presses_data("pi.tk.ok:1")
    assert ann.alert
    await eve.presses("✅ It is done")
    assert eve.toast == "Done. Thank you!"


async def test_others_change_nothing(
    club: Club, bob: Actor, ann: Actor, eve: Actor, guest: Actor
) -> None:
    await guest.says("/start")
    for who in (eve, guest):
        for way in ("pi.tk.day:1", "pi.tk.to:1"):
            await who.presses_data(way)
            assert who.alert
    await ann.presses_data("pi.tk.to:1")
    assert ann.alert
    await ann.presses("✅ It is done")
    await bob.presses_data("pi.tk.day:1")
    assert bob.toast == "Tento úkol je už hotový nebo zrušený."

"""Tasks of a pillar: given, reminded on working mornings, done in one tap."""

from datetime import timedelta

import pytest

from bot.app import App
from bot.domain.groups import tasks
from bot.sandbox.sandbox import Sandbox
from storage.groups.members import PillarMember
from storage.people import by_telegram
from tests.actors import Actor
from tests.stories.afterwards import Wait
from tests.stories.meeting import DAY, Club, found_club


@pytest.fixture
async def club(
    app: App, sandbox: Sandbox, manager: Actor, bob: Actor, ann: Actor, eve: Actor
) -> Club:
    for each in (bob, ann, eve):
        await each.says("/start")
    return await found_club(app, sandbox, bob, ann, eve)


async def gives(lead: Actor, what: str, due: str, whose: str) -> None:
    await lead.says("/menu")
    await lead.presses_data("pi.task:1")
    await lead.presses("➕ Zadat úkol")
    await lead.says(what)
    await lead.says(due)
    await lead.says(whose)


def reminded(who: Actor, what: str) -> int:
    return sum(f"☑️ {what}" in each for each in who.heard)


@pytest.mark.postgres
async def test_reminded_at_7_2_and_0_days_then_done(
    club: Club, bob: Actor, ann: Actor, wait: Wait
) -> None:
    await gives(bob, "Poptat <stánek>", "15. 3. 2027", "ann")
    assert "Poptat <stánek> – Ann Member" in bob.screen
    assert "You have a new task from Bořek Člen." in ann.screen
    assert reminded(ann, "Poptat <stánek>") == 1
    await wait(7 * DAY - timedelta(minutes=1))  # 8 March, 8:59
    assert reminded(ann, "Poptat <stánek>") == 1
    await wait(timedelta(minutes=2))
    assert "It is due 15 Mar 2027, in 7 days." in ann.screen
    await wait(3 * DAY)
    assert reminded(ann, "Poptat <stánek>") == 2
    await wait(DAY)  # Friday 12 March: two days before is a Saturday
    assert "in 3 days" in ann.screen
    await wait(3 * DAY)
    assert "It is due today." in ann.screen
    await ann.presses("✅ It is done")
    assert ann.toast == "Done. Thank you!"
    await ann.presses("🙋 My tasks")
    assert "Nothing is open. Well done!" in ann.screen
    await ann.presses_data("pi.tk.ok:1")
    assert ann.toast == "This task is done or dropped already."


async def test_an_overdue_task_shows_and_is_dropped(
    club: Club, bob: Actor, ann: Actor, wait: Wait
) -> None:
    await gives(bob, "Napsat dopis", "3. 3. 2027", "Ann Member")
    await wait(5 * DAY)
    await bob.presses_data("pi.task:1")
    assert "1. ⚠️ Napsat dopis – Ann Member, mělo být 3. 3. 2027" in bob.screen
    await ann.presses_data("pi.tk.del:1")
    assert ann.alert
    await bob.presses("☑️ 1. Napsat dopis")
    await bob.presses("🗑 Není potřeba")
    assert "Nic nezbývá." in bob.screen


async def test_whose_it_is(app: App, club: Club, bob: Actor, eve: Actor) -> None:
    await gives(bob, "Úkol", "20. 3.", "Novák")
    assert "V pilíři není nikdo, kdo by se jmenoval „Novák“." in bob.screen
    await bob.says("e")
    assert "Eve Elsewhere" in bob.screen
    await bob.presses_data("pi.tk.new:1:0")
    await bob.says("Můj úkol")
    await bob.says("20. 3.")
    await bob.presses("🙋 Já")
    assert "Můj úkol – Bořek Člen" in bob.screen
    assert "You have a new task" in eve.screen


async def test_days_that_will_not_do(club: Club, bob: Actor, ann: Actor) -> None:
    await bob.says("/menu")
    await bob.presses_data("pi.tk.new:1:0")
    await bob.says("Úkol")
    await bob.says("28. 2. 2027")
    assert "Tento den už minul." in bob.screen
    await bob.says("28. 2. 2033")
    assert "To je za víc než dva roky." in bob.screen
    await bob.presses("Zrušit")
    assert "Nic nezbývá." in bob.screen
    await ann.presses_data("pi.tk.new:1:0")
    assert ann.alert


async def test_the_owner_left_or_cannot_be_reached(
    app: App, club: Club, bob: Actor, ann: Actor, eve: Actor, wait: Wait
) -> None:
    await gives(bob, "Zavolat", "15. 3. 2027", "ann")
    await ann.blocks()
    async with app.db.writing() as session:
        gone = await by_telegram(session, eve.id)
        assert gone is not None
        member = await session.get(PillarMember, 2)
        assert member is not None
        assert member.person_id == gone.key
        member.until = app.clock()
        lead = await by_telegram(session, bob.id)
        assert lead is not None
        with pytest.raises(tasks.NotInPillar):
            await tasks.give(
                session,
                club.pillar,
                lead,
                "Cokoli",
                gone.key,
                (app.clock() + DAY).date(),
                app.config.cluster.zone,
                app.clock(),
            )
    await wait(8 * DAY)
    assert "na tuto osobu se nedovolám: Ann Member" in bob.screen

"""What happens to an enquiry that waits: nudges on working days, the manager, and the outcome."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest

from bot.app import App
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.enquiring import DAY, HOUR, M2000, Lab, asks, prague

MINUTE = timedelta(minutes=1)
Until = Callable[[date, int], Awaitable[None]]


@pytest.fixture
def until(app: App, wait: Wait) -> Until:
    async def until(day: date, hour: int) -> None:
        await wait(prague(day, hour) - app.clock())

    return until


def waiting(actor: Actor) -> list[str]:
    return [text for text in actor.heard if text.startswith(("⏳", "☎️"))]


@pytest.mark.postgres
async def test_two_four_six_working_days(
    eve: Actor, contact: Actor, manager: Actor, lab: Lab, until: Until
) -> None:
    """Asked on Monday 1 March, at nine."""
    await asks(eve, lab)
    await until(date(2027, 3, 3), 8)
    assert waiting(contact) == []
    await until(date(2027, 3, 3), 9)
    assert len(waiting(contact)) == 1
    assert "čeká 2 pracovní dny. Stačí jedno klepnutí." in waiting(contact)[0]
    assert "💰 Nabídnout" in contact.buttons
    await until(date(2027, 3, 5), 9)
    assert "čeká 4 pracovní dny" in waiting(contact)[1]
    await until(date(2027, 3, 8), 20)
    assert waiting(manager) == []
    await until(date(2027, 3, 9), 9)
    assert "Ukázková optika s.r.o. už 6 pracovních dní neodpovídá." in waiting(manager)[0]
    assert "Eve" not in manager.heard[-1]
    await until(date(2027, 3, 12), 12)
    assert (len(waiting(contact)), len(waiting(manager))) == (2, 1)


async def test_easter_does_not_count(eve: Actor, contact: Actor, lab: Lab, until: Until) -> None:
    """Good Friday is 26 March, Easter Monday 29 March; summer time begins between them."""
    await until(date(2027, 3, 25), 15)
    await asks(eve, lab)
    await until(date(2027, 3, 30), 9)
    assert waiting(contact) == []
    await until(date(2027, 3, 31), 9)
    assert len(waiting(contact)) == 1


async def test_an_answer_ends_the_nudges(eve: Actor, contact: Actor, lab: Lab, wait: Wait) -> None:
    await asks(eve, lab)
    await contact.presses("💬 Zeptat se")
    await contact.says("Kdy?")
    for _ in range(10):
        await wait(DAY)
    assert waiting(contact) == []


async def test_nobody_answers_at_all(eve: Actor, contact: Actor, lab: Lab, wait: Wait) -> None:
    await asks(eve, lab)
    for _ in range(31):  # 20 working days, and Easter
        await wait(DAY)
    assert "Nobody has answered about Elipsometr M-2000." in eve.heard[-1]
    assert "💬 Ask: Elipsometr UVISEL" in eve.buttons
    await contact.presses("💰 Nabídnout")
    assert contact.toast == "Tato poptávka už skončila. Kdykoli můžete poslat novou."


@pytest.mark.parametrize(
    ("label", "shown"), [("an order", "an order"), ("nothing yet", "nothing yet")]
)
async def test_after_thirty_days_what_came_of_it(
    eve: Actor, contact: Actor, lab: Lab, until: Until, label: str, shown: str
) -> None:
    await asks(eve, lab)
    await contact.presses("💰 Nabídnout")
    await contact.says("Ano")
    await until(date(2027, 3, 30), 12)
    assert "What came of" not in eve.heard[-1]
    await until(date(2027, 3, 31), 9)
    assert "What came of your enquiry about Elipsometr M-2000?" in eve.heard[-1]
    await eve.presses(label)
    assert f"Outcome: {shown}" in eve.screen
    await until(date(2027, 5, 31), 9)
    assert not any("What came of" in text for text in eve.heard)


async def test_an_owner_whom_nobody_can_reach(
    eve: Actor, contact: Actor, guest: Actor, manager: Actor, lab: Lab
) -> None:
    """The manager hears of it at once, and passes it on or answers."""
    await lab.dismiss(contact)
    await asks(eve, lab)
    assert "Vlastník tu není k zastižení, proto dotaz přichází vám." in manager.heard[-1]
    assert contact.heard == []
    await manager.presses("↪️ Předat")
    assert "Karel Kontaktní · Ukázková optika" in manager.buttons
    await manager.presses("Karel Kontaktní · Ukázková optika")
    assert M2000 in contact.heard[-1]
    await contact.presses("💰 Nabídnout")
    await contact.says("Rádi")
    assert "Rádi" in eve.heard[-1]


async def test_the_manager_answers_for_an_owner_who_has_blocked_the_bot(
    eve: Actor, contact: Actor, manager: Actor, lab: Lab
) -> None:
    await contact.says("/menu")
    await contact.blocks()
    await asks(eve, lab)
    await manager.presses("💰 Nabídnout")
    await manager.presses("Umíme to")
    assert "Umíme to" in eve.heard[-1]


async def test_owners_people_change_meanwhile(
    eve: Actor, contact: Actor, bob: Actor, lab: Lab, wait: Wait
) -> None:
    await asks(eve, lab)
    await contact.presses("💬 Zeptat se")
    await lab.appoint(bob, like=contact)
    await lab.dismiss(contact)
    await contact.says("Kolik?")
    assert "K tomuhle nemáte oprávnění." in contact.heard[-1]
    assert len([text for text in eve.heard if "Kolik" in text]) == 0
    await wait(2 * DAY + HOUR + MINUTE)
    assert len(waiting(bob)) == 1


async def test_a_late_bot_nudges_once_and_not_on_sunday(
    eve: Actor, contact: Actor, lab: Lab, until: Until
) -> None:
    await asks(eve, lab)
    await until(date(2027, 3, 7), 12)
    assert waiting(contact) == []
    await until(date(2027, 3, 8), 8)
    assert len(waiting(contact)) == 1

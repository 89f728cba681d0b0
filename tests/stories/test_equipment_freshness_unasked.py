"""Whoever does not want to be asked whether records hold is not silent: somebody else is asked."""

from datetime import timedelta

import pytest

from bot.app import App
from storage.instruments import Condition
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.equipment import kept, owns

DAYS = timedelta(days=1)
QUESTION = "Platí tento záznam?"


async def wants_no_questions(who: Actor) -> None:
    await who.says("/menu")
    await who.presses_data("att.turn:equipment:off")


@pytest.mark.postgres
async def test_the_manager_is_asked_instead(
    contact: Actor, manager: Actor, app: App, wait: Wait
) -> None:
    await owns(app, "Elipsometr")
    await wants_no_questions(contact)
    await wait(92 * DAYS)
    assert QUESTION not in contact.screen
    assert QUESTION in manager.screen
    assert "🏢 Ukázková optika" in manager.screen
    for _ in range(3):
        await wait(14 * DAYS)
    assert (await kept(app))[0].condition == Condition.HIDDEN
    assert "1 záznam nikdo nepotvrdil" in contact.screen
    assert "1 záznam nikdo nepotvrdil" in manager.screen


@pytest.mark.postgres
async def test_what_was_never_asked_is_no_silence(
    contact: Actor, manager: Actor, app: App, wait: Wait
) -> None:
    await owns(app, "Elipsometr")
    await wants_no_questions(contact)
    await wants_no_questions(manager)
    await wait(92 * DAYS)
    for _ in range(5):
        await wait(14 * DAYS)
    [it] = await kept(app)
    assert (it.condition, it.silences) == (Condition.CONFIRMED, 0)
    await contact.says("/menu")
    await contact.presses_data("att.turn:equipment:now")
    await wait(14 * DAYS)
    assert QUESTION in contact.screen
    for _ in range(2):
        await wait(14 * DAYS)
    assert (await kept(app))[0].condition == Condition.UNVERIFIED
    await wait(14 * DAYS)
    assert (await kept(app))[0].condition == Condition.HIDDEN


async def test_a_question_that_never_came_out_on_monday_is_no_silence(
    contact: Actor, app: App, wait: Wait
) -> None:
    await owns(app, "Elipsometr")
    await contact.says("/menu")
    await contact.presses_data("att.turn:equipment:digest")
    await wait(92 * DAYS)
    assert (await kept(app))[0].asked_at == app.clock()
    await contact.presses_data("att.turn:equipment:off")
    await wait(14 * DAYS)
    assert (await kept(app))[0].silences == 0

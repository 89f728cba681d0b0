"""Buttons that were pressed before, that belong to what has ended, or that nobody ever made."""

import pytest

from bot.app import App
from bot.kit.forms import Choose, GiveUp
from handlers.calls.ways import FollowCall
from handlers.groups.chat_ways import ChoosePillar
from handlers.links import FindOrganisation, Home, WriteToManager
from storage import drafts
from storage import people as persons
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.calls import add_call, due
from tests.stories.reminding import DAY

ANSWERED = "This question has been answered already."
OUT_OF_DATE = "This button is out of date. Here is the menu."
LETTER, SEARCH = "letter", "organisation.find"


async def open_form(app: App, actor: Actor) -> str:
    """Which one they are filling in, if any."""
    async with app.db.reading() as session:
        person = await persons.by_telegram(session, actor.id)
        assert person is not None
        draft = await drafts.find(session, person.key)
        return draft.form if draft else ""


async def test_cancel_of_one_form_leaves_the_other_open(app: App, ann: Actor) -> None:
    await ann.says("/menu")
    await ann.presses_data(WriteToManager().pack())
    await ann.presses_data(FindOrganisation().pack())
    assert await open_form(app, ann) == SEARCH
    await ann.presses_data(GiveUp(LETTER).pack())
    assert ann.toast == ANSWERED
    assert await open_form(app, ann) == SEARCH


@pytest.mark.parametrize("form", ["pillar.ask", "topic", "call_idea", "no.such.form"])
async def test_cancel_of_a_form_that_has_ended(ann: Actor, form: str) -> None:
    """Nobody knows any more what it was about."""
    await ann.says("/menu")
    await ann.presses_data(GiveUp(form).pack())
    assert ann.toast == ANSWERED


async def test_a_ready_answer_to_a_question_that_has_none(app: App, ann: Actor) -> None:
    await ann.says("/menu")
    await ann.presses_data(WriteToManager().pack())
    await ann.presses_data(Choose("content", "yes").pack())
    assert (ann.toast or "").startswith("This is not here any more.")
    assert await open_form(app, ann) == LETTER


@pytest.mark.parametrize("number", [2**31, -(2**31), 2**63, 10**25])
async def test_numbers_that_no_row_has(ann: Actor, number: int) -> None:
    await ann.says("/menu")
    for data in (f"ws.open:{number}", f"in.open:{number}", f"an.hours:{number}:always"):
        await ann.presses_data(Home().pack())
        await ann.presses_data(data)
        assert ann.toast == OUT_OF_DATE, data


async def test_groups_have_longer_numbers() -> None:
    press = ChoosePillar(-1_002_100_000_001, 7)
    assert ChoosePillar.unpack(press.pack()) == press


@pytest.mark.parametrize("token", ["1_²", "²_1", "1", "_", f"{10**30}_1", "-5_1", "1:1_1"])
async def test_a_link_that_somebody_has_written(ann: Actor, token: str) -> None:
    await ann.follows(f"s{token}")
    assert "This is not here any more." in ann.screen


async def test_following_a_call_twice_is_following_it(app: App, ann: Actor) -> None:
    key = await add_call(app, "Čočky", due(NOW + 30 * DAY))
    await ann.says("/menu")
    await ann.presses_data(FollowCall(key).pack())
    await ann.presses_data(FollowCall(key).pack())
    assert "✅ I follow it" in ann.buttons
    await ann.presses("✅ I follow it")
    assert "👁 Follow" in ann.buttons

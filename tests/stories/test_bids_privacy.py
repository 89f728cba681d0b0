"""What is kept of those who bid and look for partners: given out, forgotten, and emptied."""

import json
from datetime import timedelta

import pytest

from bot.app import App
from storage.calls.bids import Idea, PartnerSearch
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.bidding import bids_kept, follows
from tests.stories.calls import add_call, days, due
from tests.stories.test_bids_ideas import gives
from tests.stories.test_partners import WHAT, named, seeks

FORTNIGHT = timedelta(days=14)


@pytest.fixture
async def call(app: App, eve: Actor) -> int:
    call = await add_call(app, "Lasery", due(days(40)), one_bid=True, internal_at=days(9))
    await follows(app, eve, call)
    return call


async def bids_and_seeks(bob: Actor, call: int) -> None:
    await gives(bob, call, "Čištění laserem")
    await bob.presses_data(f"cb.take:{call}")
    await seeks(bob, call, czech=True)


async def test_it_is_given_out(bob: Actor, eve: Actor, app: App, call: int) -> None:
    await bids_and_seeks(bob, call)
    given = await export(bob)
    assert len(given["bids_handled"]) == 1
    assert given["partners_sought"][0]["what"] == WHAT
    assert given["ideas_for_bids"][0]["text"] == "Čištění laserem"
    assert given["asked_to_be_partner"] == []
    assert len((await export(eve))["asked_to_be_partner"]) == 1


async def export(actor: Actor) -> dict[str, list[dict[str, object]]]:
    await actor.says("/privacy")
    await actor.presses_data("priv.get")
    found: dict[str, list[dict[str, object]]] = json.loads(actor.document)
    return found


async def test_whoever_is_erased_handles_and_seeks_no_more(
    bob: Actor, ann: Actor, eve: Actor, app: App, call: int, wait: Wait
) -> None:
    await bids_and_seeks(bob, call)
    await eve.presses("👍 I am interested")
    await bob.presses_data("priv.sure")
    await wait(FORTNIGHT)
    assert (await bids_kept(app))[0].person_id is None
    async with app.db.reading() as session:
        search = await session.get(PartnerSearch, 1)
        assert search is not None
        assert (search.what, search.due_at) == ("", None)
    await eve.presses_data("cp.me:1")
    assert "🏁 This search has ended." in eve.screen
    assert not named(eve, "Bořek")
    await ann.says("/menu")
    await ann.presses_data(f"ca.bid:{call}")
    assert "Nobody at Ukázková optika handles it yet." in ann.screen


async def test_a_year_after_the_call_its_words_are_gone(
    bob: Actor, app: App, call: int, wait: Wait
) -> None:
    await bids_and_seeks(bob, call)
    await wait(timedelta(days=60))
    assert await _words(app) == (WHAT, "Čištění laserem")
    await wait(timedelta(days=360))
    assert await _words(app) == ("", "")


async def _words(app: App) -> tuple[str, str]:
    async with app.db.reading() as session:
        search, idea = await session.get(PartnerSearch, 1), await session.get(Idea, 1)
        assert search is not None
        assert idea is not None
        return search.what, idea.text

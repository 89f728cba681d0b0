"""The connection breaks while a poll is on its way to the group: no second one without a yes."""

from datetime import timedelta
from typing import Any

import pytest

from bot.app import App
from bot.sandbox.faults import Fault
from bot.sandbox.sandbox import Sandbox
from storage.groups import dates
from tests.actors import Actor
from tests.stories.afterwards import Wait
from tests.stories.meeting import TITLE, Club, found_club

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def club(
    app: App, sandbox: Sandbox, manager: Actor, bob: Actor, ann: Actor, eve: Actor
) -> Club:
    for each in (bob, ann, eve):
        await each.says("/start")
    return await found_club(app, sandbox, bob, ann, eve, by=manager)


def polls(club: Club) -> list[dict[str, Any]]:
    bodies = [each.body for each in club.gathering.chat.messages.values()]
    return [body["poll"] for body in bodies if "poll" in body]


def breaks(sandbox: Sandbox, kind: str, times: int = 1) -> None:
    sandbox.faults = [Fault("sendPoll", kind, times=times)]


@pytest.mark.postgres
async def test_it_has_arrived(
    app: App, sandbox: Sandbox, club: Club, bob: Actor, ann: Actor, wait: Wait
) -> None:
    breaks(sandbox, "accept_then_cut")
    await club.proposes()
    await wait(3 * MINUTE)
    assert len(polls(club)) == 1
    assert "přerušilo se spojení. Je tam?" in bob.screen
    await bob.presses("✅ Ano, je tam")
    assert "Počítám každého" in bob.screen
    await club.votes(ann, 1)
    await bob.presses("◀ Zpět")
    assert "Hlasoval 1 člověk" in bob.screen
    await bob.presses_data("pi.dt.re:1")
    assert bob.toast == "Anketa už tam je."
    assert len(polls(club)) == 1


async def test_it_has_not_arrived(
    sandbox: Sandbox, club: Club, bob: Actor, ann: Actor, wait: Wait
) -> None:
    breaks(sandbox, "5xx")
    await club.proposes()
    await wait(3 * MINUTE)
    assert polls(club) == []
    await ann.presses_data("pi.dt.re:1")
    assert ann.alert
    await bob.presses("🔁 Ne, poslat znovu")
    assert bob.toast == "Anketa je na cestě do skupiny."
    await bob.presses_data("pi.dt.re:1")
    assert len(polls(club)) == 1
    await club.votes(ann, 0)
    await bob.presses_data("pi.dt:1")
    assert "Hlasoval 1 člověk" in bob.screen


async def test_a_vote_tells_sooner_than_the_guarantor(
    app: App, sandbox: Sandbox, club: Club, bob: Actor, ann: Actor, wait: Wait
) -> None:
    breaks(sandbox, "accept_then_cut")
    await club.proposes()
    await wait(2 * MINUTE + timedelta(seconds=1))
    await club.votes(ann, 1)
    async with app.db.reading() as session:
        poll = await dates.find(session, 1)
        assert poll is not None
        assert poll.poll_id == polls(club)[0]["id"]


async def test_what_has_not_left_leaves_again_by_itself(
    sandbox: Sandbox, club: Club, bob: Actor, wait: Wait
) -> None:
    breaks(sandbox, "refuse", times=2)
    await club.proposes()
    assert polls(club) == []
    await wait(MINUTE)
    await wait(2 * MINUTE)
    assert len(polls(club)) == 1
    await wait(5 * MINUTE)
    assert not any("Je tam?" in each for each in bob.heard)


async def test_a_telegram_that_is_away_for_long_has_everybody_asked_in_private(
    sandbox: Sandbox, club: Club, ann: Actor, wait: Wait
) -> None:
    breaks(sandbox, "429", times=5)
    await club.proposes()
    for _ in range(5):
        await wait(MINUTE)
    assert polls(club) == []
    assert TITLE in ann.screen
    assert "Tap every date" in ann.screen

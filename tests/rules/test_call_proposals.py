"""What is proposed to the manager: contradictions, and values that were read from prose."""

from collections.abc import Awaitable, Callable

import pytest

from bot.app import App
from bot.domain.calls import changes
from bot.domain.calls.found import Guess
from storage.calls.records import GrantCall
from storage.calls.sources import Form
from tests.conftest import NOW
from tests.rules.calls import JUNE, MAY, Reading, due, found


@pytest.fixture
def read(app: App) -> Reading:
    return Reading(app)


async def test_sources_that_contradict_each_other_leave_it_to_the_manager(read: Reading) -> None:
    eu, portal = await read.source(), await read.source("portal", form=Form.PAGE)
    await read(eu, found("Lasers", "1", due(MAY), code="X-1", budget=5, currency="EUR"))
    other = found("Lasers", "p", due(JUNE), code="x-1", budget=6, currency="EUR", rate=80)
    await read(portal, other)
    call = await read.call()
    assert (call.budget, call.rate, call.last_deadline_at) == (5, 80, MAY)
    assert [each.field for each in await read.proposals()] == ["budget", "deadlines"]
    await read(portal, other)
    assert len(await read.proposals()) == 2


async def test_crowns_are_not_compared_with_euros(read: Reading) -> None:
    eu, portal = await read.source(), await read.source("portal", form=Form.PAGE)
    await read(eu, found("Lasers", "1", code="X-1", budget=5, currency="EUR"))
    await read(portal, found("Lasers", "p", code="x-1", budget=125, currency="CZK"))
    assert await read.proposals() == []
    assert (await read.call()).budget == 5


async def test_what_was_read_from_prose_is_proposed_with_its_words(read: Reading) -> None:
    source = await read.source("page", form=Form.PAGE)
    until = Guess("deadlines", [due(MAY, hour=False)], "příjem žádostí do 14. 5. 2027")
    most = Guess("budget", 40_000_000, "alokace 40 mil. Kč")
    await read(source, found("Lasery", "1", guesses=[until, most]))
    call = await read.call()
    assert (call.budget, call.last_deadline_at) == (None, None)
    assert [(each.field, each.snippet) for each in await read.proposals()] == [
        ("deadlines", "příjem žádostí do 14. 5. 2027"),
        ("budget", "alokace 40 mil. Kč"),
    ]
    assert await read.deadlines(sure=False) == [MAY]
    assert await read.deadlines() == []


async def test_a_refused_value_does_not_come_again(read: Reading, app: App) -> None:
    source = await read.source("page", form=Form.PAGE)
    guess = Guess("budget", 40, "alokace 40")
    await read(source, found("Lasery", "1", guesses=[guess]))
    async with app.db.writing() as session:
        (proposal,) = await read.proposals()
        session.add(proposal)
        proposal.settled_at, proposal.agreed = NOW, False
    await read(source, found("Lasery", "1", guesses=[guess], rate=50))
    other = Guess("budget", 50, "alokace 50")
    await read(source, found("Lasery", "1", guesses=[other]))
    await read(source, found("Lasery", "1", guesses=[guess]))
    assert [each.value for each in await read.proposals()] == [40]


Amend = Callable[..., Awaitable[None]]


@pytest.fixture
def amend(app: App, read: Reading) -> Amend:
    async def amend(**fields: object) -> None:
        key = (await read.call()).key
        async with app.db.writing() as session:
            call = await session.get(GrantCall, key)
            assert call is not None
            await changes.amend(session, call, fields, NOW)

    return amend


async def test_a_value_of_the_managers_is_not_overwritten(read: Reading, amend: Amend) -> None:
    source = await read.source()
    await read(source, found("Lasers", "1", budget=5, currency="EUR"))
    await amend(budget=7, title="Lasers and more")
    await read(source, found("Lasers II", "1", budget=9, currency="EUR"))
    call = await read.call()
    assert (call.budget, call.title) == (7, "Lasers and more")
    assert [(each.field, each.value) for each in await read.proposals()] == [("budget", 9)]


async def test_a_page_that_fails_now_and_then_is_no_change(read: Reading) -> None:
    source = await read.source("page", form=Form.PAGE)
    await read(source, found("Lasery", "1", due(MAY), rate=70))
    await read(source, found("Lasery", "1"))
    assert await read.turns() == []
    await read(source, found("Lasery", "1", due(JUNE), rate=70))
    assert await read.turns() == [("deadlines", "extended")]

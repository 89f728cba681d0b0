"""One of several replicas leads, the next one soon when it is gone. Who has led writes nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.app import App
from bot.kit import routes
from bot.kit.context import Desk
from bot.runtime import replica
from bot.runtime.replica import TRUST, Deposed
from bot.sandbox.people import Person
from storage import settings
from storage.outbox import Priority
from tests.runtime.conftest import ANN, promised, texts
from tests.runtime.together import Together, standing

PATIENCE = 20  # seconds


pytestmark = pytest.mark.usefixtures("silent")


async def test_one_leads_and_another_follows(pair: tuple[App, App]) -> None:
    first, second = pair
    for _ in range(3):
        await first.replica.beat()
        await second.replica.beat()
    assert (first.replica.leads, second.replica.leads) == (True, False)
    assert [(await app.health())["role"] for app in pair] == ["leader", "follower"]
    numbers = [(await app.metrics.text(app.db, app.clock)).decode() for app in pair]
    assert ["paprsek_leader 1.0" in each for each in numbers] == [True, False]


async def test_another_leads_when_the_lease_is_over(
    together: Together, pair: tuple[App, App]
) -> None:
    first, second = pair
    await together.depose(first, second)
    assert (second.replica.leads, second.replica.term) == (True, 2)
    await first.replica.beat()
    assert not first.replica.leads


@pytest.mark.parametrize(("left", "soonest", "latest"), [(12, 5, 5), (3, 2, 3), (-1, 1, 1)])
async def test_others_look_when_the_lease_may_be_over(
    left: int, soonest: float, latest: float, together: Together, pair: tuple[App, App]
) -> None:
    """Not only at their next sign of life: the office is not empty for longer than it must be."""
    first, second = pair
    async with first.replica.leading():
        await together.time_out(first, left)
        await second.replica.beat()
    assert not second.replica.leads
    assert soonest <= standing(second).rest <= latest


async def test_a_sign_of_life_that_fails_is_given_again_soon(
    pair: tuple[App, App], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long before anybody would take us for dead."""
    first, _ = pair
    tried = asyncio.Event()

    def _fails() -> None:
        tried.set()
        raise OSError("the server is away")

    async with leading(first):
        monkeypatch.setattr(first.db, "writing", _fails)
        first.replica.wanted.set()
        await asyncio.wait_for(tried.wait(), PATIENCE)
        assert standing(first).rest == replica.RETRY
        assert first.replica.leads


async def test_another_leads_at_once_when_the_leader_leaves(
    together: Together, pair: tuple[App, App]
) -> None:
    first, second = pair
    led = asyncio.Event()

    async def lead() -> None:
        led.set()
        await asyncio.Event().wait()

    async with asyncio.TaskGroup() as group, asyncio.timeout(replica.BEAT):
        running = group.create_task(second.run(lead))
        await asyncio.sleep(0.5)  # it has to listen by then
        together.apps.remove(first)
        await first.stop()
        await led.wait()
        running.cancel()


@asynccontextmanager
async def leading(app: App) -> AsyncIterator[asyncio.Event]:
    """Runs, and tells when its duties have been taken away."""
    begun, over = asyncio.Event(), asyncio.Event()

    async def lead() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            over.set()

    async with asyncio.TaskGroup() as group:
        running = group.create_task(app.replica.run(lead))
        await asyncio.wait_for(begun.wait(), PATIENCE)
        yield over
        running.cancel()


async def test_the_duties_end_before_the_lease_does(
    pair: tuple[App, App], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database cannot be reached for as long as we may trust in our last sign of life."""
    first, _ = pair
    monkeypatch.setattr(replica, "BEAT", 0.01)
    async with leading(first) as over:
        with monkeypatch.context() as patch:
            patch.setattr(first.db, "writing", _unreachable)
            patch.setattr(standing(first), "_clock", lambda: 10**9 + TRUST)
            standing(first)._beaten.set()
            await asyncio.wait_for(over.wait(), PATIENCE)


def _unreachable() -> None:
    raise OSError("the server is away")


async def test_the_duties_end_when_another_leads(
    together: Together, pair: tuple[App, App]
) -> None:
    first, second = pair
    async with leading(first) as over:
        await together.depose(first, second)
        await first.replica.beat()
        await asyncio.wait_for(over.wait(), PATIENCE)


async def test_who_has_led_ticks_no_more(
    together: Together, pair: tuple[App, App], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def job(desk: Desk) -> None:
        await settings.put(desk.session, "test", "written")

    first, second = pair
    monkeypatch.setitem(routes.jobs, "test", routes.Job("test", timedelta(hours=1), job))
    await together.depose(first, second)
    assert first.replica.leads  # so it believes
    await first.tick("test")
    async with second.db.reading() as session:
        assert await settings.find(session, "test") is None
    await second.tick("test")
    async with second.db.reading() as session:
        assert await settings.find(session, "test") == "written"


async def test_who_has_led_sends_nothing_to_many(
    together: Together, pair: tuple[App, App], phone: Person
) -> None:
    first, second = pair
    await promised(first, "News", priority=Priority.BULK)
    await together.depose(first, second)
    await first.outbox.pump()
    await first.nursery.idle()
    assert texts(phone) == []
    await second.settle()
    assert texts(phone) == ["News"]


async def test_what_the_leader_is_writing_is_waited_for(
    together: Together, pair: tuple[App, App]
) -> None:
    """Its own signs of life go through meanwhile."""
    first, second = pair
    async with first.replica.leading() as session:
        await settings.put(session, "test", "written")
        await first.replica.beat()
        await together.time_out(first)
        await second.replica.beat()
        assert not second.replica.leads
    await second.replica.beat()
    assert second.replica.leads
    with pytest.raises(Deposed):
        async with first.replica.leading():
            raise AssertionError


async def test_what_one_replica_was_told_the_leader_heeds(pair: tuple[App, App]) -> None:
    first, second = pair
    first.gate.per_second = 1000
    first.gate.reopen(0, 0, ())
    await second._flooded(ANN, 60)
    await first.succession._look()
    loop = asyncio.get_running_loop()
    assert 55 < first.gate.wait(loop.time(), ANN, Priority.BULK) < 65
    assert first.gate.wait(loop.time(), ANN, Priority.ANSWER) == 0


async def test_the_next_leader_keeps_the_pace(
    together: Together, pair: tuple[App, App], phone: Person
) -> None:
    """What has left during the last minute counts, whoever sent it."""
    first, second = pair
    for app in pair:
        app.gate.per_second = 1000
    await promised(first, "One", priority=Priority.NOTICE)
    first.gate.reopen(0, 0, ())
    await first.settle()
    assert texts(phone) == ["One"]
    await together.depose(first, second)
    now = asyncio.get_running_loop().time()
    assert second.gate.wait(now + 0.5, ANN, Priority.NOTICE) > 0
    assert second.gate.wait(now, 0, Priority.BULK) > 0.5

"""Telegram asks us to slow down: bulk waits, over a restart too, and answers still leave."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot import app as house
from bot.app import App
from bot.config import Config
from bot.sandbox.clock import Clock
from bot.sandbox.faults import Fault
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.wire import InProcess
from bot.sandbox.world import Chat
from storage.gate import opens
from storage.outbox import Priority, State
from tests.actors import Actor
from tests.conftest import NOW
from tests.runtime.conftest import Owe, Rows

WAIT = 60  # seconds that Telegram asks for
GROUP = -500


@pytest.fixture
def paced(app: App) -> App:
    """With limits, as if nothing had left for a while."""
    app.gate.per_second = 1000
    app.gate.reopen(time.monotonic() - 10, 0, ())
    return app


@pytest.fixture
async def flooded(paced: App, sandbox: Sandbox, bob: Actor, promise: Owe) -> App:
    """Bulk to Bořek has met a 429."""
    sandbox.faults = [Fault("sendMessage", "429", times=1, seconds=WAIT)]
    await promise(bob, "To Bob", priority=Priority.BULK)
    await paced.settle()
    return paced


async def test_bulk_waits_and_answers_leave(
    flooded: App, ann: Actor, contact: Actor, promise: Owe, rows: Rows
) -> None:
    await promise(contact, "To Karel", priority=Priority.BULK)
    await promise(contact, "Also to Karel")
    await ann.says("/menu")
    assert ann.heard
    assert contact.heard == []
    assert [row.state for row in await rows() if row.priority > 0] == [State.PENDING] * 3


async def test_it_is_written_down_until_when(flooded: App) -> None:
    async with flooded.db.reading() as session:
        open_at = await opens(session, "bulk")
    assert open_at is not None
    assert timedelta(seconds=WAIT) <= open_at - NOW <= timedelta(seconds=WAIT + 2)


@asynccontextmanager
async def restarted(config: Config, sandbox: Sandbox, clock: Clock) -> AsyncIterator[App]:
    app = house.build(config, clock=clock, telegram=InProcess(sandbox))
    try:
        await app.start()
        await asyncio.sleep(1.1)  # the first second after a start belongs to answers
        await app.settle()
        yield app
    finally:
        await app.stop()


async def test_a_restart_does_not_forget_it(
    flooded: App, config: Config, sandbox: Sandbox, clock: Clock, bob: Actor, contact: Actor
) -> None:
    await flooded.stop()
    clock.advance(timedelta(seconds=WAIT / 2))
    async with restarted(config, sandbox, clock) as app:
        assert bob.heard == []
        assert app.gate.wait(time.monotonic(), contact.id, Priority.BULK) > WAIT / 4
        assert app.gate.wait(time.monotonic(), contact.id, Priority.ANSWER) == 0
    clock.advance(timedelta(seconds=WAIT))
    async with restarted(config, sandbox, clock):
        assert bob.heard == ["To Bob"]


async def test_a_429_is_no_failure_however_often_it_comes(
    app: App, sandbox: Sandbox, clock: Clock, bob: Actor, promise: Owe, rows: Rows
) -> None:
    times = 12
    sandbox.faults = [Fault("sendMessage", "429", times=times, seconds=1)]
    await promise(bob, "To Bob", priority=Priority.BULK)
    for _ in range(times + 1):
        await app.settle()
        clock.advance(timedelta(minutes=1))
    assert bob.heard == ["To Bob"]
    [row] = await rows()
    assert (row.state, row.maybe_duplicate) == (State.SENT, False)


async def test_a_busy_group_does_not_keep_people_waiting(
    paced: App, sandbox: Sandbox, ann: Actor, bob: Actor, promise: Owe
) -> None:
    world = sandbox.world
    world.chats[GROUP] = Chat(
        GROUP, "supergroup", "Optika", owner=bob.id, members=[world.bot.id, bob.id]
    )
    await promise(GROUP, *(f"News {number}" for number in range(80)))
    await promise(ann, "For you")
    await paced.settle()
    assert ann.heard == ["For you"]
    assert len(world.chats[GROUP].messages) == 18

"""Errands run beside the chat, and kinds do not wait for each other."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy.exc import OperationalError

from bot.app import App
from bot.kit import routes
from bot.kit.errands import Trip
from bot.runtime.errands import TRIES
from storage import errands, people
from tests.actors import Actor

PATIENCE = 5.0  # seconds
HOUR = timedelta(hours=1)


@pytest.fixture
def done() -> asyncio.Event:
    return asyncio.Event()


@pytest.fixture
def kinds(done: asyncio.Event) -> Iterator[None]:
    async def hangs(trip: Trip) -> None:
        await asyncio.Event().wait()

    async def breaks(trip: Trip, person_id: int) -> None:
        raise OSError("the disk is full")

    async def is_quick(trip: Trip) -> None:
        async with trip.deliver():
            done.set()

    async def finds_no_room(trip: Trip) -> None:
        if next(times) <= TRIES:
            full = sqlite3.OperationalError("database or disk is full")
            full.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise OperationalError("insert", {}, full)
        await is_quick(trip)

    times = count()
    made: dict[str, Callable[..., Awaitable[None]]] = {
        "test.hangs": hangs,
        "test.quick": is_quick,
        "test.breaks": breaks,
        "test.full": finds_no_room,
    }
    routes.errands |= made
    yield
    for kind in made:
        del routes.errands[kind]


async def test_one_that_hangs_holds_up_no_others(
    app: App, done: asyncio.Event, kinds: None
) -> None:
    async with app.db.writing() as session:
        for kind in ("test.hangs", "test.quick"):
            await errands.promise(session, kind, {}, app.clock())
    async with asyncio.TaskGroup() as group:
        running = group.create_task(app.errands.run())
        await asyncio.wait_for(done.wait(), PATIENCE)
        running.cancel()


async def test_a_lane_goes_on_with_what_comes_later(
    app: App, done: asyncio.Event, kinds: None
) -> None:
    async with asyncio.TaskGroup() as group:
        running = group.create_task(app.errands.run())
        for _ in range(2):
            done.clear()
            async with app.db.writing() as session:
                await errands.promise(session, "test.quick", {}, app.clock())
            await asyncio.wait_for(done.wait(), PATIENCE)
        running.cancel()


async def test_whoever_waits_is_told_when_it_is_given_up(
    app: App, ann: Actor, wait: Callable[[timedelta], Awaitable[None]], kinds: None
) -> None:
    async with app.db.writing() as session:
        person = await people.by_telegram(session, ann.id)
        assert person is not None
        await errands.promise(session, "test.breaks", {"person_id": person.key}, app.clock())
    for _ in range(TRIES):
        await wait(HOUR)
    assert "did not work out" in ann.screen
    told = len(ann.messages)
    await wait(HOUR)
    assert len(ann.messages) == told


async def test_a_full_disk_does_not_use_up_its_tries(
    app: App,
    ann: Actor,
    wait: Callable[[timedelta], Awaitable[None]],
    kinds: None,
    done: asyncio.Event,
) -> None:
    async with app.db.writing() as session:
        await errands.promise(session, "test.full", {}, app.clock())
    for _ in range(TRIES + 2):
        assert not done.is_set()
        await wait(HOUR)
    assert done.is_set()

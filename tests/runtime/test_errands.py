"""Errands run beside the chat, and kinds do not wait for each other."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.app import App
from bot.kit import routes
from bot.kit.errands import Trip
from storage import errands

PATIENCE = 5.0  # seconds


@pytest.fixture
def done() -> asyncio.Event:
    return asyncio.Event()


@pytest.fixture
def kinds(done: asyncio.Event) -> Iterator[None]:
    async def hangs(trip: Trip) -> None:
        await asyncio.Event().wait()

    async def is_quick(trip: Trip) -> None:
        async with trip.deliver():
            done.set()

    routes.errands |= {"test.hangs": hangs, "test.quick": is_quick}
    yield
    del routes.errands["test.hangs"], routes.errands["test.quick"]


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

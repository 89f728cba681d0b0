"""A full disk, a database that is away: nothing is confirmed that is not stored, and all heals."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from structlog.testing import capture_logs

from bot.app import App
from bot.runtime import clerk, lanes, ledger
from bot.sandbox.sandbox import Sandbox
from storage.inbox import Inbox, State
from storage.outbox import State as Sent
from tests.actors import Actor
from tests.runtime.conftest import Owe, Rows

LONG = "A long story. " * 250
PATIENCE = 20  # seconds


async def limit_pages(app: App, limit: int) -> None:
    """So many pages are all that fits on the disk; 0 is as many as there are now."""
    async with app.db.engine.connect() as connection:
        await connection.execute(text(f"pragma max_page_count = {limit or 1}"))


@asynccontextmanager
async def running(app: App) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(app.run())
        try:
            yield
        finally:
            task.cancel()


async def test_a_full_disk(
    app: App, sandbox: Sandbox, ann: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = sandbox.queue(sandbox.world.bot).waiting
    async with running(app):
        await limit_pages(app, 0)
        for _ in range(10):
            ann.phone.says(LONG)
        await asyncio.sleep(0.5)
        assert len(waiting) == 10
        assert await _stored(app) == []
        await limit_pages(app, 1_000_000)
        async with asyncio.timeout(PATIENCE):
            while len(ann.heard) < 10:
                await app.nursery.idle()
                await asyncio.sleep(0.05)
    assert await _stored(app) == [(State.DONE, 0)] * 10


async def _stored(app: App) -> list[tuple[int, int]]:
    async with app.db.reading() as session:
        return list((await session.exec(select(Inbox.state, Inbox.attempts))).all())


class Outage:
    """Stands in for `Database.writing`: commits with these numbers fail."""

    def __init__(self, app: App, failing: range) -> None:
        self._writing = app.db.writing
        self._failing = failing
        self._count = 0

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[AsyncSession]:
        async with self._writing() as session:
            yield session
            self._count += 1
            if self._count in self._failing:
                full = sqlite3.OperationalError("database or disk is full")
                full.sqlite_errorcode = sqlite3.SQLITE_FULL
                raise OperationalError("commit", {}, full)


@pytest.fixture(autouse=True)
def hasty_and_silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for module in (clerk, ledger, lanes):
        monkeypatch.setattr(module, "RETRY", 0.01)
    with capture_logs():
        yield


@pytest.mark.postgres
@pytest.mark.parametrize("first", range(2, 6))
async def test_an_outage_while_somebody_is_served(
    first: int, app: App, ann: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The update is stored; from then on the database fails for some time."""
    with monkeypatch.context() as patch:
        patch.setattr(app.db, "writing", Outage(app, range(first, first + 8)))
        await ann.says("/start")
    assert len(ann.heard) == 1
    await ann.says("/menu")
    assert len(ann.heard) == 2
    assert [state for state, _ in await _stored(app)] == [State.DONE] * 2


async def test_a_full_disk_costs_nobody_an_answer(
    app: App, ann: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is small still fits on it when what is larger does not."""
    with monkeypatch.context() as patch:
        patch.setattr(app.db, "writing", Outage(app, range(2, 20, 2)))
        await ann.says("/start")
    assert len(ann.heard) == 1
    assert await _stored(app) == [(State.DONE, 0)]


async def test_a_long_outage_ends_all_the_same(
    app: App, ann: Actor, promise: Owe, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "RETRY", 0)
    await promise(ann, "One")
    monkeypatch.setattr(app.db, "writing", Outage(app, range(1, 1501)))
    await app.settle()
    assert ann.heard == ["One"]
    assert [row.state for row in await rows()] == [Sent.SENT]


async def test_a_failure_to_note_a_block_does_not_stop_the_line(
    app: App, ann: Actor, promise: Owe, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise OperationalError("update", {}, OSError("disk I/O error"))

    await ann.says("/start")
    ann.phone.chat.blocked = True
    with monkeypatch.context() as patch:
        patch.setattr("bot.domain.people.left", fails)
        ann.phone.presses_data("home")
        await app.settle()
        await promise(ann, "One")
        await app.settle()
    ann.phone.chat.blocked = False
    await ann.says("/menu")
    assert len(ann.heard) == 2

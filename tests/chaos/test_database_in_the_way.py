"""The database is locked by somebody else, or dies: everybody is served a little later."""

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.inbox import State as Received
from storage.outbox import State as Sent
from tests.chaos.fleet import Fleet, fleet
from tests.chaos.mortal import mortal
from tests.chaos.stage import FULL, Stage, staged
from tests.chaos.test_presses import Presser
from tests.databases import Postgres

LOCKS = (0.1, 0.5, 1, 2, 5, 9, 12, 20, 30) if FULL else (0.1, 2)  # seconds
DEATHS, BETWEEN = (20, 2.0) if FULL else (1, 1.0)  # seconds, in which people press
REPLICAS = 2
EACH = 12  # people who press meanwhile
DATABASE = "in_the_way"
EVENT = "select workshop_id from part where capacity = 100000"
SHORT = 5.0  # seconds of a lock of which nobody is to notice more than a wait
pytestmark = [
    pytest.mark.chaos,
    pytest.mark.timeout(3600 if FULL else 300),
    pytest.mark.xdist_group("replicas"),
]


async def _gathered(stage: Stage, number: int) -> list[Presser]:
    phones = [stage.person(each) for each in range(number)]
    return [Presser(each, await stage.greet(each), opens=False, poisoned=False) for each in phones]


async def test_a_file_that_somebody_else_has_locked(tmp_path: Path) -> None:
    async with staged(tmp_path, EACH * len(LOCKS)) as stage:
        await stage.seed()
        [(event,)] = stage.ask(EVENT)
        crowd = await _gathered(stage, EACH * len(LOCKS))
        await stage.start()
        await stage.awake()
        for number, seconds in enumerate(LOCKS):
            await _lock(stage, seconds, crowd[number :: len(LOCKS)], event)
        await stage.until(stage.is_quiet)
        assert [each.phone.id for each in crowd if not each.sees_the_seat(event)] == []
        assert stage.ask("select error from inbox where state != ?", Received.DONE) == []
        assert stage.ask("select error from outbox where state = ?", Sent.FAILED) == []


async def _lock(stage: Stage, seconds: float, lot: Sequence[Presser], event: int) -> None:
    path = stage.folder / "paprsek.db"
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as rival:
        rival.execute("begin immediate")
        await _press(lot, event, seconds)
        rival.execute("rollback")
    if seconds < SHORT:
        assert '"level": "error"' not in stage.log
    await stage.until(stage.is_quiet)


@asynccontextmanager
async def _served(
    folder: Path, server: Postgres, number: int
) -> AsyncIterator[tuple[Fleet, list[Presser]]]:
    """Replicas and so many people, of whom each has to get a seat by the end, without an error."""
    async with fleet(folder, server.create(DATABASE), number) as made:
        await made.stage.seed()
        for _ in range(REPLICAS):
            await made.start()
        crowd = await _gathered(made.stage, number)
        yield made, crowd
        await made.until(made.is_quiet)
        [(event,)] = await made.ask(EVENT)
        assert [each.phone.id for each in crowd if not each.sees_the_seat(event)] == []
        seats = await made.ask("select count(*), count(distinct person_id) from seat")
        assert seats == [(number, number)]
        assert await made.ask("select error from inbox where state <> 2") == []
        assert await made.ask("select error from outbox where state = 3") == []


async def test_a_table_that_somebody_else_has_locked(tmp_path: Path, server: Postgres) -> None:
    async with _served(tmp_path, server, EACH * len(LOCKS)) as (made, crowd):
        [(event,)] = await made.ask(EVENT)
        for number, seconds in enumerate(LOCKS):
            async with made.db.engine.begin() as rival:
                await rival.execute(text("set local idle_in_transaction_session_timeout = 0"))
                await rival.execute(text("lock table outbox in access exclusive mode"))
                await _press(crowd[number :: len(LOCKS)], event, seconds)
            await made.until(made.is_quiet)
    server.drop(server.url(DATABASE))


async def test_a_server_that_dies(tmp_path: Path) -> None:
    with mortal() as server:
        async with _served(tmp_path, server, EACH * DEATHS) as (made, crowd):
            [(event,)] = await made.ask(EVENT)
            random = made.stage.random
            for number in range(DEATHS):
                async with asyncio.TaskGroup() as group:
                    group.create_task(_press(crowd[number::DEATHS], event, BETWEEN))
                    await asyncio.sleep(random.uniform(0, BETWEEN))
                    how = random.choice((signal.SIGKILL, signal.SIGQUIT))
                    await asyncio.to_thread(server.die, how)
                    await asyncio.sleep(random.uniform(0, BETWEEN))
                await asyncio.to_thread(server.rise)


async def _press(lot: Sequence[Presser], event: int, seconds: float) -> None:
    for presser in lot:
        presser.acts(event)
        await asyncio.sleep(seconds / len(lot))

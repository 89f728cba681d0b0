"""The demonstration in this process: its people and more of them, a Telegram that remembers what
it was asked and what it refused, a clock that stands still, and a house to be tried.

`CHAOS=1` and `SEED=…` mean what they mean for `stage`; the short form is always the same.
"""

import os
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from pydantic import SecretStr
from sqlmodel import SQLModel
from structlog.testing import capture_logs

from bot import app as house
from bot import demonstration, seed
from bot.app import App
from bot.config import Cluster, Config, Storage, Telegram
from bot.demo import meeting_places
from bot.kit import routes
from bot.sandbox.clock import Clock
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Call, Sandbox
from bot.sandbox.wire import InProcess
from bot.sandbox.world import User
from bot.sources.fetching import Fetcher
from storage import tables  # noqa: F401 -- every table has to be known
from storage.database import Database
from storage.inbox import State as Received
from tests.chaos.stage import FULL, SEED

NOW = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)  # a Monday, 9:00 in Prague
TOKEN = demonstration.TOKEN
DICE = SEED if FULL or "SEED" in os.environ else 2027
ROLES = {persona.role: persona.telegram_id for persona in seed.PERSONAS}
CROWD = 20_001
QUICK = Path("/dev/shm")  # a disk that does not wait
DISK = QUICK if QUICK.is_dir() else None
# What no bot knows beforehand.
HARMLESS = ("message is not modified", "query is too old", "message to unpin not found")


@dataclass
class Town:
    """`phones` of everybody, first those of the demonstration; `rows` of the same database."""

    app: App
    sandbox: Sandbox
    rows: sqlite3.Connection
    random: Random
    log: list[Any]
    phones: list[Person]
    judged: int = 0  # the last call that has been looked at

    async def wait(self, by: timedelta) -> None:
        """Let time pass; every job runs once afterwards."""
        self.sandbox.clock.advance(by)
        for name in routes.jobs:
            await self.app.tick(name)
        await self.app.settle()

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.rows.execute(query, values).fetchall()

    def forget(self, *statements: str) -> None:
        for statement in statements:
            self.rows.execute(statement)

    def news(self) -> list[Call]:
        """What the bot has asked of Telegram since the last time."""
        fresh: list[Call] = []
        for call in reversed(self.sandbox.calls):
            if call.n <= self.judged:
                break
            fresh.append(call)
        self.judged = fresh[0].n if fresh else self.judged
        return fresh[::-1]

    def judge(self, seen: object = "") -> list[Call]:
        """Nothing failed, and Telegram refused nothing; the news. `seen` says what was done."""
        news = self.news()
        refused = [
            (call.method, call.description, call.params) for call in news if not _is_fine(call)
        ]
        assert refused == [], seen
        errors = [each for each in self.log if each["log_level"] in ("error", "critical")]
        assert errors == [], seen
        self.log.clear()
        dead = self.ask("select error, body from inbox where state = ?", Received.DEAD)
        assert dead == [], seen
        return news


def _is_fine(call: Call) -> bool:
    return call.ok or any(words in call.description for words in HARMLESS)


@asynccontextmanager
async def founded(dice: int, crowd: int = 0, zone: str = "Europe/Prague") -> AsyncIterator[Town]:
    """With `crowd` more members, and what is left to chance left to `dice`."""
    with tempfile.TemporaryDirectory(dir=DISK) as folder:
        path = Path(folder, "town.db")
        sandbox = Sandbox(demonstration.world(Clock(NOW)), call_log=2_000)
        for number in _crowd(crowd):
            user = User(number, "Člen", str(number), started=True, language_code="cs")
            sandbox.world.users[number] = user
        phones = [Person(sandbox, number) for number in (*ROLES.values(), *_crowd(crowd))]
        config = Config(
            telegram=Telegram(token=SecretStr(TOKEN)),
            storage=Storage(url=f"sqlite:///{path}"),
            cluster=Cluster(timezone=zone, managers=(ROLES["manager"],)),
        )
        await _furnish(config, crowd)
        app = house.build(
            config,
            clock=sandbox.clock,
            telegram=InProcess(sandbox),
            fetcher=Fetcher(enabled=False),
            limits=False,
        )
        with capture_logs() as log:
            try:
                await app.start()
                with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as rows:
                    yield Town(app, sandbox, rows, Random(dice), log, phones)
            finally:
                await app.stop()


def _crowd(count: int) -> Iterable[int]:
    return range(CROWD, CROWD + count)


async def _furnish(config: Config, crowd: int) -> None:
    db = Database(config.storage.url)
    async with db.engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    await seed.demo(db, NOW, config.cluster.zone)
    if crowd:
        await seed.members(db, crowd, CROWD, NOW, config.cluster.zone)
    async with db.writing() as session:
        await meeting_places.link(session, NOW)
    await db.dispose()

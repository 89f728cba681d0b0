"""All that goes wrong in days, by chance: the network, Telegram, the database, and the process."""

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from unittest.mock import Mock

import aiohttp
from telegram.error import TelegramError

from bot import app as house
from bot.app import App
from bot.kit import routes
from bot.sources.fetching import Fetcher
from tests.chaos.stage import SEED
from tests.chaos.weather import Answer, Go, Request, Trial, lost

TICKS = 600.0  # seconds between two runs of the jobs
REFUSED, GATEWAY, CUT, HELD = 0.02, 0.02, 0.01, 0.01  # shares of all requests
LONGEST = {"refusal": 30, "hold": 40.0, "night": 1800.0, "lock": 30.0, "pause": 300.0}  # seconds


@dataclass
class Misfortune:
    """The fate of requests, and strokes of fate; neither while it is `calm`."""

    made: Trial
    path: str
    random: Random = field(default_factory=lambda: Random(SEED))
    calm: bool = True
    down: bool = False
    strokes: list[str] = field(default_factory=list)
    _life: "asyncio.Task[None] | None" = None

    async def __call__(self, request: Request, go: Go) -> Answer:
        if self.down:
            raise lost(aiohttp.ClientConnectorError(Mock(), OSError("network is unreachable")))
        if self.calm or request.method == "getUpdates":
            return await go()
        return await self._fate(self.random.random(), go)

    async def _fate(self, lot: float, go: Go) -> Answer:
        if lot < REFUSED:
            return _refusal(self.random.randint(1, int(LONGEST["refusal"])))
        if lot < REFUSED + GATEWAY:
            if self.random.random() < 0.5:
                await go()
            return 502, b"<html><head><title>Bad Gateway</title></head></html>"
        if lot < REFUSED + GATEWAY + CUT:
            await go()
            raise lost(aiohttp.ServerDisconnectedError())
        if lot < REFUSED + GATEWAY + CUT + HELD:
            await asyncio.sleep(self.random.uniform(1, LONGEST["hold"]))
        return await go()

    async def strike(self) -> None:
        """One of these, for a while."""
        ways: dict[str, Callable[[], Awaitable[None]]] = {
            "the network is down": self._night,
            "the database is locked": self._lock,
            "the machine stood still": self._pause,
            "the process dies": self._die,
        }
        name = self.random.choice(list(ways))
        self.strokes.append(name)
        await ways[name]()

    async def _night(self) -> None:
        self.down = True
        await asyncio.sleep(LONGEST["night"] ** self.random.random())
        self.down = False

    async def _lock(self) -> None:
        with closing(sqlite3.connect(self.path, isolation_level=None, timeout=0)) as other:
            with suppress(sqlite3.OperationalError):
                other.execute("begin immediate")
            await asyncio.sleep(self.random.uniform(0.1, LONGEST["lock"]))

    async def _pause(self) -> None:
        seconds = self.random.uniform(1, LONGEST["pause"])
        self.made.sandbox.clock.advance(timedelta(seconds=seconds))

    async def _die(self) -> None:
        """In the middle of whatever it does; a new one comes up."""
        await self.end()
        old = self.made.app
        fetcher = Fetcher(enabled=False)
        self.made.app = house.build(
            old.config, clock=old.clock, telegram=self.made.line, fetcher=fetcher
        )
        await _start(self.made.app)
        self.begin()

    def begin(self) -> None:
        self._life = asyncio.create_task(_live(self.made.app))

    async def end(self) -> None:
        assert self._life is not None
        self._life.cancel()
        with suppress(asyncio.CancelledError):
            await self._life
        await self.made.app.stop(0)


def _refusal(seconds: int) -> Answer:
    refused = {"ok": False, "error_code": 429, "description": "Too Many Requests"}
    return 429, json.dumps({**refused, "parameters": {"retry_after": seconds}}).encode()


async def _start(app: App) -> None:
    """As often as a supervisor would."""
    while True:
        try:
            return await app.start()
        except TelegramError:
            await asyncio.sleep(5)


async def _live(app: App) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(app.run())
        group.create_task(_tick(app))


async def _tick(app: App) -> None:
    while True:
        await asyncio.sleep(TICKS)
        for name in routes.jobs:
            await app.tick(name)

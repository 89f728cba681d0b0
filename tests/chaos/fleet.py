"""Several real processes on one PostgreSQL, a balancer before them, and a hand that kills them."""

import asyncio
import json
import signal
import socket
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from sqlalchemy import text

from storage.database import Database
from tests.chaos.cradle import Life
from tests.chaos.stage import HOST, PATIENCE, Stage, staged
from tests.databases import Postgres

SECRET = "a-secret-that-all-replicas-share-0123456789"
SOON = aiohttp.ClientTimeout(total=5)


@dataclass
class Member:
    process: Life | Process
    port: int

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"


@dataclass
class Fleet:
    stage: Stage
    db: Database
    http: aiohttp.ClientSession
    members: list[Member] = field(default_factory=list)
    kills: int = 0
    came: dict[int, float] = field(default_factory=dict)  # when, of each update; the first time
    taken: dict[int, float] = field(default_factory=dict)  # when a replica had said so

    async def start(self, port: int | None = None) -> Member:
        """Another replica; returns once it answers."""
        port = port or free_port()
        process = await self.stage.bear("run", changed={"PAPRSEK_WEB__PORT": str(port)})
        member = Member(process, port)
        await self.until(lambda: self._answers(member))
        self.members.append(member)
        return member

    async def _answers(self, member: Member) -> bool:
        assert member.process.returncode is None, self.stage.log
        return await self.health(member) is not None

    async def health(self, member: Member) -> dict[str, Any] | None:
        try:
            async with self.http.get(f"{member.address}/healthz") as answer:
                told: dict[str, Any] = await answer.json()
                return told
        except (aiohttp.ClientError, TimeoutError):
            return None

    async def leader(self) -> Member:
        """Whoever leads, or will soon."""
        async with asyncio.timeout(PATIENCE):
            while (found := await self._leading()) is None:  # noqa: ASYNC110 -- of a process
                await asyncio.sleep(0.05)
        return found

    async def is_led(self) -> bool:
        return await self._leading() is not None

    async def _leading(self) -> Member | None:
        for member in self.members:
            health = await self.health(member)
            if health and health["role"] == "leader":
                return member
        return None

    async def kill(self, member: Member) -> None:
        self.members.remove(member)
        member.process.kill()
        await member.process.wait()
        self.kills += 1

    async def pause(self, member: Member, seconds: float) -> None:
        """It stands still, and does not know afterwards that it did."""
        member.process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        member.process.send_signal(signal.SIGCONT)

    async def ask(self, query: str) -> list[tuple[Any, ...]]:
        async with self.db.engine.connect() as connection:
            return [tuple(row) for row in await connection.execute(text(query))]

    async def is_quiet(self) -> bool:
        waits = "select 1 from inbox where state = 0 union all "
        owed = "select 1 from outbox where state in (0, 1) limit 1"
        queue = self.stage.sandbox.queue(self.stage.sandbox.world.bot)
        return not queue.waiting and not await self.ask(waits + owed)

    async def until(
        self, holds: Callable[[], Awaitable[bool]], patience: float = PATIENCE
    ) -> None:
        async with asyncio.timeout(patience):
            while not await holds():
                assert all(each.process.returncode is None for each in self.members)
                await asyncio.sleep(0.05)

    async def balance(self, request: web.Request) -> web.Response:
        """To any of the replicas; when none takes it, Telegram is to try again."""
        body, headers = await request.read(), dict(request.headers)
        number = json.loads(body)["update_id"]
        self.came.setdefault(number, time.monotonic())
        members = list(self.members)
        self.stage.random.shuffle(members)
        for member in members:
            try:
                async with self.http.post(
                    f"{member.address}{request.path}", data=body, headers=headers
                ) as answer:
                    if answer.ok:
                        self.taken.setdefault(number, time.monotonic())
                    if answer.status < 500:
                        return web.Response(status=answer.status)
            except (aiohttp.ClientError, TimeoutError):
                continue
        return web.Response(status=502)

    async def end(self) -> None:
        for member in self.members:
            member.process.kill()
            await member.process.wait()


@asynccontextmanager
async def seeded(server: Postgres, folder: Path, people: int) -> AsyncIterator[Fleet]:
    """With people and an event, in a database of its own; no replica runs yet."""
    url = server.copy("template0")
    async with fleet(folder, url, people) as made:
        await made.stage.seed()
        yield made
    server.drop(url)


@asynccontextmanager
async def fleet(folder: Path, url: str, people: int) -> AsyncIterator[Fleet]:
    """So many people; no replica runs yet."""
    async with staged(folder, people) as stage, aiohttp.ClientSession(timeout=SOON) as http:
        made = Fleet(stage, Database(url), http)
        runner = await _served(made.balance)
        [(host, port)] = [address[:2] for address in runner.addresses]
        stage.environment |= {
            "PAPRSEK_STORAGE__URL": url,
            "PAPRSEK_TELEGRAM__MODE": "webhook",
            "PAPRSEK_TELEGRAM__WEBHOOK_URL": f"http://{host}:{port}",
            "PAPRSEK_TELEGRAM__WEBHOOK_SECRET": SECRET,
            "PAPRSEK_WEB__PORT": str(free_port()),
        }
        try:
            yield made
        finally:
            await made.end()
            await made.db.dispose()
            await runner.cleanup()


def free_port() -> int:
    """That of others may be taken by tests that run beside us."""
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


async def _served(balance: Callable[[web.Request], Awaitable[web.Response]]) -> web.AppRunner:
    app = web.Application()
    app.router.add_post("/telegram", balance)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, HOST, 0).start()
    return runner

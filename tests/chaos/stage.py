"""The real process in front of a Telegram that remembers everything, and a hand that kills it.

The verdict on a run comes from that Telegram and from the database, never from the bot's words.
`CHAOS=1` runs the full sizes; `SEED=…` repeats the moments of an earlier run.
"""

import asyncio
import os
import signal
import sqlite3
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import IO, Any

from bot.sandbox.clock import Clock
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Call, Sandbox
from bot.sandbox.server import serve
from bot.sandbox.world import Bot, User, World
from storage.inbox import State as Received
from storage.outbox import State as Sent
from tests.chaos.cradle import Cradle, Life

ROOT = Path(__file__).parents[2]
FULL = os.environ.get("CHAOS") == "1"
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID")  # all workers of a run draw the same tests
SEED = int(os.environ.get("SEED", "0")) or Random(RUN).randrange(1, 10**6)
HOST = "127.0.0.1"
TOKEN = "7000001:no-log-may-ever-show-this-token-0123456789"
FIRST = 10_000_001
IN_FLIGHT = 8
PATIENCE = 120  # seconds, for machines that are busy with something else


@dataclass
class Stage:
    sandbox: Sandbox
    folder: Path
    random: Random
    environment: dict[str, str]
    cradle: Cradle
    kills: int = 0
    doubtful: int = 0  # messages that may have been on their way at a kill
    process: Life | None = None

    # The process.

    async def seed(self) -> None:
        """Make the database; everybody is a member, and there is an event with room for all."""
        members = str(len(self.sandbox.world.users))
        for words in (["migrate"], ["seed", "--members", members, "--first-id", str(FIRST)]):
            process = await self.bear(*words)
            assert await process.wait() == 0, self.log

    async def start(self) -> None:
        self.process = await self.bear("run")

    async def awake(self) -> None:
        """Wait until the process asks Telegram for news."""
        last = self.sandbox.calls[-1].n if self.sandbox.calls else 0
        await self.until(lambda: any(_asks(call, last) for call in self.sandbox.calls[-10:]))

    async def kill(self) -> None:
        assert self.process is not None
        assert self.process.returncode is None, self.obituary
        self.process.kill()
        await self.process.wait()
        self.process = None
        self.kills += 1
        [on_their_way] = self.ask(
            "select count(*) from outbox where state = ? and method like 'send%'", Sent.SENDING
        )
        self.doubtful += on_their_way[0]

    async def stop(self) -> int:
        """End it as a supervisor would. Returns the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        code, self.process = await self.process.wait(), None
        return code

    async def bear(self, *words: str, changed: Mapping[str, str] | None = None) -> Life:
        """As `launch`, but with everything loaded already."""
        environment = self.environment | dict(changed or {})
        return await self.cradle.bear(words, self.folder, environment, self.folder / "log")

    async def launch(
        self, *words: str, changed: Mapping[str, str] | None = None, log: IO[bytes] | None = None
    ) -> Process:
        """`python -m bot …` in an environment that may be `changed`; it writes to our log."""
        with (self.folder / "log").open("ab") as ours:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", *words),
                cwd=self.folder,
                env=self.environment | dict(changed or {}),
                stdout=log or ours,
                stderr=log or ours,
            )

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    @property
    def obituary(self) -> str:
        return f"it ended by itself with {self.process and self.process.returncode}\n{self.log}"

    # The people.

    def person(self, number: int) -> Person:
        return Person(self.sandbox, FIRST + number)

    async def greet(self, person: Person) -> int:
        """A message from the bot, to press under; its id."""
        greeting = {"chat_id": person.id, "text": "Vítejte"}
        _, answer = await self.sandbox.call(TOKEN, "sendMessage", greeting)
        return int(answer["result"]["message_id"])

    # What has become of everything.

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "paprsek.db", timeout=30)) as database:
            return database.execute(query, values).fetchall()

    def is_quiet(self) -> bool:
        """Nothing waits: not at Telegram, not in the inbox, not in the outbox."""
        inbox = self.ask("select 1 from inbox where state = ? limit 1", Received.NEW)
        owed = "select 1 from outbox where state in (?, ?) limit 1"
        outbox = self.ask(owed, Sent.PENDING, Sent.SENDING)
        return not (self.sandbox.queue(self.sandbox.world.bot).waiting or inbox or outbox)

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not holds():
                assert self.process is None or self.process.returncode is None, self.obituary
                await asyncio.sleep(0.02)

    async def end(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()


@asynccontextmanager
async def staged(folder: Path, people: int) -> AsyncIterator[Stage]:
    """So many people with a phone; the bot is not started yet and has no database."""
    print(f"SEED={SEED}")
    users = [User(FIRST + number, "Člen", str(number), started=True) for number in range(people)]
    world = World(bots=[Bot(TOKEN, username="paprsek_bot")], users=users, clock=Clock())
    sandbox = Sandbox(world, call_log=10_000_000)
    listening: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    telegram = serve(sandbox, HOST, 0, page=False, ready=listening.set_result)
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(telegram)
        environment = _environment(folder, await listening)
        cradle = Cradle(environment)
        stage = Stage(sandbox, folder, Random(SEED), environment, cradle)
        try:
            yield stage
        finally:
            await stage.end()
            await cradle.close()
            serving.cancel()


def _environment(folder: Path, port: int) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "PYTHONPATH": str(ROOT),
        "PAPRSEK_TELEGRAM__TOKEN": TOKEN,
        "PAPRSEK_TELEGRAM__API_URL": f"http://{HOST}:{port}",
        "PAPRSEK_STORAGE__URL": f"sqlite:///{folder}/paprsek.db",
        "PAPRSEK_SENDING__BULK_PER_SECOND": "1000",
        "PAPRSEK_SENDING__IN_FLIGHT": str(IN_FLIGHT),
        "PAPRSEK_FETCHING__ENABLED": "false",
        "PAPRSEK_LOG__FORMAT": "json",
    }


def _asks(call: Call, after: int) -> bool:
    return call.n > after and call.method == "deleteWebhook"

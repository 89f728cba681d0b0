"""A Telegram with many people in this process, and bots in processes of their own."""

import asyncio
import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.sandbox.clock import Clock
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Call, Sandbox
from bot.sandbox.server import serve
from bot.sandbox.world import Bot, User, World

TOKEN = "4242:benchmark-token-0123456789-0123456789"
FIRST = 10_000_001
ROOT = Path(__file__).parents[2]
PATIENCE = 300  # seconds


@dataclass
class Stage:
    sandbox: Sandbox
    url: str
    people: list[Person]
    cards: dict[int, int] = field(default_factory=dict)  # person -> message with the button

    async def show_cards(self, data: str) -> None:
        """Everybody has a card with the button in their chat."""
        keyboard = {"inline_keyboard": [[{"text": "Sign up", "callback_data": data}]]}
        for person in self.people:
            look = {"chat_id": person.id, "text": "A workshop", "reply_markup": keyboard}
            _, answer = await self.sandbox.call(TOKEN, "sendMessage", look)
            self.cards[person.id] = answer["result"]["message_id"]
        self.sandbox.calls.clear()

    def press(self, person: Person, data: str) -> None:
        person.presses_data(data, self.cards[person.id])

    def ended(self, method: str) -> list[Call]:
        return [call for call in self.sandbox.calls if call.method == method and call.ok]

    async def until(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > deadline:
                raise TimeoutError(f"still not done after {PATIENCE} s")
            await asyncio.sleep(0.05)


@asynccontextmanager
async def stage(people: int) -> AsyncIterator[Stage]:
    users = [User(FIRST + n, "Člen", str(FIRST + n), started=True) for n in range(people)]
    world = World(bots=[Bot(TOKEN, username="bench_bot")], users=users, clock=Clock())
    sandbox = Sandbox(world, call_log=2_000_000)
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(
        serve(sandbox, "127.0.0.1", 0, page=False, ready=port.set_result)
    )
    try:
        url = f"http://127.0.0.1:{await port}"
        yield Stage(sandbox, url, [Person(sandbox, user.id) for user in users])
    finally:
        serving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await serving


@dataclass
class House:
    """A prepared database and the settings of a bot over it."""

    folder: Path
    environment: dict[str, str]

    @property
    def database(self) -> Path:
        return self.folder / "bench.db"

    def workshop(self) -> int:
        with contextlib.closing(sqlite3.connect(self.database)) as db:
            query = "select workshop_id from part where capacity = 100000"
            return int(db.execute(query).fetchone()[0])

    def command(self, *words: str) -> None:
        run = [sys.executable, "-m", "bot", *words]
        subprocess.run(run, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.DEVNULL)

    @contextlib.contextmanager
    def bot(self, url: str, *words: str, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
        run = [sys.executable, *(words or ("-m", "bot", "run"))]
        environment = {**self.environment, "PAPRSEK_TELEGRAM__API_URL": url, **settings}
        log = (self.folder / "bot.log").open("wb")
        process = subprocess.Popen(run, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
            log.close()


@contextlib.contextmanager
def house(members: int) -> Iterator[House]:
    folder = Path(tempfile.mkdtemp(prefix="paprsek-bench-"))
    environment = {
        **os.environ,
        "PAPRSEK_TELEGRAM__TOKEN": TOKEN,
        "PAPRSEK_STORAGE__URL": f"sqlite:///{folder}/bench.db",
        "PAPRSEK_FETCHING__ENABLED": "false",
        "PAPRSEK_LOG__LEVEL": "warning",
    }
    made = House(folder, environment)
    try:
        made.command("migrate")
        made.command("seed", "--members", str(members), "--first-id", str(FIRST))
        yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)

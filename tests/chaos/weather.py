"""A house in quick time, and a line to Telegram on which the weather may be bad."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa
from pydantic import SecretStr
from sqlmodel import SQLModel, col, select
from structlog.testing import capture_logs
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData

from bot import app as house
from bot.app import App
from bot.config import Cluster, Config, Sending, Storage, Telegram
from bot.runtime.transport import SEND
from bot.sandbox.people import Person as Phone
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.wire import InProcess
from bot.sandbox.world import Bot, User, World
from bot.sources.fetching import Fetcher
from storage import batches
from storage.database import Database
from storage.outbox import Batch, Outbox, State
from storage.people import Person
from tests.chaos.quick_time import QuickClock
from tests.chaos.stage import FIRST, SEED, TOKEN
from tests.conftest import NOW

WORDS = "Zítra od devíti se potkáme v Přerově."
WAITS = (State.PENDING, State.SENDING)
Answer = tuple[int, bytes]
Go = Callable[[], Awaitable[Answer]]


@dataclass
class Request:
    method: str
    params: dict[str, Any]
    began: float

    @property
    def chat(self) -> int:
        return int(self.params.get("chat_id", 0))

    @property
    def is_bulk(self) -> bool:
        return self.params.get("text") == WORDS


Fate = Callable[[Request, Go], Awaitable[Answer]]


async def _fair(_: Request, go: Go) -> Answer:
    return await go()


class Line(InProcess):
    """What becomes of a request, `fate` decides; the patience is that of the real transport."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(sandbox)
        self.fate: Fate = _fair

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        *rest: Any,
        **named: Any,
    ) -> Answer:
        params = dict(request_data.json_parameters) if request_data else {}
        began = asyncio.get_running_loop().time()
        request = Request(url.rpartition("/")[2], params, began)
        go = partial(super().do_request, url, method, request_data)
        waits = read_timeout if isinstance(read_timeout, (int, float)) else SEND
        try:
            async with asyncio.timeout(waits):
                return await self.fate(request, go)
        except TimeoutError as error:
            raise TimedOut("SocketTimeoutError") from error


@dataclass
class Trial:
    app: App
    sandbox: Sandbox
    line: Line
    log: list[Any]
    random: Random = field(default_factory=lambda: Random(SEED))

    def phone(self, number: int) -> Phone:
        return Phone(self.sandbox, FIRST + number)

    async def owe(self, count: int) -> None:
        """The words, to the first `count` people."""
        last = FIRST + count
        people = sa.select(col(Person.id), col(Person.telegram_id)).where(
            col(Person.telegram_id) < last
        )
        async with self.app.db.writing() as session:
            batch = Batch(method="sendMessage", payload={"text": WORDS}, created_at=NOW)
            assert await batches.owe(session, batch, people, "b1", NOW) == count

    async def rows(self) -> list[Outbox]:
        async with self.app.db.reading() as session:
            return list((await session.exec(select(Outbox))).all())

    async def until_quiet(self, patience: timedelta) -> None:
        async with asyncio.timeout(patience.total_seconds()):
            while not await self._is_quiet():  # noqa: ASYNC110 -- the end is in the database
                await asyncio.sleep(10)

    async def _is_quiet(self) -> bool:
        if self.sandbox.queue(self.sandbox.world.bot).waiting or self.app.inbox.in_hand:
            return False
        async with self.app.db.reading() as session:
            waits = select(Outbox.id).where(col(Outbox.state).in_(WAITS)).limit(1)
            return (await session.exec(waits)).first() is None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        working = asyncio.create_task(self.app.run())
        try:
            yield
        finally:
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working


@asynccontextmanager
async def trial(folder: Path, people: int, *, pace: float = 25) -> AsyncIterator[Trial]:
    """So many members; nothing runs yet. Only in quick time."""
    print(f"SEED={SEED}")
    clock = QuickClock(NOW)
    users = [User(FIRST + number, "Člen", str(number), started=True) for number in range(people)]
    world = World(bots=[Bot(TOKEN, username="paprsek_bot")], users=users, clock=clock)
    sandbox = Sandbox(world, call_log=10_000_000)
    url = f"sqlite:///{folder}/trial.db"
    await _found(url)
    config = Config(
        telegram=Telegram(token=SecretStr(TOKEN)),
        storage=Storage(url=url),
        cluster=Cluster(name="Ukázkový klastr"),
        sending=Sending(bulk_per_second=pace),
    )
    line, fetcher = Line(sandbox), Fetcher(enabled=False)
    with capture_logs() as log:
        app = house.build(config, clock=clock, telegram=line, fetcher=fetcher)
        try:
            await app.start()
            await _know(app, users)
            yield Trial(app, sandbox, line, log)
        finally:
            await app.stop()


async def _found(url: str) -> None:
    db = Database(url)
    async with db.engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    await db.dispose()


async def _know(app: App, users: list[User]) -> None:
    async with app.db.writing() as session:
        session.add_all(
            Person(telegram_id=user.id, first_name=user.first_name, language="cs", met_at=NOW)
            for user in users
        )


def lost(why: Exception) -> NetworkError:
    """What the real transport makes of an error of the network."""
    error = NetworkError(type(why).__name__)
    error.__cause__ = why
    return error

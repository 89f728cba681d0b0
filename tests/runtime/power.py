"""A house whose power goes off at the n-th thing that leaves it: a commit or a call."""

import asyncio
import copy
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import app as house
from bot.app import App
from bot.config import Config, Storage
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.wire import InProcess
from bot.sandbox.world import World
from storage.database import Database


class PowerCut(asyncio.CancelledError):
    """Whatever it meets ends there and then, as it does when a process dies."""


class Power:
    """Never goes off while `left` is 0 or less."""

    def __init__(self, left: int = 0, *, after: bool = False) -> None:
        self.left, self._after = left, after
        self.off = asyncio.Event()

    def before(self) -> bool:
        """Something is about to happen; tells whether it is the last."""
        if self.off.is_set():
            raise PowerCut
        self.left -= 1
        if self.left == 0 and not self._after:
            self.cut()
        return self.left == 0

    def after(self, *, last: bool) -> None:
        if last or self.off.is_set():
            self.cut()

    def cut(self) -> None:
        self.off.set()
        raise PowerCut


class UnsteadyDatabase(Database):
    power = Power()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        async with super().writing() as session:
            yield session
            last = self.power.before()
        self.power.after(last=last)


class UnsteadyWire(InProcess):
    def __init__(self, sandbox: Sandbox, power: Power) -> None:
        super().__init__(sandbox)
        self._power = power

    async def do_request(self, *args: Any, **named: Any) -> tuple[int, bytes]:
        last = self._power.before()
        answer = await super().do_request(*args, **named)
        self._power.after(last=last)
        return answer


@dataclass
class Scene:
    """A moment to which everything can go back: the database, the chats, Telegram's numbers."""

    config: Config
    database: Path
    world: World
    next_update: int

    @classmethod
    async def of(cls, app: App, sandbox: Sandbox, folder: Path) -> "Scene":
        """Ends `app`."""
        await app.stop()
        assert app.db.path is not None
        kept = shutil.copy(app.db.path, folder / "scene.db")
        queue = sandbox.queue(sandbox.world.bot)
        return cls(app.config, Path(kept), copy.deepcopy(sandbox.world), queue.next_id)

    def again(self, folder: Path) -> "Take":
        for ending in ("-wal", "-shm"):
            (folder / f"take.db{ending}").unlink(missing_ok=True)
        path = shutil.copy(self.database, folder / "take.db")
        config = self.config.model_copy(update={"storage": Storage(url=f"sqlite:///{path}")})
        sandbox = Sandbox(copy.deepcopy(self.world))
        sandbox.queue(sandbox.world.bot).next_id = self.next_update
        return Take(config, sandbox)


@dataclass
class Take:
    config: Config
    sandbox: Sandbox

    def phone(self, telegram_id: int) -> Person:
        return Person(self.sandbox, telegram_id)

    async def run(self, power: Power, patch: pytest.MonkeyPatch, jobs: Sequence[str] = ()) -> bool:
        """Work until nothing is left, or until the power goes off: then True. `jobs` are done
        once what waits has been."""
        app = await self._started(power, patch)
        settling = asyncio.create_task(_work_off(app, jobs))
        darkness = asyncio.create_task(power.off.wait())
        try:
            await asyncio.wait({settling, darkness}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            settling.cancel()
            darkness.cancel()
            await asyncio.gather(settling, darkness, return_exceptions=True)
            await app.stop(0 if power.off.is_set() else 10)
        if not power.off.is_set():
            settling.result()
        return power.off.is_set()

    async def _started(self, power: Power, patch: pytest.MonkeyPatch) -> App:
        patch.setattr(UnsteadyDatabase, "power", Power())
        patch.setattr(house, "Database", UnsteadyDatabase)
        wire = UnsteadyWire(self.sandbox, power)
        left, power.left = power.left, 0
        app = house.build(self.config, clock=self.sandbox.clock, telegram=wire, limits=False)
        await app.start()
        power.left = left
        patch.setattr(UnsteadyDatabase, "power", power)
        return app


async def _work_off(app: App, jobs: Sequence[str]) -> None:
    await app.settle()
    for name in jobs:
        await app.tick(name)
    if jobs:
        await app.settle()

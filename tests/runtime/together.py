"""Several replicas in this process: one database, one Telegram, and a hand on their leases."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy import text

from bot import app as house
from bot.app import App
from bot.config import Config
from bot.runtime.replica import Replica
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.wire import InProcess


@dataclass
class Together:
    config: Config
    sandbox: Sandbox
    apps: list[App] = field(default_factory=list)

    async def join(self) -> App:
        """Another replica. The first one leads."""
        wire = InProcess(self.sandbox)
        app = house.build(self.config, clock=self.sandbox.clock, telegram=wire, limits=False)
        self.apps.append(app)
        await app.start()
        return app

    async def die(self, app: App) -> None:
        """As with `kill -9`: whatever it does ends, and it says nothing to anybody."""
        self.apps.remove(app)
        await app.nursery.close(0)
        await app.bot.shutdown()
        await app.db.dispose()

    async def time_out(self, app: App, seconds: int = 0) -> None:
        """Its leases end so much later, as if it had not been heard of for a while."""
        over = f"set expires_at = clock_timestamp() + interval '{seconds} seconds' where"
        async with self.apps[0].db.writing() as session:
            connection = await session.connection()
            number = standing(app).number
            await connection.execute(text(f"update replica {over} id = {number}"))
            await connection.execute(text(f"update lease {over} holder = {number}"))

    async def depose(self, old: App, new: App) -> None:
        """`old` has been away for too long, and does not know it yet."""
        await self.time_out(old)
        await new.replica.beat()
        await new.succession.take_over()

    async def end(self) -> None:
        for app in self.apps:
            await app.stop()


def standing(app: App) -> Replica:
    assert isinstance(app.replica, Replica)
    return app.replica


def forget(app: App) -> None:
    """It does not trust its own leases any more, as after a long pause."""
    standing(app)._trusted_until = 0


@asynccontextmanager
async def running(app: App) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(app.run())
        try:
            yield
        finally:
            task.cancel()

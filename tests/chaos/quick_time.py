"""Hours in seconds: a loop whose time stands still while anybody works, and jumps when all wait.

The house runs in it as it always does, with its own pauses and patience; nobody sits
them out.
"""

import asyncio
import selectors
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

import aiosqlite
import pytest

from bot.runtime import errands, outbox
from bot.sandbox.clock import Clock

DISK = 0.005  # seconds for what waits for it
LOOK = 10.0  # seconds: days of looks at the database every second are much to compute


class QuickClock(Clock):
    """By it, time goes as it does in the loop."""

    def __call__(self) -> datetime:
        return super().__call__() + timedelta(seconds=time.monotonic())


class _Patience(selectors.DefaultSelector):
    """Waits for threads that are at work, and for nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.at_work = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout <= 0 or self.at_work:
            return super().select(timeout)
        ready = super().select(0)
        if not ready:
            self.now += timeout
        return ready


class QuickLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.patience = _Patience()
        super().__init__(self.patience)

    def time(self) -> float:
        return self.patience.now


def quickly(work: Coroutine[Any, Any, None], patch: pytest.MonkeyPatch) -> None:
    """Run `work` in quick time."""
    loop = QuickLoop()
    for name in ("_execute", "_connect"):
        awaited = _counted(getattr(aiosqlite.Connection, name), loop.patience)
        patch.setattr(aiosqlite.Connection, name, awaited)
    for module in (outbox, errands):
        patch.setattr(module, "IDLE", LOOK)
    patch.setattr(time, "monotonic", loop.time)
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(work)
    patch.undo()


def _counted(
    work: Callable[..., Awaitable[Any]], patience: _Patience
) -> Callable[..., Awaitable[Any]]:
    async def counted(*given: Any, **named: Any) -> Any:
        await asyncio.sleep(DISK)
        patience.at_work += 1
        try:
            return await work(*given, **named)
        finally:
            patience.at_work -= 1

    return counted

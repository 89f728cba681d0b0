"""What just happened, numbered, for those who watch: the chat page above all."""

import asyncio
from collections import deque
from typing import Any

from bot.sandbox.world import Json

KEPT = 1_000


class Events:
    """A ring of the latest events, and those who wait for the next one."""

    def __init__(self) -> None:
        self._ring: deque[tuple[int, Json]] = deque(maxlen=KEPT)
        self.last = 0
        self.closed = False
        self._watchers: set[asyncio.Event] = set()

    def publish(self, kind: str, **details: Any) -> None:
        self.last += 1
        self._ring.append((self.last, {"type": kind, **details}))
        for watcher in self._watchers:
            watcher.set()

    def after(self, number: int) -> list[tuple[int, Json]]:
        """The events after `number`; one `reset` when some of them are no longer kept."""
        oldest = self._ring[0][0] if self._ring else self.last + 1
        if number > self.last or number < oldest - 1:
            return [(self.last, {"type": "reset"})]
        return [event for event in self._ring if event[0] > number]

    def close(self) -> None:
        """Send the watchers home; a server that stops should not wait for them."""
        self.closed = True
        for watcher in self._watchers:
            watcher.set()

    def watch(self) -> asyncio.Event:
        watcher = asyncio.Event()
        self._watchers.add(watcher)
        return watcher

    def unwatch(self, watcher: asyncio.Event) -> None:
        self._watchers.discard(watcher)

"""Calls of one urgency that are in hand: one a chat, each with the moment when it may leave."""

import heapq
import time
from itertools import count

from storage.outbox import Call


class Queue:
    """Moments are seconds of the monotonic clock."""

    def __init__(self) -> None:
        self.held: dict[int, Call] = {}  # by chat, those on their way included
        self._waiting: list[tuple[float, int, int]] = []
        self._turns = count()

    def hold(self, call: Call) -> None:
        """Only one for a chat: one that may not be written to must not keep others waiting."""
        if call.chat_id not in self.held:
            self.held[call.chat_id] = call
            self._put(call.chat_id, time.monotonic())

    def first(self) -> tuple[float, Call] | None:
        """The next to leave, and not before when."""
        if not self._waiting:
            return None
        at, _, chat_id = self._waiting[0]
        return at, self.held[chat_id]

    def take(self) -> Call:
        _, _, chat_id = heapq.heappop(self._waiting)
        return self.held[chat_id]

    def put_off(self, at: float) -> None:
        """The first waits until then; another may go before it."""
        self._put(self.take().chat_id, at)

    def release(self, call: Call) -> None:
        del self.held[call.chat_id]

    def _put(self, chat_id: int, at: float) -> None:
        heapq.heappush(self._waiting, (at, next(self._turns), chat_id))

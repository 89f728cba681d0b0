"""Telegram's patience: how much a bot may send before it is told to wait."""

from collections import deque
from datetime import datetime

from bot.sandbox.errors import Flooded
from bot.sandbox.records import Chat

OVERALL_PER_SECOND = 30
PAID_PER_SECOND = 1_000
CONVERSATION_SECONDS = 60
PER_CHAT_BURST = 200
PER_CHAT_SECONDS = 1.0
GROUP_PER_MINUTE = 20
MINUTE = 60.0
PAUSE_SECONDS = 1.0


class Flood:
    """30 chats a second (1 000 if paid for), a message a second to a chat on the average of
    three minutes, 20 a minute to a group. `scale` 2 allows twice as much of each.

    Haste is what counts. What answers somebody who has just written or pressed is not bulk, nor is
    what follows to the same chat within a second; and messages to a group that leave a second
    between them are let through, however many. Whoever is told to wait has to.
    """

    def __init__(self, scale: float = 1) -> None:
        self._scale = scale
        self._overall: deque[float] = deque()
        self._paid: deque[float] = deque()
        self._debts: dict[int, tuple[float, float]] = {}
        self._groups: dict[int, deque[float]] = {}
        self._last: dict[int, float] = {}
        self._closed: dict[int, float] = {}

    def check(self, chat: Chat, now: datetime, *, paid: bool = False) -> None:
        """Count one message. Raises the 429 that says how long to wait; those are not counted."""
        at = now.timestamp()
        bulk, limit = (
            (self._paid, PAID_PER_SECOND) if paid else (self._overall, OVERALL_PER_SECOND)
        )
        is_hasty = at - self._last.get(chat.id, 0.0) < PAUSE_SECONDS
        is_bulk = not is_hasty and at - chat.heard_at > CONVERSATION_SECONDS
        group = self._groups.setdefault(chat.id, deque()) if chat.type != "private" else None
        waits = [self._chat_wait(chat.id, at)]
        if is_bulk:
            waits.append(_window_wait(bulk, at, 1.0, limit * self._scale))
        if group is not None:
            waits.append(self._group_wait(chat.id, group, at, is_hasty=is_hasty))
        if (longest := max(waits)) > 0:
            raise Flooded(longest)
        if is_bulk:
            bulk.append(at)
        if group is not None and is_hasty:
            group.append(at)
        self._debts[chat.id] = (at, self._debt(chat.id, at) + 1)
        self._last[chat.id] = at

    def _group_wait(
        self, chat_id: int, hasty: deque[float], at: float, *, is_hasty: bool
    ) -> float:
        """The first of a hasty row is not among the hasty ones, but among the 20."""
        if is_hasty and (
            wait := _window_wait(hasty, at, MINUTE, GROUP_PER_MINUTE * self._scale - 1)
        ):
            self._closed[chat_id] = at + wait
        return max(0.0, self._closed.get(chat_id, 0.0) - at)

    def _debt(self, chat_id: int, at: float) -> float:
        """Messages of a chat's burst not yet paid off by time."""
        since, debt = self._debts.get(chat_id, (at, 0.0))
        return max(0.0, debt - (at - since) * self._scale / PER_CHAT_SECONDS)

    def _chat_wait(self, chat_id: int, at: float) -> float:
        over = self._debt(chat_id, at) + 1 - PER_CHAT_BURST * self._scale
        return over * PER_CHAT_SECONDS / self._scale if over > 0 else 0.0


def _window_wait(sent: deque[float], at: float, seconds: float, limit: float) -> float:
    while sent and sent[0] <= at - seconds:
        sent.popleft()
    return sent[0] + seconds - at if len(sent) >= limit else 0.0

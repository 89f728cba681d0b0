"""The queue of what a bot has yet to hear: confirmed by offset, forgotten after a while."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.errors import Refused, conflict
from bot.sandbox.request import Request, method
from bot.sandbox.world import Json

RETENTION = {
    "callback_query": timedelta(seconds=150),
    "shipping_query": timedelta(seconds=150),
    "pre_checkout_query": timedelta(seconds=150),
    "inline_query": timedelta(seconds=30),
    "chosen_inline_result": timedelta(seconds=600),
}
A_DAY = timedelta(hours=24)
ON_REQUEST_ONLY = {"chat_member", "message_reaction", "message_reaction_count"}
FIRST_UPDATE_ID = 100_000_001
IDS_A_SECOND, MOST_AHEAD = 16, 2_000_000_000
MAX_QUEUED = 100_000
LONGEST_POLL = 50
AT_ONCE = timedelta(seconds=0.5)
SOON = timedelta(seconds=3)
CONFLICT_PAUSE = timedelta(seconds=3)
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Waiting:
    """`lane` is the key within which a webhook gets its updates in order."""

    id: int
    kind: str
    lane: str
    expires: datetime
    body: Json

    @property
    def update(self) -> Json:
        return {"update_id": self.id, self.kind: self.body}


class Queue:
    """The updates of one bot."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.waiting: deque[Waiting] = deque()
        self._first_expiry = NEVER
        self.next_id = _first_id(clock)
        self.allowed: list[str] = []
        self.poll: asyncio.Future[None] | None = None
        self.on_arrival: Callable[[], None] = lambda: None
        self._last_ask: tuple[int, datetime] | None = None
        self._next_conflict: datetime | None = None

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ON_REQUEST_ONLY

    def push(self, kind: str, lane: str, body: Json) -> None:
        """Queue an update, unless the bot does not want its kind or the queue is full."""
        if not self.wants(kind) or len(self.waiting) >= MAX_QUEUED:
            return
        expires = self._clock() + RETENTION.get(kind, A_DAY)
        self.waiting.append(Waiting(self.next_id, kind, lane, expires, body))
        self._first_expiry = min(self._first_expiry, expires)
        self.next_id += 1
        self.on_arrival()
        self.wake()

    def confirm(self, offset: int) -> None:
        """Forget everything before `offset`; a negative one keeps only the last few."""
        while offset < 0 and len(self.waiting) > -offset:
            self.waiting.popleft()
        if not self._near(offset):
            return
        while self.waiting and self.waiting[0].id < offset:
            self.waiting.popleft()

    def _near(self, offset: int) -> bool:
        """An offset far from the queue means "from the head" and confirms nothing."""
        return 0 < offset <= self.next_id + 10 and offset >= self.next_id - MAX_QUEUED

    def fresh(self) -> list[Waiting]:
        """What has not expired, oldest first."""
        now = self._clock()
        if now >= self._first_expiry:
            self.refill([one for one in self.waiting if one.expires > now])
        return list(self.waiting)

    def refill(self, waiting: Iterable[Waiting]) -> None:
        self.waiting = deque(waiting)
        self._first_expiry = min((one.expires for one in self.waiting), default=NEVER)

    def remove(self, one: Waiting) -> None:
        if one in self.waiting:
            self.waiting.remove(one)

    def drop(self) -> None:
        self.waiting.clear()

    def wake(self) -> None:
        if self.poll and not self.poll.done():
            self.poll.set_result(None)

    def interrupt(self, reason: str) -> None:
        """End the poll that is waiting now, if any, with a conflict."""
        if self.poll and not self.poll.done():
            self.poll.set_exception(conflict(reason))

    def since_same_offset(self, offset: int) -> timedelta:
        """How long ago the same was asked; while time stands still, long enough."""
        now = self._clock()
        before, self._last_ask = self._last_ask, (offset, now)
        if before is None or before[0] != offset or not self._clock.runs:
            return A_DAY
        return now - before[1]

    def conflict_is_early(self) -> bool:
        """Whether another conflict was told less than three seconds ago."""
        now = self._clock()
        if self._clock.runs and self._next_conflict and now < self._next_conflict:
            return True
        self._next_conflict = now + CONFLICT_PAUSE
        return False

    async def wait(self, seconds: float) -> None:
        self.poll = poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            pass
        finally:
            if self.poll is poll:
                self.poll = None


def _first_id(clock: Clock) -> int:
    """Higher with every start, so that no bot takes an update for one it has had."""
    if not clock.runs:
        return FIRST_UPDATE_ID
    return FIRST_UPDATE_ID + clock.timestamp * IDS_A_SECOND % MOST_AHEAD


@method
async def getUpdates(ask: Request) -> list[Json]:
    queue = ask.sandbox.queue(ask.bot)
    if ask.sandbox.webhook(ask.bot).url:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    remember_allowed(ask, queue)
    queue.interrupt(
        "terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    offset = ask.integer("offset")
    queue.confirm(offset)
    limit = min(max(ask.integer("limit") or 100, 1), 100)
    timeout = min(max(ask.integer("timeout"), 0), LONGEST_POLL)
    since = queue.since_same_offset(offset)
    if since < SOON:
        timeout = max(timeout, SOON.seconds)
    if not queue.fresh() and timeout:
        await _wait(ask, queue, timeout)
    return [one.update for one in queue.fresh()[: 1 if since < AT_ONCE else limit]]


async def _wait(ask: Request, queue: Queue, seconds: int) -> None:
    """Bots that fight over the updates are told so at once first, then with a pause."""
    try:
        await queue.wait(seconds)
    except Refused:
        if queue.conflict_is_early():
            await ask.sandbox.pause(CONFLICT_PAUSE.total_seconds())
        raise


def remember_allowed(ask: Request, queue: Queue) -> None:
    """Bad lists are ignored, as they are at Telegram."""
    with contextlib.suppress(Refused):
        allowed: Any = ask.structure("allowed_updates", "can't parse allowed_updates")
        if isinstance(allowed, list):
            queue.allowed = [str(kind) for kind in allowed]

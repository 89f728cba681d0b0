"""Updates are worked off in lanes: strict order for one person, side by side between people."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.runtime.clerk import Clerk, Served
from bot.runtime.hints import heard
from bot.runtime.nursery import Nursery
from bot.runtime.turns import Turns
from storage import inbox as store
from storage.database import Database
from storage.inbox import Arrival

log = structlog.get_logger(__name__)
FULL = 5000  # updates, or lanes, in hand: no more are asked for, Telegram keeps them
LONG = 500  # updates of one person; what is behind them is not counted
AT_ONCE, TOGETHER = 128, 10  # updates; together, each holds a connection while it is handled
IDLE = 1.0  # seconds between looks for what nobody has told us of
PAGE = 64  # lanes
FIRST = -(2**63)
NAP = 0.05  # seconds in which another replica commits what it has in hand
RETRY = 1.0  # seconds, when the database cannot be used
UNUSABLE = (SQLAlchemyError, OSError)


class Lanes(Protocol):
    room: asyncio.Event  # while set, more may be asked for
    wanted: asyncio.Event  # a hint that other replicas need help

    @property
    def in_hand(self) -> int: ...

    def accept(self, arrivals: Sequence[Arrival]) -> None:
        """Start on what has just been stored."""

    async def resume(self) -> int:
        """Take up what was stored and not done. Returns how much that is, as far as is known."""

    async def run(self) -> None:
        """Until cancelled."""


class OwnLanes:
    """In the memory of the only process there is."""

    def __init__(
        self,
        db: Database,
        clerk: Clerk,
        nursery: Nursery,
        *,
        turns: Turns | None = None,
        at_once: int = AT_ONCE,
    ) -> None:
        self._db, self._clerk, self._nursery = db, clerk, nursery
        self._turns = turns or Turns(0)
        self._slots = asyncio.Semaphore(at_once)
        self._lanes: dict[int, deque[Arrival]] = {}
        self.in_hand = 0
        self.wanted, self.room = asyncio.Event(), asyncio.Event()
        self.room.set()

    async def run(self) -> None:
        await asyncio.Event().wait()

    async def resume(self) -> int:
        count, after = 0, 0
        while True:
            async with self._db.reading() as session:
                arrivals = await store.waiting(session, after=after)
            if not arrivals:
                return count
            self.accept(arrivals)
            count, after = count + len(arrivals), arrivals[-1].id

    def accept(self, arrivals: Sequence[Arrival]) -> None:
        for arrival in arrivals:
            line = self._lanes.get(arrival.lane)
            if line is not None:
                line.append(arrival)
                self._count(1, len(line))
                continue
            self._lanes[arrival.lane] = deque([arrival])
            self._count(1, 1)
            self._nursery.start(self._work_off(arrival.lane))

    def _count(self, change: int, length: int) -> None:
        """Of a long line only the beginning counts: one person must not shut out the others."""
        if length <= LONG:
            self.in_hand += change
        if self.in_hand < FULL:
            self.room.set()
        else:
            self.room.clear()

    async def _work_off(self, number: int) -> None:
        line = self._lanes[number]
        while line:
            await self._turns.come(number)
            async with self._slots:
                await self._clerk.handle(line[0])
            self._count(-1, len(line))
            line.popleft()
        del self._lanes[number]


class SharedLanes:
    """In the database, where every replica finds them. Whoever stores an update starts on it; the
    others take lanes when one has more than it can do, or is gone."""

    def __init__(
        self,
        db: Database,
        clerk: Clerk,
        nursery: Nursery,
        *,
        ring: Callable[[], None] = lambda: None,
        turns: Turns | None = None,
        at_once: int = TOGETHER,
    ) -> None:
        """`ring` asks the others for help."""
        self._db, self._clerk, self._nursery, self._ring = db, clerk, nursery, ring
        self._turns = turns or Turns(0)
        self._slots, self._at_once = asyncio.Semaphore(at_once), at_once
        self._lanes: set[int] = set()
        self._grown: set[int] = set()  # lanes with something new since they were looked at
        self._ours: set[int] = set()  # lanes in which we have stored something
        self._after = FIRST
        self.wanted, self.room = asyncio.Event(), asyncio.Event()
        self.room.set()

    @property
    def in_hand(self) -> int:
        return len(self._lanes)

    def accept(self, arrivals: Sequence[Arrival]) -> None:
        lanes = {arrival.lane for arrival in arrivals}
        self._ours |= lanes
        self._take(lanes)
        if len(self._lanes) > self._at_once:
            self._ring()

    def _take(self, lanes: Iterable[int]) -> None:
        for lane in lanes:
            self._grown.add(lane)
            if lane not in self._lanes:
                self._lanes.add(lane)
                self._nursery.start(self._work_off(lane))
        if len(self._lanes) >= FULL:
            self.room.clear()

    async def _work_off(self, lane: int) -> None:
        try:
            while lane in self._grown:
                self._grown.discard(lane)
                served = await self._serve(lane)
                if served == Served.NOBODY and lane in self._ours:
                    # Whoever has the one before ours may have looked behind it already.
                    await asyncio.sleep(NAP)
                    served = Served.ONE_OF_SOME
                while served == Served.ONE_OF_SOME:
                    served = await self._serve(lane)
        finally:
            self._let_go(lane)

    async def _serve(self, lane: int) -> Served:
        while True:
            await self._turns.come(lane)
            try:
                async with self._slots:
                    return await self._clerk.serve(lane)
            except UNUSABLE:
                log.exception("the database cannot be used, trying again")
            await asyncio.sleep(RETRY)

    def _let_go(self, lane: int) -> None:
        for lanes in (self._lanes, self._grown, self._ours):
            lanes.discard(lane)
        if len(self._lanes) < FULL:
            self.room.set()
        if self._after != FIRST and len(self._lanes) < self._at_once:
            self.wanted.set()  # there were more than a page of them

    async def resume(self) -> int:
        await self._look()
        return len(self._lanes)

    async def run(self) -> None:
        while True:
            await heard(self.wanted, IDLE)
            if len(self._lanes) < self._at_once:
                await self._look_if_possible()

    async def _look_if_possible(self) -> None:
        try:
            await self._look()
        except UNUSABLE:
            log.exception("the database cannot be used, trying again")

    async def _look(self) -> None:
        """A page further than the last time, so that everybody's turn comes."""
        async with self._db.reading() as session:
            lanes = await store.lanes(session, after=self._after, limit=PAGE)
        self._after = lanes[-1] if len(lanes) == PAGE else FIRST
        self._take(lane for lane in lanes if lane not in self._lanes)

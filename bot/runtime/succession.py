"""Whoever leads takes over: from a process that crashed, from replicas that die, and from the one
that led before, whose pace is kept."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.runtime.gate import Gate
from bot.runtime.replica import BEAT, RETRY, UNUSABLE, Standing
from storage import gate as gates
from storage import replicas, takeover

log = structlog.get_logger(__name__)
BULK = "bulk"
MEMORY = timedelta(minutes=1)  # what has left during it still counts


class Succession:
    def __init__(
        self,
        replica: Standing,
        gate: Gate,
        clock: Callable[[], datetime],
        found: Callable[[], None] = lambda: None,
    ) -> None:
        """`found` is told when there is something to send again."""
        self._replica, self._gate, self._clock, self._found = replica, gate, clock, found
        self._term: int | None = None

    async def take_over(self) -> None:
        """Once a term. Raises `Deposed`, and when the database cannot be used."""
        term, now = self._replica.term, self._clock()
        if term == self._term:
            return
        async with self._replica.leading() as session:
            await self._inherit(session, now)
            closed = await gates.opens(session, BULK)
            recent = await takeover.recent(session, now - MEMORY)
        beat = time.monotonic()
        self._gate.reopen(
            beat,
            beat + (closed - now).total_seconds() if closed else 0,
            [(chat, beat - max(0, (now - at).total_seconds())) for chat, at in recent],
        )
        self._term = term

    async def succeed(self) -> None:
        """Take over as soon as the database can be used. Raises `Deposed`."""
        while True:
            try:
                return await self.take_over()
            except UNUSABLE:
                log.exception("the database cannot be used, trying again")
                await asyncio.sleep(RETRY)

    async def watch(self) -> None:
        """Until cancelled: others may have died, or been told to slow down. Raises `Deposed`."""
        while self._replica.number is not None:
            await asyncio.sleep(BEAT)
            try:
                await self._look()
            except UNUSABLE:
                log.exception("the database cannot be used, trying again")

    async def _look(self) -> None:
        now = self._clock()
        async with self._replica.leading() as session:
            await self._inherit(session, now)
            closed = await gates.opens(session, BULK)
        if closed is not None:
            self._gate.shut(time.monotonic() + (closed - now).total_seconds())

    async def _inherit(self, session: AsyncSession, now: datetime) -> None:
        if self._replica.number is not None:
            gone = await replicas.bury(session)
            if gone:
                log.warning("replicas have not been heard of and count as dead", count=gone)
        doubtful = await takeover.recover(session, now)
        if doubtful:
            log.warning("messages that may have left are sent again", count=doubtful)
            self._found()

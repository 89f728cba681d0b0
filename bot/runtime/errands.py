"""Errands are run beside the chat: slow work outside any transaction, its outcome inside one.

Those of one kind are run one after another; kinds do not wait for each other, since a source may
take minutes to answer and a ticket is wanted at once.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta
from itertools import groupby

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.runtime.hints import heard
from bot.runtime.outbox import Outbox
from bot.runtime.replica import Deposed, Standing
from storage import errands as store
from storage import outbox
from storage.database import Database
from storage.errands import Errand, State
from storage.outbox import Call
from storage.passing import passes

log = structlog.get_logger(__name__)
TRIES = 5
IDLE = 1.0  # seconds between looks
UNUSABLE = (SQLAlchemyError, OSError)
Delivering = Callable[[list[Call]], AbstractAsyncContextManager[AsyncSession]]
Run = Callable[[Errand, Delivering], Awaitable[None]]
Sorry = Callable[[AsyncSession, Errand], Awaitable[list[Call]]]


class Errands:
    def __init__(
        self,
        db: Database,
        run: Run,
        sorry: Sorry,
        outgoing: Outbox,
        clock: Callable[[], datetime],
        replica: Standing,
    ) -> None:
        """`sorry` is what somebody is told who waits for an errand that is given up."""
        self._db, self._run, self._sorry = db, run, sorry
        self._outbox, self._clock, self._replica = outgoing, clock, replica
        self._busy: set[str] = set()  # kinds that are being run
        self._done = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                for kind, errands in groupby(await self._due(), lambda each: each.kind):
                    self._busy.add(kind)
                    group.create_task(self._lane(kind, list(errands)))
                await heard(self._done, IDLE)

    async def _lane(self, kind: str, errands: Sequence[Errand]) -> None:
        try:
            for errand in errands:
                await self._attempt(errand)
            self._done.set()
        except Deposed:
            log.info("errands are left to the new leader", kind=kind)
        except UNUSABLE:
            log.exception("the database cannot be used, trying again")
        finally:
            self._busy.discard(kind)

    async def _due(self) -> Sequence[Errand]:
        """Of kinds that are not being run, kind by kind."""
        try:
            async with self._db.reading() as session:
                due = await store.due(session, self._clock(), self._busy)
        except UNUSABLE:
            log.exception("the database cannot be used, trying again")
            return []
        return sorted(due, key=lambda each: each.kind)

    async def step(self) -> int:
        """Run what is due, one after another. Returns how many there were."""
        async with self._db.reading() as session:
            due = await store.due(session, self._clock())
        for errand in due:
            await self._attempt(errand)
        return len(due)

    async def _attempt(self, errand: Errand) -> None:
        try:
            await self._run(errand, lambda calls: self._delivering(errand, calls))
        except Exception as error:
            await self._failed(errand, error)

    @asynccontextmanager
    async def _delivering(self, errand: Errand, calls: list[Call]) -> AsyncIterator[AsyncSession]:
        async with self._replica.leading() as session:
            mine = await store.find(session, errand.id or 0)
            yield session
            stored = await outbox.owe(session, calls, self._clock())
            if mine is not None:
                mine.state = State.DONE
        self._outbox.woken.set()
        log.debug("errand done", kind=errand.kind, sent=len(stored))

    async def _failed(self, errand: Errand, error: Exception) -> None:
        log.error("an errand failed", kind=errand.kind, errand=errand.id, exc_info=error)
        async with self._replica.leading() as session:
            mine = await store.find(session, errand.id or 0)
            if mine is None or mine.state != State.WAITING:
                return
            mine.attempts += not passes(error)
            mine.error = repr(error)[:500]
            mine.not_before = self._clock() + timedelta(seconds=5 * 3**mine.attempts)
            if mine.attempts >= TRIES:
                mine.state = State.DEAD
                await outbox.owe(session, await self._sorry(session, mine), self._clock())
        self._outbox.woken.set()

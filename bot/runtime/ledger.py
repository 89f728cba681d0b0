"""The small marks of the runtime, written together: those of a few milliseconds, and all that come
while others are still being written, share one commit."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.runtime.nursery import Nursery
from bot.runtime.replica import Standing
from storage import inbox, outbox
from storage.database import Database
from storage.leaving import as_said_now, keep_albums
from storage.outbox import Call, Settled

GATHER = 0.003  # seconds that the first mark of a group waits for others
RETRY = 1.0  # seconds; a full disk or a database that is away heals, and nothing is forgotten

log = structlog.get_logger(__name__)


@dataclass
class _Group:
    starting: list[Call] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    finished: list[int] = field(default_factory=list)
    written: asyncio.Future[Mapping[int, Call]] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Ledger:
    def __init__(
        self, db: Database, nursery: Nursery, clock: Callable[[], datetime], replica: Standing
    ) -> None:
        self._db, self._nursery, self._clock, self._replica = db, nursery, clock, replica
        self._group: _Group | None = None

    async def start(self, call: Call) -> Call | None:
        """`call` is about to leave; it comes back once that is committed. None: it was withdrawn,
        or others send it."""
        group = self._open()
        group.starting.append(call)
        return (await asyncio.shield(group.written)).get(call.id)

    def settle(self, settled: Settled) -> Awaitable[Mapping[int, Call]]:
        """`settled` has ended; what is returned can be awaited until that is committed."""
        group = self._open()
        group.settled.append(settled)
        return asyncio.shield(group.written)

    def finish(self, inbox_id: int) -> None:
        """An update that had no effect has been answered."""
        self._open().finished.append(inbox_id)

    def _open(self) -> _Group:
        if self._group is None:
            self._group = _Group()
            self._nursery.start(self._write(self._group))
        return self._group

    async def _write(self, group: _Group) -> None:
        await asyncio.sleep(GATHER)
        while True:
            try:
                leaving = await self._commit(group)
            except (SQLAlchemyError, OSError):
                log.exception("marks could not be written, trying again")
                await asyncio.sleep(RETRY)
            else:
                return group.written.set_result(leaving)

    async def _commit(self, group: _Group) -> Mapping[int, Call]:
        async with self._db.writing() as session:
            if self._group is group:
                self._group = None  # whoever comes from now on waits for the next
            leads = not group.starting or await self._replica.leads_still(session)
            starting = group.starting if leads else ()
            number = self._replica.number
            marked = await outbox.mark(session, starting, group.settled, self._clock(), number)
            leaving = await as_said_now(session, marked)
            await keep_albums(session, group.settled)
            if group.finished:
                await inbox.finish(session, group.finished)
        return leaving

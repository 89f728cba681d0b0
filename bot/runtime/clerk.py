"""One update and all that comes of it: the answer, what is owed, and that it is done.

Effects, what we owe for them and "done" commit together, so they happen once. What fails is tried
again, then it is a dead letter; it never blocks what is behind it.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, auto
from typing import Protocol

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.runtime.ledger import Ledger
from bot.runtime.outbox import DIRECT, Outbox
from bot.runtime.replica import Standing
from storage import inbox as store
from storage import outbox
from storage.database import Database
from storage.inbox import Arrival
from storage.outbox import Call, State
from storage.passing import passes

log = structlog.get_logger(__name__)
TRIES = 3
PAUSES = (0.05, 0.5)  # seconds between them
RETRY = 1.0  # seconds, when the database cannot be used
UNUSABLE = (OperationalError, InterfaceError, OSError)


class Reply(Protocol):
    @property
    def calls(self) -> list[Call]: ...
    @property
    def keep(self) -> bool: ...


class Request(Protocol):
    @property
    def reading(self) -> bool: ...
    async def run(self, session: AsyncSession, now: datetime, *, reading: bool) -> Reply: ...


class Reception(Protocol):
    @property
    def needs_writing(self) -> type[Exception]: ...

    def read(self, body: str, update_id: int) -> Request | None: ...
    def sorry(self, body: str, update_id: int, code: str) -> list[Call]: ...


class Served(Enum):
    NOBODY = auto()  # nobody waits there, or another replica is at it
    ONE_OF_SOME = auto()
    THE_LAST = auto()


class Clerk:
    def __init__(
        self,
        db: Database,
        reception: Reception,
        outgoing: Outbox,
        ledger: Ledger,
        replica: Standing,
        clock: Callable[[], datetime],
        observe: Callable[[str, float], None] = lambda *_: None,
    ) -> None:
        self._db, self._reception, self._outbox = db, reception, outgoing
        self._ledger, self._replica, self._clock = ledger, replica, clock
        self._observe = observe

    async def handle(self, arrival: Arrival) -> None:
        """Until it is done or dead. For one whose lane nobody else works on."""
        began = time.monotonic()
        outcome, attempt = "dead", arrival.attempts
        while attempt < TRIES:
            try:
                await self._once(arrival)
                outcome = "done"
                break
            except Exception as error:
                if passes(error):
                    log.exception("the database cannot be used, trying again")
                    await asyncio.sleep(RETRY)
                    continue
                attempt += 1
                await self._failed(arrival, error, dead=attempt >= TRIES)
                if attempt < TRIES:
                    await asyncio.sleep(PAUSES[attempt - 1])
        self._observe(outcome, time.monotonic() - began)

    async def serve(self, lane: int) -> Served:
        """Handle the first update of a lane in the transaction that locks it, which keeps other
        replicas away."""
        await self._replica.assured()
        began, arrival = time.monotonic(), None
        try:
            async with self._db.writing() as session:
                arrival = await store.head(session, lane, self._replica.number)
                if arrival is None:
                    return Served.NOBODY
                now = self._clock()
                reply = await self._reply(session, arrival, now)
                stored = await self._owe(session, reply, now)
                more = await store.claim_head(session, arrival.id)
        except Exception as error:
            if arrival is None or passes(error):
                raise
            await self._stumbled(arrival, error)
            return Served.ONE_OF_SOME
        self._leave(reply, stored, crosses=arrival.crosses)
        self._observe("done", time.monotonic() - began)
        return Served.ONE_OF_SOME if more else Served.THE_LAST

    async def _stumbled(self, arrival: Arrival, error: Exception) -> None:
        """It is tried again by whoever comes first, unless that was the last time."""
        dead = arrival.attempts + 1 >= TRIES
        await self._failed(arrival, error, dead=dead)
        if dead:
            self._observe("dead", 0)
        else:
            await asyncio.sleep(PAUSES[arrival.attempts])

    async def _reply(self, session: AsyncSession, arrival: Arrival, now: datetime) -> Reply:
        """What has to be taken back is; the lock on the update stays."""
        request = self._reception.read(arrival.body, arrival.update_id)
        if request is None:
            log.info("a kind of update that we do not use", update_id=arrival.update_id)
            return Plain()
        try:
            async with session.begin_nested():
                reply = await request.run(session, now, reading=False)
                if not reply.keep:
                    raise _RolledBack(reply)
        except _RolledBack as back:
            return back.reply
        return reply

    async def _once(self, arrival: Arrival) -> None:
        request = self._reception.read(arrival.body, arrival.update_id)
        if request is None:
            log.info("a kind of update that we do not use", update_id=arrival.update_id)
            self._ledger.finish(arrival.id)
            return
        if request.reading:
            try:
                async with self._db.reading() as session:
                    reply = await request.run(session, self._clock(), reading=True)
            except self._reception.needs_writing:
                await self._write(arrival, request)
            else:
                await self._show(arrival, reply)
        else:
            await self._write(arrival, request)

    async def _write(self, arrival: Arrival, request: Request) -> None:
        now = self._clock()
        try:
            async with self._db.writing() as session:
                if not await store.claim(session, arrival.id):
                    return
                reply = await request.run(session, now, reading=False)
                if not reply.keep:
                    raise _RolledBack(reply)
                stored = await self._owe(session, reply, now)
        except _RolledBack as back:
            reply = back.reply
            async with self._db.writing() as session:
                if not await store.claim(session, arrival.id):
                    return
                stored = await self._owe(session, reply, now)
        self._leave(reply, stored)

    async def _owe(self, session: AsyncSession, reply: Reply, now: datetime) -> list[Call]:
        number = self._replica.number
        return await outbox.owe(session, _owed(reply), now, leaving=True, replica=number)

    async def _show(self, arrival: Arrival, reply: Reply) -> None:
        """Nothing has changed: the update is done once the answer has left."""
        self._leave(reply, ())
        for call in _owed(reply):
            settled = await self._outbox.deliver(call)
            if settled.state == State.PENDING:
                again = replace(settled.call, not_before=settled.later)
                async with self._db.writing() as session:
                    await outbox.owe(session, [again], self._clock())
        self._ledger.finish(arrival.id)

    def _leave(self, reply: Reply, stored: Sequence[Call], *, crosses: bool = False) -> None:
        for call in reply.calls:
            if call.method in DIRECT:
                self._outbox.direct(call)
        self._outbox.push(stored, crosses=crosses)

    async def _failed(self, arrival: Arrival, error: Exception, *, dead: bool) -> None:
        code = f"{arrival.id:X}"[-4:].rjust(3, "0")
        log.error("an update failed", code=code, dead=dead, exc_info=error)
        sorry = Plain(self._sorry(arrival, code) if dead else [])
        while True:
            try:
                async with self._db.writing() as session:
                    if not await store.fail(session, arrival.id, repr(error), dead=dead):
                        return None
                    stored = await self._owe(session, sorry, self._clock())
            except Exception as trouble:
                log.exception("a failure could not be written down, trying again")
                if not isinstance(trouble, UNUSABLE):
                    sorry = Plain()  # what we would tell is what cannot be kept
                await asyncio.sleep(RETRY)
            else:
                return self._leave(sorry, stored)

    def _sorry(self, arrival: Arrival, code: str) -> list[Call]:
        try:
            calls = self._reception.sorry(arrival.body, arrival.update_id, code)
        except Exception:
            log.exception("nobody can be told", code=code)
            return []
        return [call.keyed(f"u{arrival.update_id}:sorry") for call in calls]


@dataclass(frozen=True)
class Plain:
    """A reply that no handler has made."""

    calls: list[Call] = field(default_factory=list)
    keep: bool = True


class _RolledBack(Exception):
    def __init__(self, reply: Reply) -> None:
        self.reply = reply


def _owed(reply: Reply) -> list[Call]:
    return [call for call in reply.calls if call.method not in DIRECT]

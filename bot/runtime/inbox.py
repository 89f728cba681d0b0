"""Updates are worked off in lanes: strict order for one person, side by side between people.

An update's effects, what we owe for it and its "done" commit together, so they happen once.
One that fails is tried again, then it is a dead letter; it never blocks those behind it.
"""

import asyncio
import hashlib
import json
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.runtime.ledger import Ledger
from bot.runtime.nursery import Nursery
from bot.runtime.outbox import DIRECT, Outbox
from storage import inbox as store
from storage import outbox
from storage.database import Database
from storage.inbox import Arrival
from storage.outbox import Call, State

log = structlog.get_logger(__name__)
TRIES = 3
PAUSES = (0.05, 0.5)  # seconds between them
RETRY = 1.0  # seconds, when the database cannot be used
FULL = 5000  # updates in hand: no more are asked for, Telegram keeps them


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


class Inbox:
    def __init__(
        self,
        db: Database,
        reception: Reception,
        outgoing: Outbox,
        ledger: Ledger,
        nursery: Nursery,
        clock: Callable[[], datetime],
        *,
        at_once: int = 128,
        observe: Callable[[str, float], None] = lambda *_: None,
    ) -> None:
        self._db, self._reception, self._outbox = db, reception, outgoing
        self._ledger, self._nursery, self._clock = ledger, nursery, clock
        self._slots = asyncio.Semaphore(at_once)
        self._observe = observe
        self._lanes: dict[int, deque[Arrival]] = {}
        self.in_hand = 0
        self.room = asyncio.Event()  # while set, more updates may be asked for
        self.room.set()

    async def bury(self, body: bytes) -> None:
        """Keep what is no update, for somebody to look at."""
        number = -int.from_bytes(hashlib.sha256(body).digest()[:7])
        text = body.decode(errors="replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
        row = self._row({"update_id": number}, text)
        async with self._db.writing() as session:
            await store.store(session, [{**row, "state": int(store.State.DEAD)}])

    async def receive(self, updates: Sequence[dict[str, Any]]) -> None:
        """Commit raw updates, then start on the new ones. Returns once they are safe."""
        rows = [self._row(update, _body(update)) for update in updates]
        async with self._db.writing() as session:
            arrivals = await store.store(session, rows)
        self.accept(arrivals)

    def _row(self, update: dict[str, Any], body: str) -> dict[str, Any]:
        return {
            "update_id": update["update_id"],
            "lane": lane(update),
            "body": body,
            "state": int(store.State.NEW),
            "attempts": 0,
            "received_at": self._clock(),
        }

    async def resume(self) -> int:
        """After a start: take up what was stored and not done."""
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
            self._count(1)
            line = self._lanes.get(arrival.lane)
            if line is not None:
                line.append(arrival)
                continue
            self._lanes[arrival.lane] = deque([arrival])
            self._nursery.start(self._work_off(arrival.lane))

    def _count(self, change: int) -> None:
        self.in_hand += change
        if self.in_hand < FULL:
            self.room.set()
        else:
            self.room.clear()

    async def _work_off(self, number: int) -> None:
        line = self._lanes[number]
        while line:
            async with self._slots:
                await self._handle(line[0])
            line.popleft()
            self._count(-1)
        del self._lanes[number]

    async def _handle(self, arrival: Arrival) -> None:
        began = time.monotonic()
        outcome = "dead"
        for attempt in range(arrival.attempts, TRIES):
            try:
                await self._once(arrival)
                outcome = "done"
                break
            except Exception as error:
                await self._failed(arrival, error, dead=attempt + 1 >= TRIES)
                if attempt + 1 < TRIES:
                    await asyncio.sleep(PAUSES[min(attempt, len(PAUSES) - 1)])
        self._observe(outcome, time.monotonic() - began)

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
                stored = await outbox.owe(session, _owed(reply), now, leaving=True)
        except _RolledBack as back:
            reply = back.reply
            async with self._db.writing() as session:
                if not await store.claim(session, arrival.id):
                    return
                stored = await outbox.owe(session, _owed(reply), now, leaving=True)
        self._leave(reply, stored)

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

    def _leave(self, reply: Reply, stored: Sequence[Call]) -> None:
        for call in reply.calls:
            if call.method in DIRECT:
                self._outbox.direct(call)
        self._outbox.push(stored)

    async def _failed(self, arrival: Arrival, error: Exception, *, dead: bool) -> None:
        code = f"{arrival.id:X}"[-4:].rjust(3, "0")
        log.error("an update failed", code=code, dead=dead, exc_info=error)
        sorry = Apology(self._sorry(arrival, code) if dead else [])
        while True:
            try:
                async with self._db.writing() as session:
                    await store.fail(session, arrival.id, repr(error), dead=dead)
                    stored = await outbox.owe(session, _owed(sorry), self._clock(), leaving=True)
            except (SQLAlchemyError, OSError):
                log.exception("a failure could not be written down, trying again")
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
class Apology:
    """The reply to what we could not do."""

    calls: list[Call]
    keep: bool = True


class _RolledBack(Exception):
    def __init__(self, reply: Reply) -> None:
        self.reply = reply


def _owed(reply: Reply) -> list[Call]:
    return [call for call in reply.calls if call.method not in DIRECT]


def _body(update: dict[str, Any]) -> str:
    """As it came, but for halves of letters, which no database takes."""
    return json.dumps(update, ensure_ascii=False).encode(errors="replace").decode()


def lane(update: dict[str, Any]) -> int:
    """Whose order an update belongs to: the person's; in a group the chat's.

    Telegram adds new kinds of update without asking, so nothing is taken for granted here.
    """
    event = next((each for each in update.values() if isinstance(each, dict)), {})
    if "user_chat_id" in event:  # asks to join a group: of those, each by themselves
        return _number(_part(event, "from"))
    chat = _part(_part(event, "message") if "data" in event else event, "chat")
    if chat.get("type") in ("group", "supergroup", "channel"):
        return _number(chat)
    return _number(_part(event, "from") or _part(event, "user") or chat)


def _part(whole: dict[str, Any], name: str) -> dict[str, Any]:
    part = whole.get(name)
    return part if isinstance(part, dict) else {}


def _number(part: dict[str, Any]) -> int:
    number = part.get("id")
    return number if isinstance(number, int) and abs(number) < 2**63 else 0

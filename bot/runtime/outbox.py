"""What we owe leaves from here: answers at once, the rest as fast as Telegram allows.

A chat never has two calls of one urgency on the way, so its messages keep their order. What is
pending is fetched a little ahead of what the gate lets through, one call a chat.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot.runtime.gate import Gate
from bot.runtime.hints import heard
from bot.runtime.ledger import Ledger
from bot.runtime.nursery import Nursery
from bot.runtime.queue import Queue
from bot.runtime.replica import Standing
from bot.runtime.sender import Sender
from storage import outbox as store
from storage import takeover
from storage.database import Database
from storage.outbox import Call, Priority, Settled, State

log = structlog.get_logger(__name__)
DIRECT = (
    "answerCallbackQuery",
    "answerInlineQuery",
    "sendChatAction",
)  # losing one of these is no loss
IDLE = 1.0  # seconds between looks at the database when nothing has been announced to us
BREATH = 0.01  # seconds in which those gather that leave together, and share their commits
NAP, LOOKS = 0.05, 200  # seconds between looks whether another replica has answered; so many
UNUSABLE = (SQLAlchemyError, OSError)
Observer = Callable[[Call, State, float], None]


@dataclass(frozen=True)
class _Answer:
    call: Call
    ended: asyncio.Future[Settled] | None = None  # of one that is not stored
    crosses: bool = False


class Outbox:
    def __init__(
        self,
        db: Database,
        sender: Sender,
        gate: Gate,
        ledger: Ledger,
        nursery: Nursery,
        clock: Callable[[], datetime],
        *,
        replica: Standing,
        ring: Callable[[], None] = lambda: None,
        in_flight: int = 8,
        observe: Observer = lambda *_: None,
    ) -> None:
        """`ring` tells whoever leads, when that is another replica, that there is something."""
        self._db, self._sender, self._gate, self._ledger = db, sender, gate, ledger
        self._nursery, self._clock, self._observe = nursery, clock, observe
        self._replica, self._ring = replica, ring
        self._slots = asyncio.Semaphore(in_flight)
        self._ahead = max(in_flight * 2, int(gate.per_second))
        self._low = self._ahead // 2 + 1
        self._door = asyncio.Lock()
        self._answers: dict[tuple[int, int], deque[_Answer]] = {}
        self._queues = _queues()
        self.woken = asyncio.Event()

    # Answers: committed as SENDING in the transaction that made them, or without any effect.

    def push(self, calls: Sequence[Call], *, crosses: bool = False) -> None:
        """Take calls that have just been stored: answers leave at once, others wait their turn.

        With `crosses`, another replica was answering in the same chat: it comes first.
        """
        for call in calls:
            if call.priority == Priority.ANSWER:
                self._answer(_Answer(call, crosses=crosses))
            else:
                self.wake()

    def wake(self) -> None:
        """Something has been owed that whoever leads is to send."""
        self.woken.set()
        if not self._replica.leads:
            self._ring()

    def direct(self, call: Call) -> None:
        self._nursery.start(self._try_once(call))

    async def deliver(self, call: Call) -> Settled:
        """Send what was never stored, in its chat's order. The caller stores it if it has to."""
        ended: asyncio.Future[Settled] = asyncio.get_running_loop().create_future()
        self._answer(_Answer(call, ended))
        return await ended

    def _answer(self, answer: "_Answer") -> None:
        key = answer.call.line
        line = self._answers.get(key)
        if line is not None:
            line.append(answer)
            return
        self._answers[key] = deque([answer])
        self._nursery.start(self._drain(key))

    async def _drain(self, key: tuple[int, int]) -> None:
        line = self._answers[key]
        while line:
            answer = line[0]
            if answer.ended is not None:
                answer.ended.set_result(await self._answer_when_free(answer.call))
            else:
                await self._leave_from_store(answer)
            line.popleft()
        del self._answers[key]

    async def _leave_from_store(self, answer: "_Answer") -> None:
        call = answer.call
        if answer.crosses:
            await self._let_others_answer(call)
        if not await self._replica.holds(call.replica):
            log.warning("an answer is left to others, who have it by now", call=call.id)
            return
        self._ledger.settle(await self._answer_when_free(call))

    async def _answer_when_free(self, call: Call) -> Settled:
        if wait := self._wait(call, Priority.ANSWER):
            return self._later(call, wait)
        if call.chat_id < 0:
            self._pass(call)  # a group counts what we answer, too
        return await self._send(call)

    async def _let_others_answer(self, call: Call) -> None:
        """For a while: a press that came to another replica just before ours."""
        for _ in range(LOOKS):
            try:
                async with self._db.reading() as session:
                    if not await takeover.others_answer(session, call):
                        return
            except UNUSABLE:
                return
            await asyncio.sleep(NAP)

    async def _try_once(self, call: Call) -> None:
        try:
            await self._sender.request(call)
        except TelegramError as error:
            log.debug("not answered", method=call.method, why=error.message)

    # The rest: rows that wait.

    async def run(self) -> None:
        """Until cancelled."""
        self._queues = _queues()  # what was in hand when we last did this is not so any more
        while True:
            try:
                wait = await self.pump()
            except UNUSABLE:
                log.exception("the database cannot be used, trying again")
                wait = IDLE
            await asyncio.sleep(BREATH)
            await heard(self.woken, min(wait, IDLE) - BREATH)

    async def pump(self) -> float:
        """Let leave what may leave now. Returns the seconds until it is worth calling again."""
        await self._fetch()
        while True:
            wait = IDLE
            for priority, queue in self._queues.items():
                rest = self._rest(queue, priority)
                if rest <= 0:
                    await self._dispatch(queue)
                    break
                wait = min(wait, rest)
            else:
                return wait

    def _rest(self, queue: Queue, priority: Priority) -> float:
        """Seconds until the next of the queue may leave."""
        while first := queue.first():
            now, (at, call) = time.monotonic(), first
            wait = self._wait(call, priority)
            if at > now or wait <= 0 or self._gate.wait(now, 0, priority) > 0:
                return max(at - now, wait)
            queue.put_off(now + wait)  # only this chat must wait
        return IDLE

    async def _dispatch(self, queue: Queue) -> None:
        call = queue.take()
        await self._slots.acquire()
        self._pass(call)
        self._nursery.start(self._leave(queue, call))

    async def _leave(self, queue: Queue, call: Call) -> None:
        try:
            started = await self._ledger.start(call)
            if started is not None:
                await self._go_out(started)
                # The slot is free once the end is committed: a crash doubles no more than that.
                await asyncio.shield(self._ledger.settle(await self._send_if_open(started)))
        finally:
            self._slots.release()
            queue.release(call)
            if len(queue.held) < self._low:
                self.woken.set()

    async def _send_if_open(self, call: Call) -> Settled:
        """A 429 may have come while this was on its way to the door."""
        wait = self._gate.closed(time.monotonic(), call.chat_id, call.priority)
        try:
            return self._later(call, wait) if wait else await self._send(call)
        finally:
            self._gate.arrive(time.monotonic())

    def _later(self, call: Call, wait: float) -> Settled:
        now, untried = self._clock(), replace(call, attempts=call.attempts - 1)
        return Settled(untried, State.PENDING, now, later=now + timedelta(seconds=wait))

    async def _go_out(self, call: Call) -> None:
        """One after another: what has waited long for its commit must not leave in a crowd, and
        between two of them everybody else has a turn."""
        async with self._door:
            await asyncio.sleep(0)
            while wait := self._gate.full(time.monotonic()):  # noqa: ASYNC110 -- of the clock
                await asyncio.sleep(wait)
            self._gate.leave(time.monotonic(), call.chat_id)

    async def _fetch(self) -> None:
        """Take more in hand where little is left."""
        now = self._clock()
        short = [each for each in self._queues.items() if len(each[1].held) < self._low]
        if not short:
            return
        async with self._db.reading() as session:
            for priority, queue in short:
                while (room := self._ahead - len(queue.held)) > 0:
                    calls = await store.due(session, priority, now, busy=queue.held, limit=room)
                    for call in calls:
                        queue.hold(call)
                    if not calls:
                        break

    def _wait(self, call: Call, priority: Priority) -> float:
        speaks = not call.is_ruling
        return self._gate.wait(time.monotonic(), call.chat_id, priority, speaks=speaks)

    def _pass(self, call: Call) -> None:
        speaks = not call.is_ruling
        self._gate.pass_through(time.monotonic(), call.chat_id, call.priority, speaks=speaks)

    async def _send(self, call: Call) -> Settled:
        began = time.monotonic()
        settled = await self._sender.send(call)
        self._observe(call, settled.state, time.monotonic() - began)
        return settled


def _queues() -> dict[Priority, Queue]:
    """The most urgent first."""
    return {priority: Queue() for priority in Priority}

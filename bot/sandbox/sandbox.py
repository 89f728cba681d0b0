"""The Bot API over a world: finds the bot and the method, answers as Telegram would."""

import asyncio
import copy
import inspect
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.sandbox import (  # noqa: F401 - importing a module adds its methods to the table
    callbacks,
    chat_settings,
    chats,
    commands,
    copies,
    default_rights,
    edits,
    extras,
    games,
    governing,
    holdings,
    inline,
    invitations,
    invoices,
    media,
    members,
    messages,
    paid_media,
    places,
    polls,
    portraits,
    profile,
    reactions,
    sticker_sets,
    stickers,
    store,
    topic_icons,
    topics,
    webhooks,
)
from bot.sandbox.callbacks import Press
from bot.sandbox.errors import Flooded, Refused
from bot.sandbox.events import Events
from bot.sandbox.faults import Fault, strike
from bot.sandbox.flood import Flood
from bot.sandbox.request import METHODS, Method, Request, Upload
from bot.sandbox.updates import Queue
from bot.sandbox.voting import close_due
from bot.sandbox.webhooks import Webhook
from bot.sandbox.world import Bot, Chat, Json, Message, World

LONGEST_HIDDEN_WAIT = 8.0
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Call:
    """One line of the call log; the token is not in it. Status 0 means there was no answer."""

    n: int
    at: datetime
    method: str
    params: Json
    chat_id: int | str | None
    status: int
    description: str
    ms: float

    @property
    def ok(self) -> bool:
        return self.status == 200

    @property
    def json(self) -> Json:
        return {**self.__dict__, "at": self.at.isoformat(), "ok": self.ok}


class Sandbox:
    """The server side of Telegram for the bots of one world."""

    def __init__(
        self,
        world: World,
        *,
        flood: bool | float = False,
        call_log: int = 10_000,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`pause` is how Telegram lets a bot wait that polls twice at once."""
        self.world = world
        self.clock = world.clock
        self.events = Events()
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.presses: dict[str, Press] = {}
        self.last_press = 0
        self.toasts: dict[int, Json] = {}
        self.inline_queries: dict[str, inline.Query] = {}
        self.timed_polls: list[tuple[Chat, Message]] = []
        self.flood = Flood(float(flood)) if flood else None
        self.webhook_news = asyncio.Event()
        self._queues: dict[int, Queue] = {}
        self._webhooks: dict[int, Webhook] = {}
        self._call_log = call_log
        self.pause = pause
        self._last_call = 0
        self._first_chats = copy.deepcopy(world.chats)
        self.on_reset: Callable[[], Awaitable[None]] | None = None
        self.next_due: Callable[[], Awaitable[datetime | None]] | None = None

    def queue(self, bot: Bot) -> Queue:
        if bot.id not in self._queues:
            queue = self._queues[bot.id] = Queue(self.clock)
            queue.on_arrival = self.webhook_news.set
        return self._queues[bot.id]

    def webhook(self, bot: Bot) -> Webhook:
        return self._webhooks.setdefault(bot.id, Webhook())

    def set_webhook(self, bot: Bot, webhook: Webhook) -> None:
        self._webhooks[bot.id] = webhook
        self.webhook_news.set()

    async def call(
        self, token: str, method: str, params: Json, files: dict[str, Upload] | None = None
    ) -> tuple[int, Json]:
        """The HTTP status and body of an answer. Raises ConnectionError when a fault says so."""
        began = time.perf_counter()
        close_due(self)
        answer: tuple[int, Json] = 0, {}
        try:
            after = await strike(self, method)
            answer = await self._answer(token, method, params, files or {})
            after()
        except Refused as refused:
            answer = refused.status, refused.body
        except ConnectionError:
            raise
        except Exception:
            log.exception("%s could not be answered", method)
            answer = 500, Refused(500, "Internal Server Error").body
        finally:
            self._log(method, params, *answer, (time.perf_counter() - began) * 1000)
        return answer

    async def reset(self) -> None:
        """The world as it was at first; the host's `on_reset` hook then does the same at home."""
        self.world.begin_anew(copy.deepcopy(self._first_chats))
        for queue in self._queues.values():
            queue.drop()
        self.presses.clear()
        self.toasts.clear()
        self.inline_queries.clear()
        self.timed_polls.clear()
        if self.on_reset:
            await self.on_reset()
        self.events.publish("reset")

    def save(self, path: Path) -> None:
        store.save(self, path)

    def load(self, path: Path) -> bool:
        """Go on from a saved file; False when there is none or it was broken."""
        return store.load(self, path)

    def close(self) -> None:
        """Let go of everybody who waits: long polls and watchers."""
        self.events.close()
        for queue in self._queues.values():
            queue.wake()

    async def _answer(
        self, token: str, method: str, params: Json, files: dict[str, Upload]
    ) -> tuple[int, Json]:
        bot = self.world.bots.get(token)
        if bot is None:
            raise Refused(401, "Unauthorized")
        answer = METHODS.get(method.lower())
        if answer is None:
            raise Refused(404, "Not Found: method not found")
        ask = Request(self, bot, params, files)
        result = await self._patiently(answer, ask)
        remark = {"description": ask.remark} if ask.remark else {}
        return 200, {"ok": True, "result": result, **remark}

    async def _patiently(self, answer: Method, ask: Request) -> Any:
        """Telegram sits short waits out before it tells a bot to come back later."""
        waited = 0.0
        while True:
            try:
                result = answer(ask)
                return await result if inspect.isawaitable(result) else result
            except Flooded as flooded:
                waited += flooded.seconds
                if not self.clock.runs or waited > LONGEST_HIDDEN_WAIT:
                    raise
                await self.pause(flooded.seconds)

    def _log(self, method: str, params: Json, status: int, body: Json, ms: float) -> None:
        self._last_call += 1
        description = str(body.get("description", ""))
        chat_id, at = params.get("chat_id"), self.clock()
        entry = Call(self._last_call, at, method, params, chat_id, status, description, ms)
        self.calls.append(entry)
        if len(self.calls) >= 2 * self._call_log:
            del self.calls[: -self._call_log]
        told = {"method": method, "ok": entry.ok, "description": description}
        self.events.publish("call", **told, chat_id=chat_id, ms=round(ms, 1))

"""Posts updates to webhooks: in order within a lane, side by side between lanes, until taken."""

import asyncio
import contextlib
import json
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import aiohttp

from bot.sandbox.updates import Queue, Waiting
from bot.sandbox.webhooks import Webhook
from bot.sandbox.world import Bot, Json

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

ANSWER_SECONDS = 60
LONGEST_PAUSE = 60
GONE, GONE_SECONDS = 410, 23 * 3600
REPLIES_IGNORED = ("get", "setwebhook", "deletewebhook", "close", "logout")
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class Delivery:
    """Runs until cancelled; `pace` scales the pauses between attempts."""

    sandbox: "Sandbox"
    pace: float = 1.0
    _busy: set[tuple[int, str]] = field(default_factory=set)

    async def run(self) -> None:
        async with aiohttp.ClientSession() as http, asyncio.TaskGroup() as group:
            while True:
                self.sandbox.webhook_news.clear()
                for bot in self.sandbox.world.bots.values():
                    self._start_lanes(bot, http, group)
                await self.sandbox.webhook_news.wait()

    def _start_lanes(
        self, bot: Bot, http: aiohttp.ClientSession, group: asyncio.TaskGroup
    ) -> None:
        webhook, queue = self.sandbox.webhook(bot), self.sandbox.queue(bot)
        if not webhook.url:
            return
        for one in queue.fresh():
            key = (bot.id, one.lane)
            if sum(number == bot.id for number, _ in self._busy) >= webhook.max_connections:
                return
            if key not in self._busy:
                lane = _Lane(self.sandbox, bot, webhook, queue, http, self.pace)
                self._busy.add(key)
                group.create_task(self._deliver(key, lane, one))

    async def _deliver(self, key: tuple[int, str], lane: "_Lane", one: Waiting) -> None:
        try:
            await lane.post(one)
        finally:
            self._busy.discard(key)
            self.sandbox.webhook_news.set()


@dataclass
class _Lane:
    sandbox: "Sandbox"
    bot: Bot
    webhook: Webhook
    queue: Queue
    http: aiohttp.ClientSession
    pace: float

    async def post(self, one: Waiting) -> None:
        """Until it is taken, has expired, or the webhook has gone."""
        pause = 0.0
        while self.sandbox.webhook(self.bot) is self.webhook and one in self.queue.fresh():
            asked = await self._attempt(one)
            if asked is None:
                self.queue.remove(one)
                return
            await asyncio.sleep(asked or pause * self.pace)
            pause = min(max(2.0, pause * 2), LONGEST_PAUSE * random.uniform(1, 2))  # noqa: S311

    async def _attempt(self, one: Waiting) -> float | None:
        """None when taken; otherwise how many seconds the bot asked to wait (0: did not say)."""
        headers = {SECRET_HEADER: self.webhook.secret} if self.webhook.secret else {}
        limit = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        url, update = self.webhook.url, one.update
        try:
            async with self.http.post(
                url, json=update, headers=headers, timeout=limit, allow_redirects=False
            ) as answer:
                body = await answer.read()
        except TimeoutError:
            return self._failed("Read timeout expired")
        except aiohttp.ClientError as error:
            return self._failed(f"Connection failed: {error}")
        if 200 <= answer.status < 300:
            self.webhook.gone_since = 0
            await self._carry_out(body)
            return None
        self._note_whether_gone(answer.status)
        self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        wait = answer.headers.get("Retry-After", "")
        return min(float(wait), 3600.0) if wait.isdigit() else 0.0

    def _note_whether_gone(self, status: int) -> None:
        """A webhook that says 410 Gone for most of a day is believed and removed."""
        now = self.sandbox.clock.timestamp
        if status != GONE:
            self.webhook.gone_since = 0
            return
        self.webhook.gone_since = self.webhook.gone_since or now
        if now - self.webhook.gone_since > GONE_SECONDS:
            self.sandbox.set_webhook(self.bot, Webhook())

    def _failed(self, why: str) -> float:
        self.webhook.last_error = why
        self.webhook.last_error_at = self.sandbox.clock.timestamp
        return 0.0

    async def _carry_out(self, body: bytes) -> None:
        """A method call in the answer is done without telling the bot how it went."""
        try:
            wish: Json = json.loads(body or b"null")
        except ValueError:
            return
        name = wish.pop("method", None) if isinstance(wish, dict) else None
        if isinstance(name, str) and not name.lower().startswith(REPLIES_IGNORED):
            with contextlib.suppress(ConnectionError):
                await self.sandbox.call(self.bot.token, name, wish)

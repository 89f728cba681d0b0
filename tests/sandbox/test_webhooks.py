"""Webhooks: what is refused, and how updates are posted until they are taken."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.sandbox.delivery import Delivery
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from tests.sandbox.conftest import ANN, BOB, Call

BAD = "Bad Request: "


class Hook:
    """A bot's web server that answers with the statuses it was told, then with 200."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.reply: dict[str, Any] = {}
        self.got: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.arrived = asyncio.Condition()

    async def take(self, request: web.Request) -> web.Response:
        status = self.statuses.pop(0) if self.statuses else 200
        async with self.arrived:
            self.got.append({"status": status, **await request.json()})
            self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
            self.arrived.notify_all()
        return web.json_response(self.reply, status=status)

    async def texts(self, number: int) -> list[str]:
        async with self.arrived:
            await self.arrived.wait_for(lambda: len(self.got) >= number)
        return [update["message"]["text"] for update in self.got]


@pytest.fixture
async def hook() -> Hook:
    return Hook()


@pytest.fixture
async def url(hook: Hook, sandbox: Sandbox) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    async with TestServer(app) as server, asyncio.TaskGroup() as group:
        delivery = group.create_task(Delivery(sandbox, pace=0).run())
        yield str(server.make_url("/hook"))
        delivery.cancel()


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"url": "http://example.org"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org:8000"}, "bad webhook: Webhook can be set up only on ports"),
        ({"url": "https://"}, "invalid webhook URL specified"),
        ({"url": "https://x.cz", "secret_token": "a b"}, "secret token contains unallowed"),
        ({"url": "https://x.cz", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_refused_webhooks(call: Call, params: dict[str, str], refusal: str) -> None:
    assert (await call("setWebhook", **params)).startswith(BAD + refusal)


async def test_in_order_until_taken(call: Call, hook: Hook, url: str, ann: Person) -> None:
    hook.statuses = [500, 503]
    await call("setWebhook", url=url, secret_token="s3cret")
    ann.says("one")
    ann.says("two")
    assert await hook.texts(4) == ["one", "one", "one", "two"]
    assert set(hook.secrets) == {"s3cret"}
    info = await call("getWebhookInfo")
    assert info["last_error_message"].startswith("Wrong response from the webhook: 503")


async def test_a_stuck_chat_holds_up_nobody_else(
    call: Call, hook: Hook, url: str, ann: Person, sandbox: Sandbox
) -> None:
    hook.statuses = [500]
    await call("setWebhook", url=url)
    ann.says("first")
    await hook.texts(1)
    Person(sandbox, BOB).says("second")
    assert sorted(await hook.texts(3)) == ["first", "first", "second"]


async def test_a_call_in_the_answer_is_carried_out(
    call: Call, hook: Hook, url: str, ann: Person, sandbox: Sandbox
) -> None:
    hook.reply = {"method": "sendMessage", "chat_id": ANN, "text": "by answer"}
    await call("setWebhook", url=url)
    ann.says("hello")
    watcher = sandbox.events.watch()
    while ann.messages[-1]["text"] != "by answer":
        watcher.clear()
        await watcher.wait()
    assert ann.screen == "by answer"

"""What time does: ids over restarts, webhooks that are gone, slow mode, counted reactions."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.sandbox.clock import Clock
from bot.sandbox.delivery import Delivery
from bot.sandbox.flood import PER_CHAT_BURST
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.updates import Queue
from bot.sandbox.world import Chat, World
from tests.sandbox.conftest import ANN, BOB, EVE, GROUP, TOKEN, Call

NEWS = -900


async def test_update_ids_rise_over_restarts(
    call: Call, ann: Person, sandbox: Sandbox, world: World, tmp_path: Path
) -> None:
    ann.says("before")
    [before] = await call("getUpdates")
    sandbox.save(tmp_path / "memory.json")
    again = Sandbox(world)
    again.load(tmp_path / "memory.json")
    Person(again, ANN).says("after")
    _, answer = await again.call(TOKEN, "getUpdates", {"offset": before["update_id"] + 1})
    assert [one["update_id"] for one in answer["result"]] == [before["update_id"] + 1]


def test_update_ids_rise_without_a_memory_too() -> None:
    earlier, later = Clock(), Clock()
    later.advance(timedelta(seconds=5))
    assert Queue(later).next_id > Queue(earlier).next_id + 50


@pytest.fixture
async def gone(call: Call) -> AsyncIterator[asyncio.Queue[int]]:
    """Numbers the posts to a web server that only ever says 410."""
    posts: asyncio.Queue[int] = asyncio.Queue()

    async def take(request: web.Request) -> web.Response:
        posts.put_nowait(posts.qsize())
        return web.Response(status=410)

    app = web.Application()
    app.router.add_post("/hook", take)
    async with TestServer(app) as server:
        await call("setWebhook", url=str(server.make_url("/hook")))
        yield posts


async def test_a_webhook_that_is_gone_for_a_day_is_removed(
    call: Call, ann: Person, sandbox: Sandbox, clock: Clock, gone: asyncio.Queue[int]
) -> None:
    async with asyncio.TaskGroup() as group:
        delivery = group.create_task(Delivery(sandbox, pace=0).run())
        ann.says("hello")
        await gone.get()
        await gone.get()
        assert (await call("getWebhookInfo"))["last_error_message"].endswith("410 Gone")
        clock.advance(timedelta(hours=23, seconds=1))
        async with asyncio.timeout(5):
            while (await call("getWebhookInfo"))["url"]:  # noqa: ASYNC110 -- nothing tells of it
                await asyncio.sleep(0)
        delivery.cancel()
    assert [one["message"]["text"] for one in await call("getUpdates")] == ["hello"]


async def test_slow_mode_holds_back_members_only(
    call: Call, sandbox: Sandbox, world: World, clock: Clock
) -> None:
    world.chats[GROUP].slow_mode = 30
    ann, bob = Person(sandbox, ANN, chat=GROUP), Person(sandbox, BOB, chat=GROUP)
    assert (await call("getChat", chat_id=GROUP))["slow_mode_delay"] == 30
    ann.says("one")
    with pytest.raises(PermissionError, match="again in 30 seconds"):
        ann.says("two")
    bob.says("the owner")
    bob.says("does not wait")
    await call("sendMessage", chat_id=GROUP, text="neither")
    assert (await call("sendMessage", chat_id=GROUP, text="may"))[:17] == "Too Many Requests"
    clock.advance(timedelta(seconds=30))
    assert ann.says("two")["text"] == "two"


async def test_reactions_in_a_channel_are_only_counted(
    call: Call, sandbox: Sandbox, world: World
) -> None:
    world.chats[NEWS] = Chat(NEWS, "channel", "News", owner=BOB, administrators=[42])
    world.chats[NEWS].members = [ANN, EVE]
    await call("getUpdates", allowed_updates=["message_reaction", "message_reaction_count"])
    number = (await call("sendMessage", chat_id=NEWS, text="hi"))["message_id"]
    for person in (ANN, EVE):
        Person(sandbox, person, chat=NEWS).reacts("👍", number)
    told = [one["message_reaction_count"] for one in await call("getUpdates")]
    thumb = {"type": "emoji", "emoji": "👍"}
    assert [one["reactions"] for one in told] == [
        [{"type": thumb, "total_count": count}] for count in (1, 2)
    ]


async def test_an_administrator_takes_reactions_away(
    call: Call, sandbox: Sandbox, world: World
) -> None:
    world.chats[GROUP].administrators.append(42)
    ann = Person(sandbox, ANN, chat=GROUP)
    number = ann.says("hi")["message_id"]
    ann.reacts("🔥", number)
    there = {"chat_id": GROUP, "message_id": number}
    assert await call("deleteMessageReaction", **there, user_id=ANN) is True
    assert "reactions" not in ann.messages[-1]
    ann.reacts("🔥", number)
    assert await call("deleteAllMessageReactions", chat_id=GROUP, user_id=ANN) is True
    assert "reactions" not in ann.messages[-1]


async def test_short_waits_are_sat_out(world: World) -> None:
    pauses: list[float] = []

    async def wait(seconds: float) -> None:
        pauses.append(seconds)
        world.clock.advance(timedelta(seconds=seconds))

    world.clock = Clock()
    patient = Sandbox(world, flood=True, pause=wait)
    statuses = [
        (await patient.call(TOKEN, "sendMessage", {"chat_id": ANN, "text": "x"}))[0]
        for _ in range(PER_CHAT_BURST + 2)
    ]
    assert statuses == [200] * (PER_CHAT_BURST + 2)
    assert 1 <= len(pauses) <= 6
    assert max(pauses) <= 1

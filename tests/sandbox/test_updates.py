"""How updates are kept, confirmed and forgotten."""

import asyncio
from datetime import timedelta

from bot.sandbox.clock import Clock
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from tests.sandbox.conftest import TOKEN, Call


async def test_an_offset_confirms_everything_before_it(call: Call, ann: Person) -> None:
    ann.says("one")
    ann.says("two")
    first, second = await call("getUpdates")
    assert second["update_id"] == first["update_id"] + 1
    assert [u["message"]["text"] for u in await call("getUpdates")] == ["one", "two"]
    rest = await call("getUpdates", offset=second["update_id"])
    assert [u["message"]["text"] for u in rest] == ["two"]
    assert len(await call("getUpdates")) == 1


async def test_a_negative_offset_keeps_the_last_few(call: Call, ann: Person) -> None:
    for text in ("one", "two", "three"):
        ann.says(text)
    assert [u["message"]["text"] for u in await call("getUpdates", offset=-2)] == ["two", "three"]
    assert len(await call("getUpdates")) == 2


async def test_an_offset_far_off_confirms_nothing(call: Call, ann: Person) -> None:
    ann.says("one")
    assert len(await call("getUpdates", offset=999_999_999)) == 1
    assert len(await call("getUpdates", offset=5)) == 1


async def test_a_long_poll_ends_with_the_first_update(call: Call, ann: Person) -> None:
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(call("getUpdates", timeout=30))
        await asyncio.sleep(0)
        ann.says("hello")
    assert poll.result()[0]["message"]["text"] == "hello"


async def test_the_newer_of_two_pollers_wins(call: Call, ann: Person) -> None:
    async with asyncio.TaskGroup() as group:
        older = group.create_task(call("getUpdates", timeout=30))
        await asyncio.sleep(0)
        newer = group.create_task(call("getUpdates", timeout=30))
        await asyncio.sleep(0)
        ann.says("hello")
    assert older.result().startswith("Conflict: terminated by other getUpdates request")
    assert len(newer.result()) == 1


async def test_kinds_that_were_not_asked_for_are_not_even_queued(call: Call, ann: Person) -> None:
    assert await call("getUpdates", allowed_updates='["callback_query"]') == []
    ann.says("unheard")
    assert await call("getUpdates", allowed_updates=[]) == []
    ann.says("heard")
    assert len(await call("getUpdates")) == 1


async def test_presses_are_forgotten_long_before_messages(
    call: Call, ann: Person, clock: Clock
) -> None:
    await call("sendMessage", chat_id=ann.id, text="x", reply_markup=_keyboard())
    ann.says("hello")
    ann.presses("Go")
    clock.advance(timedelta(seconds=151))
    assert [list(u)[1] for u in await call("getUpdates")] == ["message"]
    clock.advance(timedelta(hours=24))
    assert await call("getUpdates") == []


async def test_no_polling_while_a_webhook_is_set(call: Call) -> None:
    await call("setWebhook", url="https://example.org/hook")
    assert (await call("getUpdates")).startswith("Conflict: can't use getUpdates method while")
    await call("deleteWebhook")
    assert await call("getUpdates") == []


async def test_dropping_what_waits(call: Call, ann: Person) -> None:
    ann.says("old")
    await call("deleteWebhook", drop_pending_updates=True)
    assert await call("getUpdates") == []


async def test_wrong_tokens_and_methods(sandbox: Sandbox) -> None:
    status, body = await sandbox.call("42:other", "getMe", {})
    assert (status, body["description"]) == (401, "Unauthorized")
    status, body = await sandbox.call(TOKEN, "getNothing", {})
    assert (status, body["description"]) == (404, "Not Found: method not found")
    status, body = await sandbox.call(TOKEN, "GETME", {})
    assert body["result"]["username"] == "ray_bot"


def _keyboard() -> dict[str, object]:
    return {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}

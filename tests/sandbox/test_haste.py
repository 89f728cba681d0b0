"""What Telegram does to bots in a hurry. Nothing here sleeps: the pause is only noted."""

import asyncio
from datetime import timedelta

import pytest

from bot.sandbox.clock import Clock
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import World
from tests.sandbox.conftest import ANN, TOKEN

CONFLICT = "Conflict: terminated by other getUpdates request"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def sandbox(world: World, pauses: list[float]) -> Sandbox:
    async def note(seconds: float) -> None:
        pauses.append(seconds)

    return Sandbox(world, pause=note)


async def _asks(sandbox: Sandbox, method: str, **params: object) -> tuple[int, dict[str, object]]:
    return await sandbox.call(TOKEN, method, dict(params))


async def test_only_the_first_conflict_is_told_at_once(
    sandbox: Sandbox, pauses: list[float], clock: Clock
) -> None:
    async with asyncio.TaskGroup() as group:
        polls = []
        for offset in range(1, 5):
            polls.append(group.create_task(_asks(sandbox, "getUpdates", timeout=9, offset=offset)))
            await asyncio.sleep(0)
            if offset == 3:
                clock.advance(timedelta(seconds=4))
        await asyncio.sleep(0)
        Person(sandbox, ANN).says("enough")
    *older, (status, _) = [poll.result() for poll in polls]
    assert [code for code, _ in older] == [409, 409, 409]
    assert all(str(body["description"]).startswith(CONFLICT) for _, body in older)
    assert (status, pauses) == (200, [3.0])


async def test_the_same_question_at_once_gets_one_update(sandbox: Sandbox, clock: Clock) -> None:
    ann = Person(sandbox, ANN)
    for text in ("one", "two", "three"):
        ann.says(text)

    async def count() -> int:
        _, body = await _asks(sandbox, "getUpdates")
        assert isinstance(body["result"], list)
        return len(body["result"])

    assert [await count(), await count()] == [3, 1]
    clock.advance(timedelta(seconds=1))
    assert await count() == 3


async def test_the_same_question_soon_waits_for_news(sandbox: Sandbox) -> None:
    assert (await _asks(sandbox, "getUpdates"))[1]["result"] == []
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(_asks(sandbox, "getUpdates"))
        await asyncio.sleep(0)
        assert not poll.done()
        Person(sandbox, ANN).says("news")
    assert poll.result()[1]["result"]


async def test_a_webhook_is_not_changed_twice_in_a_second(sandbox: Sandbox, clock: Clock) -> None:
    first = await _asks(sandbox, "setWebhook", url="https://example.org/a")
    assert first[1]["description"] == "Webhook was set"
    same = await _asks(sandbox, "setWebhook", url="https://example.org/a")
    assert same[1]["description"] == "Webhook is already set"
    other = {"url": "https://example.org/b"}
    status, body = await _asks(sandbox, "setWebhook", **other)
    assert (status, body["parameters"]) == (429, {"retry_after": 1})
    clock.advance(timedelta(seconds=1))
    assert (await _asks(sandbox, "setWebhook", **other))[0] == 200
    for said in ("Webhook was deleted", "Webhook is already deleted"):
        assert (await _asks(sandbox, "deleteWebhook"))[1]["description"] == said

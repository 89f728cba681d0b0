"""The replica that sends an announcement is killed: another goes on, and everybody gets it."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.runtime.replica import BEAT
from storage.leases import TTL
from storage.outbox import State
from tests.chaos.announcing import announce, received
from tests.chaos.fleet import Fleet, seeded
from tests.chaos.stage import FULL
from tests.databases import Postgres

PEOPLE, DEATHS = (100_000, 2) if FULL else (1500, 1)
REPLICAS, IN_FLIGHT = 3, 64
pytestmark = [
    pytest.mark.chaos,
    pytest.mark.timeout(1800 if FULL else 300),
    pytest.mark.xdist_group("replicas"),
]


@pytest.fixture
async def replicas(server: Postgres, tmp_path: Path) -> AsyncIterator[Fleet]:
    async with seeded(server, tmp_path, PEOPLE) as made:
        made.stage.environment["PAPRSEK_SENDING__IN_FLIGHT"] = str(IN_FLIGHT)
        yield made


async def test_an_announcement_outlives_who_sends_it(replicas: Fleet) -> None:
    await announce(replicas.stage.environment["PAPRSEK_STORAGE__URL"])
    for _ in range(REPLICAS):
        await replicas.start()
    doubtful = 0
    for death in range(DEATHS):
        await _sent(replicas, PEOPLE * (death + replicas.stage.random.random()) / DEATHS)
        doubtful += await _decapitate(replicas)
    while not await replicas.is_quiet() or not await _is_told(replicas):
        await _goes_on(replicas)
    await _judge(replicas, doubtful)


async def _sent(replicas: Fleet, share: float) -> None:
    """Wait until about so many messages have been sent."""

    async def enough() -> bool:
        return len(replicas.stage.sandbox.calls) >= share

    while not await enough():
        await _goes_on(replicas)


async def _goes_on(replicas: Fleet) -> None:
    """Wait until some more messages have been sent, or none is to be sent any more."""
    calls = replicas.stage.sandbox.calls
    before = len(calls)

    async def more() -> bool:
        return len(calls) > before + 100 or await replicas.is_quiet()

    await replicas.until(more)
    await asyncio.sleep(0.1)


async def _is_told(replicas: Fleet) -> bool:
    return await replicas.ask("select 1 from announcement where done_at is null") == []


async def _decapitate(replicas: Fleet) -> int:
    """Kill the leader. Returns how many messages were on their way."""
    await replicas.kill(await replicas.leader())
    began = time.monotonic()
    [(on_their_way,)] = await replicas.ask("select count(*) from outbox where state = 1")
    await replicas.until(replicas.is_led)
    took = time.monotonic() - began
    print(f"another leads after {took:.1f} s; {on_their_way} messages were on their way")
    assert took < TTL.total_seconds() + BEAT
    await replicas.start()
    return int(on_their_way)


async def _judge(replicas: Fleet, doubtful: int) -> None:
    told = received(replicas.stage)
    extra = sum(told.values()) - len(told)
    print(f"{len(told)} people, {replicas.kills} kills, {extra} messages twice of {doubtful}")
    assert len(told) == PEOPLE
    assert extra <= doubtful <= IN_FLIGHT * replicas.kills
    flagged = await replicas.ask("select chat_id from outbox where maybe_duplicate")
    assert {chat for chat, times in told.items() if times > 1} <= {chat for (chat,) in flagged}
    ends = "select state, count(*) from outbox where batch_id > 0 group by state"
    assert await replicas.ask(ends) == [(State.SENT, PEOPLE)]

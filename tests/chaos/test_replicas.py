"""Replicas are killed while people press and news go out: nothing is lost, nothing is doubled."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.runtime.replica import BEAT
from handlers.workshops.card import Leave, SignUp
from storage.leases import TTL
from tests.chaos.fleet import Fleet, fleet
from tests.chaos.stage import FULL
from tests.chaos.test_presses import Presser
from tests.databases import Postgres

PRESSES, REPLICAS, KILLS, PAUSES = (2000, 3, 60, 10) if FULL else (120, 2, 2, 0)
pytestmark = [
    pytest.mark.chaos,
    pytest.mark.timeout(7200 if FULL else 300),
    pytest.mark.xdist_group("replicas"),
]


@pytest.fixture
async def replicas(server: Postgres, tmp_path: Path) -> AsyncIterator[Fleet]:
    """With people and an event."""
    url = server.copy("template0")
    async with fleet(tmp_path, url, PRESSES) as made:
        await made.stage.seed()
        for _ in range(REPLICAS):
            await made.start()
        yield made
    server.drop(url)


async def test_presses_survive_the_death_of_replicas(replicas: Fleet) -> None:
    """The leader is the first to die, and another leads soon; then anybody may die."""
    stage = replicas.stage
    [(event,)] = await replicas.ask("select workshop_id from part where capacity = 100000")
    phones = [stage.person(number) for number in range(PRESSES)]
    crowd = [
        Presser(phone, await stage.greet(phone), opens=number % 2 == 0)
        for number, phone in enumerate(phones)
    ]
    for pause in range(PAUSES):
        await _stand_still(replicas, crowd[pause :: KILLS + PAUSES], event)
    for death in range(KILLS):
        victim = stage.random.choice(replicas.members) if death else await replicas.leader()
        assert victim is not None
        async with asyncio.TaskGroup() as group:
            group.create_task(_press(crowd[PAUSES + death :: KILLS + PAUSES], event))
            await asyncio.sleep(stage.random.uniform(0, 0.5))
            await replicas.kill(victim)
        if not death:
            await _succeeds(replicas)
        await replicas.start()
    await replicas.until(replicas.is_quiet)
    await _judge(replicas, crowd, event)


async def _press(lot: list[Presser], event: int) -> None:
    for presser in lot:
        presser.acts(event)
        await asyncio.sleep(0.005)


async def _stand_still(replicas: Fleet, lot: list[Presser], event: int) -> None:
    """The leader does, for longer than its lease, and comes back as if nothing had happened."""
    leader = await replicas.leader()
    assert leader is not None
    async with asyncio.TaskGroup() as group:
        group.create_task(_press(lot, event))
        await replicas.pause(leader, TTL.total_seconds() + BEAT)


async def _succeeds(replicas: Fleet) -> None:
    began = time.monotonic()
    await replicas.until(lambda: _is_led(replicas))
    took = time.monotonic() - began
    print(f"another leads after {took:.1f} s")
    assert took < TTL.total_seconds() + BEAT


async def _is_led(replicas: Fleet) -> bool:
    return await replicas.leader() is not None


async def _judge(replicas: Fleet, crowd: list[Presser], event: int) -> None:
    seats = await replicas.ask("select count(*), count(distinct person_id) from seat")
    assert seats == [(PRESSES, PRESSES)]
    assert [each.phone.id for each in crowd if not each.sees_the_seat(event)] == []
    extra = [_cards(each, event) - each.opens for each in crowd]
    assert min(extra) >= 0
    [(flagged,)] = await replicas.ask("select count(*) from outbox where maybe_duplicate")
    print(f"{replicas.kills} kills, {sum(extra)} messages twice of {flagged} on their way")
    assert sum(extra) <= flagged
    assert await replicas.ask("select update_id, error from inbox where state <> 2") == []
    assert await replicas.ask("select method, error from outbox where state = 3") == []


def _cards(presser: Presser, event: int) -> int:
    """How many cards of the event somebody has, besides the one below which they pressed."""
    buttons = (SignUp(event).pack(), Leave(event).pack())
    sent = [json.dumps(each) for each in presser.phone.messages]
    return sum(any(f'"{button}"' in each for button in buttons) for each in sent) - 1

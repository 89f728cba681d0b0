"""Replicas are killed and stand still while people press and an announcement goes out: nothing is
lost, nothing is doubled, each person's updates keep their order, and only who leads sends news."""

import asyncio
import json
import math
import time
from collections import Counter
from collections.abc import AsyncIterator
from itertools import combinations
from pathlib import Path

import pytest

from bot.runtime.replica import BEAT
from handlers.workshops.card import Leave, SignUp
from storage.leases import TTL
from tests.chaos.announcing import WORDS, announce
from tests.chaos.fleet import Fleet, seeded
from tests.chaos.stage import FULL, PATIENCE
from tests.chaos.test_presses import Presser
from tests.databases import Postgres

PRESSES, REPLICAS, KILLS, PAUSES = (3000, 3, 80, 10) if FULL else (120, 2, 2, 0)
LATEST = (TTL.total_seconds() + BEAT) * (1 if FULL else 3)  # others may keep the machine busy
PACE = 20 if FULL else 10  # news a second, so that some are on their way at most deaths
WITNESS = """
create table witness (outbox_id bigint, sender int, leader int);
create function see() returns trigger language plpgsql as $$
begin
    insert into witness
    select new.id, new.replica_id, holder from lease where name = 'leader';
    return new;
end $$;
create trigger seen after update on outbox for each row
when (old.state = 0 and new.state = 1) execute function see();
"""
pytestmark = [
    pytest.mark.chaos,
    pytest.mark.timeout(7200 if FULL else 300),
    pytest.mark.xdist_group("replicas"),
]


@pytest.fixture
async def replicas(server: Postgres, tmp_path: Path) -> AsyncIterator[Fleet]:
    """With people and an event."""
    async with seeded(server, tmp_path, PRESSES) as made:
        await announce(made.stage.environment["PAPRSEK_STORAGE__URL"])
        made.stage.environment["PAPRSEK_SENDING__BULK_PER_SECOND"] = str(PACE)
        server.run(f"\\connect {made.db.url.database}\n{WITNESS}")
        for _ in range(REPLICAS):
            await made.start()
        yield made


async def test_presses_survive_the_death_of_replicas(replicas: Fleet) -> None:
    """The leader is the first to die, and another leads soon; then anybody may die."""
    stage = replicas.stage
    [(event,)] = await replicas.ask("select workshop_id from part where capacity = 100000")
    phones = [stage.person(number) for number in range(PRESSES)]
    crowd = [
        Presser(phone, await stage.greet(phone), number % 2 == 0, poisoned=False)
        for number, phone in enumerate(phones)
    ]
    for pause in range(PAUSES):
        await _stand_still(replicas, crowd[pause :: KILLS + PAUSES], event)
    for death in range(KILLS):
        victim = stage.random.choice(replicas.members) if death else await replicas.leader()
        async with asyncio.TaskGroup() as group:
            group.create_task(_press(crowd[PAUSES + death :: KILLS + PAUSES], event))
            await asyncio.sleep(stage.random.uniform(0, 0.5))
            await replicas.kill(victim)
        if not death:
            await _succeeds(replicas)
        await replicas.start()
    await replicas.until(replicas.is_quiet, PATIENCE + PRESSES / PACE)
    await replicas.until(lambda: _is_told(replicas))
    await _judge(replicas, crowd, event)
    await _judge_order(replicas)
    await _judge_leaders(replicas)


async def _press(lot: list[Presser], event: int) -> None:
    for presser in lot:
        presser.acts(event)
        presser.phone.says("/help")
        await asyncio.sleep(0.005)


async def _stand_still(replicas: Fleet, lot: list[Presser], event: int) -> None:
    """The leader does, for longer than its lease, and comes back as if nothing had happened."""
    leader = await replicas.leader()
    async with asyncio.TaskGroup() as group:
        group.create_task(_press(lot, event))
        await replicas.pause(leader, TTL.total_seconds() + BEAT)


async def _succeeds(replicas: Fleet) -> None:
    began = time.monotonic()
    await replicas.until(replicas.is_led)
    took = time.monotonic() - began
    print(f"another leads after {took:.1f} s")
    assert took < LATEST


async def _judge(replicas: Fleet, crowd: list[Presser], event: int) -> None:
    seats = await replicas.ask("select count(*), count(distinct person_id) from seat")
    assert seats == [(PRESSES, PRESSES)]
    assert [each.phone.id for each in crowd if not each.sees_the_seat(event)] == []
    extra = [_cards(each, event) - each.opens for each in crowd]
    assert min(extra) >= 0
    [(flagged,)] = await replicas.ask("select count(*) from outbox where maybe_duplicate")
    print(f"{replicas.kills} kills, {sum(extra)} messages twice of {flagged} on their way")
    told = Counter(
        call.chat_id
        for call in replicas.stage.sandbox.calls
        if call.ok and call.params.get("text") == WORDS
    )
    assert len(told) == PRESSES
    assert sum(extra) + told.total() - PRESSES <= flagged
    assert await replicas.ask("select update_id, error from inbox where state <> 2") == []
    assert await replicas.ask("select method, error from outbox where state = 3") == []


async def _is_told(replicas: Fleet) -> bool:
    return await replicas.ask("select 1 from announcement where done_at is null") == []


async def _judge_order(replicas: Fleet) -> None:
    """What somebody's updates brought forth was written down in the order in which they came. A
    message and a press are posted side by side; of two on their way neither is the earlier one."""
    answers = "select chat_id, dedup from outbox where priority = 0 and dedup like 'u%'"
    done: dict[int, list[int]] = {}
    for chat, key in await replicas.ask(f"{answers} order by chat_id, id"):
        done.setdefault(chat, []).append(int(key[1:].partition(":")[0]))
    pairs = [pair for numbers in done.values() for pair in combinations(numbers, 2)]
    assert [pair for pair in pairs if _follows(replicas, *pair)] == []
    in_order = sum(_follows(replicas, later, earlier) for earlier, later in pairs)
    print(f"{in_order} pairs of {len(done)} people in order")
    assert in_order >= PRESSES // 2


def _follows(replicas: Fleet, later: int, earlier: int) -> bool:
    """Whether one came when the other had been taken."""
    return replicas.taken.get(earlier, math.inf) < replicas.came[later]


async def _judge_leaders(replicas: Fleet) -> None:
    """Whoever began to send what nobody waits for led at that moment."""
    [(seen,)] = await replicas.ask("select count(*) from witness")
    [(terms,)] = await replicas.ask("select term from lease where name = 'leader'")
    stale = await replicas.ask("select * from witness where sender is distinct from leader")
    print(f"{seen} writes of leaders in {terms} terms, {len(stale)} by one who led no more")
    assert seen >= PRESSES
    assert stale == []


def _cards(presser: Presser, event: int) -> int:
    """How many cards of the event somebody has, besides the one below which they pressed."""
    buttons = (SignUp(event).pack(), Leave(event).pack())
    sent = [json.dumps(each) for each in presser.phone.messages]
    return sum(any(f'"{button}"' in each for button in buttons) for each in sent) - 1

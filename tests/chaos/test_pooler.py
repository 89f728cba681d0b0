"""Two replicas behind PgBouncer in transaction mode, set up as documented: people press, the
leader dies, and nothing is lost, doubled, or left on a connection."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.runtime.replica import BEAT
from storage.database import normal
from storage.leases import TTL
from tests.chaos.fleet import Fleet, fleet
from tests.chaos.guests import EVENT, SEATS, Guest, guests, sign_up, without_a_seat
from tests.chaos.pooler import pooler
from tests.chaos.stage import FULL, HOST
from tests.databases import Postgres

PRESSES, KILLS = (1500, 6) if FULL else (60, 1)
CONNECTIONS = 5  # of the pooler's to the server, for all replicas
TROUBLE = ("prepared statement", "Traceback")
pytestmark = [
    pytest.mark.chaos,
    pytest.mark.timeout(1800 if FULL else 240),
    pytest.mark.xdist_group("replicas"),
]


@pytest.fixture
def way(server: Postgres) -> Iterator[str]:
    """Through the pooler to an empty database."""
    with pooler(server, CONNECTIONS) as port:
        url = server.copy("template0")
        yield f"postgresql://postgres@{HOST}:{port}/{normal(url).database}?pooled=true"
        server.drop(url)


@pytest.fixture
async def replicas(way: str, tmp_path: Path) -> AsyncIterator[Fleet]:
    async with fleet(tmp_path, way, PRESSES) as made:
        await made.stage.seed()
        for _ in range(2):
            await made.start()
        yield made


async def test_behind_a_pooler(replicas: Fleet) -> None:
    stage = replicas.stage
    [(event,)] = await replicas.ask(EVENT)
    crowd = await guests(stage)
    for death in range(KILLS):
        leader = await replicas.leader()
        async with asyncio.TaskGroup() as group:
            group.create_task(sign_up(crowd[death::KILLS], event))
            await asyncio.sleep(stage.random.uniform(0.2, 0.6))
            await replicas.kill(leader)
        async with asyncio.timeout(TTL.total_seconds() + BEAT):
            await replicas.until(replicas.is_led)
        if death + 1 < KILLS:
            await replicas.start()
    await replicas.until(replicas.is_quiet)
    await _judge(replicas, crowd, event)


async def _judge(replicas: Fleet, crowd: list[Guest], event: int) -> None:
    assert await replicas.ask(SEATS) == [(PRESSES, PRESSES)]
    assert without_a_seat(crowd, event) == []
    assert await replicas.ask("select update_id, error from inbox where state <> 2") == []
    assert await replicas.ask("select method, error from outbox where state = 3") == []
    [(left,)] = await replicas.ask("select count(*) from pg_prepared_statements")
    assert left == 0
    assert [word for word in TROUBLE if word in replicas.stage.log] == []

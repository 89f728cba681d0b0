"""Two replicas behind the balancer of deploy/: one dies while people press, each gets a seat."""

import asyncio
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.chaos.fleet import Fleet, free_port, seeded
from tests.chaos.guests import EVENT, SEATS, guests, sign_up, without_a_seat
from tests.chaos.stage import FULL, HOST
from tests.databases import Postgres
from tests.house.sources import ROOT
from tests.programs import program

PRESSES, KILLS = (1500, 6) if FULL else (60, 1)
CADDYFILE = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
BY_NAME = """\
			dynamic a paprsek 8081 {
				refresh 5s
			}
"""
pytestmark = [
    pytest.mark.chaos,
    pytest.mark.timeout(1800 if FULL else 240),
    pytest.mark.xdist_group("replicas"),
]


@pytest.fixture
async def replicas(server: Postgres, tmp_path: Path) -> AsyncIterator[Fleet]:
    caddy = program("caddy")
    async with seeded(server, tmp_path, PRESSES) as made:
        port = free_port()
        made.stage.environment["PAPRSEK_TELEGRAM__WEBHOOK_URL"] = f"http://{HOST}:{port}"
        for _ in range(2):
            await made.start()
        async with balancer(caddy, tmp_path, port, made):
            yield made


@asynccontextmanager
async def balancer(caddy: str, folder: Path, port: int, made: Fleet) -> AsyncIterator[None]:
    """What a name would lead to inside a composition is told to it by address."""
    assert BY_NAME in CADDYFILE
    places = " ".join(f"{HOST}:{each.port}" for each in made.members)
    settings = folder / "Caddyfile"
    settings.write_text("{\n\tadmin off\n}\n" + CADDYFILE.replace(BY_NAME, f"\t\t\tto {places}\n"))
    process = await asyncio.create_subprocess_exec(
        *(caddy, "run", "--config", str(settings)),
        env={"HOST": f"http://{HOST}:{port}", "HOME": str(folder)},
        stderr=DEVNULL,
    )
    try:
        await made.until(lambda: _listens(port))
        yield
    finally:
        process.terminate()
        await process.wait()


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(HOST, port)
    except OSError:
        return False
    writer.close()
    return True


async def test_behind_the_balancer(replicas: Fleet) -> None:
    stage = replicas.stage
    [(event,)] = await replicas.ask(EVENT)
    crowd = await guests(stage)
    for death in range(KILLS):
        victim = stage.random.choice(replicas.members)
        async with asyncio.TaskGroup() as group:
            group.create_task(sign_up(crowd[death::KILLS], event))
            await asyncio.sleep(stage.random.uniform(0.1, 0.2))
            await replicas.kill(victim)
        await replicas.start(victim.port)
    await replicas.until(replicas.is_quiet)
    assert await replicas.ask(SEATS) == [(PRESSES, PRESSES)]
    assert without_a_seat(crowd, event) == []
    assert await replicas.ask("select update_id, error from inbox where state <> 2") == []


async def test_what_is_for_inside_stays_inside(replicas: Fleet) -> None:
    address = replicas.stage.environment["PAPRSEK_TELEGRAM__WEBHOOK_URL"]
    for path, status in {"/healthz": 404, "/metrics": 404, "/": 404, "/telegram": 403}.items():
        async with replicas.http.post(f"{address}{path}", data=b"{}") as answer:
            assert (path, answer.status) == (path, status)

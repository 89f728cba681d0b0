"""The real process on a disk that runs out of room among the presses, and gets some again."""

import asyncio
import json
import resource
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.chaos.fleet import Fleet, fleet, free_port
from tests.chaos.guests import (
    EVENT,
    SEATED,
    SEATS,
    Guest,
    guests,
    without_a_seat,
)
from tests.chaos.small_disk import SmallDisk, database_on, small_disk
from tests.chaos.stage import FULL, HOST, PATIENCE, Stage, staged
from tests.databases import Postgres

PRESSES, ROUNDS = (800, 20) if FULL else (40, 1)
SHARED_PRESSES, SHARED_ROUNDS = (400, 4) if FULL else (40, 1)
SMALLEST, LARGEST = 34 * 1024, 200 * 1024  # bytes that a file of SQLite's may have just then
LETTERS = 3500  # of a message without any sense, which no database makes smaller
pytestmark = [
    pytest.mark.chaos,
    pytest.mark.timeout(1800 if FULL else 240),
    pytest.mark.xdist_group("replicas"),
]


async def test_a_disk_that_runs_out_of_room(tmp_path: Path) -> None:
    """Writes fail inside of SQLite's log, so it is commits, too, that are taken back."""
    async with staged(tmp_path, PRESSES) as stage:
        await stage.seed()
        [(event,)] = stage.ask(EVENT)
        crowd = await guests(stage)
        port = free_port()
        stage.environment["PAPRSEK_WEB__PORT"] = str(port)
        await stage.start()
        await stage.awake()
        for lot in range(ROUNDS):
            _limit(stage, stage.random.randrange(SMALLEST, LARGEST))
            some = crowd[lot::ROUNDS]
            first = await _press(stage, some, event)
            await _until(lambda: _is_in_trouble(f"http://{HOST}:{port}"))
            _judge_the_promised(stage, first, some, event)
            _limit(stage, resource.RLIM_INFINITY)
            await stage.until(stage.is_quiet)
            await _until(lambda: _is_well(f"http://{HOST}:{port}"))
        assert await stage.stop() == 0
        _judge(stage, crowd, event)


def _limit(stage: Stage, size: int) -> None:
    assert stage.process is not None
    resource.prlimit(stage.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


async def _press(stage: Stage, some: Sequence[Guest], event: int) -> int:
    """Returns the number of the first update that comes of it."""
    first = stage.sandbox.queue(stage.sandbox.world.bot).next_id
    for guest in some:
        _rambles(stage, guest)
        guest.signs_up(event)
        await asyncio.sleep(0.002)
    return first


def _rambles(stage: Stage, guest: Guest) -> None:
    guest.phone.says(stage.random.randbytes(LETTERS // 2).hex())


async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await holds():  # noqa: ASYNC110 -- of another process
            await asyncio.sleep(0.05)


async def _is_in_trouble(address: str) -> bool:
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{address}/healthz") as answer:
            if answer.status == 200:
                return False
            assert (await answer.json())["stores"] is False
        async with http.get(f"{address}/metrics") as answer:
            counted = [line.split() for line in (await answer.text()).splitlines()]
    return any(line[0] == "paprsek_write_failures_total" and float(line[1]) for line in counted)


async def _is_well(address: str) -> bool:
    async with aiohttp.ClientSession() as http, http.get(f"{address}/healthz") as answer:
        return answer.status == 200


def _judge_the_promised(stage: Stage, first: int, some: Sequence[Guest], event: int) -> None:
    """Nothing is acknowledged that is not stored: neither to Telegram nor to people."""
    queue = stage.sandbox.queue(stage.sandbox.world.bot)
    kept = {each.id for each in queue.waiting}
    bodies = stage.ask("select body from inbox where body <> ''")
    stored = {json.loads(body)["update_id"] for (body,) in bodies}
    assert set(range(first, queue.next_id)) <= kept | stored
    seated = {number for (number,) in stage.ask(SEATED)}
    assert {each.phone.id for each in some if each.sees_the_seat(event)} <= seated


def _judge(stage: Stage, crowd: Sequence[Guest], event: int) -> None:
    assert stage.ask(SEATS) == [(PRESSES, PRESSES)]
    assert without_a_seat(crowd, event) == []
    assert stage.ask("pragma integrity_check") == [("ok",)]
    assert stage.ask("select update_id, error from inbox where state <> 2") == []
    assert stage.ask("select method, error from outbox where state = 3") == []
    [(twice,)] = stage.ask("select count(*) from outbox where maybe_duplicate")
    print(f"{ROUNDS} times without room, {len(crowd)} presses, {twice} messages in doubt")
    assert twice == 0


@pytest.fixture
def disk() -> Any:
    with small_disk() as made:
        yield made


@pytest.fixture
async def replicas(disk: SmallDisk, server: Postgres, tmp_path: Path) -> AsyncIterator[Fleet]:
    with database_on(disk, server) as url:
        async with fleet(tmp_path, url, SHARED_PRESSES) as made:
            await made.stage.seed()
            for _ in range(2):
                await made.start()
            yield made


async def test_a_server_that_runs_out_of_room(replicas: Fleet, disk: SmallDisk) -> None:
    stage = replicas.stage
    [(event,)] = await replicas.ask(EVENT)
    crowd = await guests(stage)
    for lot in range(SHARED_ROUNDS):
        some = crowd[lot::SHARED_ROUNDS]
        disk.fill()
        failed = await _failures(replicas)
        first = await _press(stage, some, event)
        async with asyncio.timeout(PATIENCE):
            while await _failures(replicas) == failed:  # it may find a page that is half full
                _rambles(stage, some[0])
                await asyncio.sleep(0.05)
        await _judge_the_shared(replicas, first, some, event)
        disk.free()
        await replicas.until(replicas.is_quiet)
    assert await replicas.ask(SEATS) == [(SHARED_PRESSES, SHARED_PRESSES)]
    assert without_a_seat(crowd, event) == []
    assert await replicas.ask("select update_id, error from inbox where state <> 2") == []
    assert await replicas.ask("select method, error from outbox where state = 3") == []


async def _failures(replicas: Fleet) -> float:
    """How often they could not write; a sign of life may have found room meanwhile."""
    return sum([await _counted(member.address) for member in replicas.members])


async def _counted(address: str) -> float:
    async with aiohttp.ClientSession() as http, http.get(f"{address}/metrics") as answer:
        lines = [line.split() for line in (await answer.text()).splitlines()]
    return sum(float(line[1]) for line in lines if line[0] == "paprsek_write_failures_total")


async def _judge_the_shared(
    replicas: Fleet, first: int, some: Sequence[Guest], event: int
) -> None:
    queue = replicas.stage.sandbox.queue(replicas.stage.sandbox.world.bot)
    kept = {each.id for each in queue.waiting}
    stored = {number for (number,) in await replicas.ask("select update_id from inbox")}
    assert set(range(first, queue.next_id)) <= kept | stored
    seated = {number for (number,) in await replicas.ask(SEATED)}
    assert {each.phone.id for each in some if each.sees_the_seat(event)} <= seated

"""Two versions at once on one PostgreSQL: the new one comes while the old ones work, nobody
notices, and when they cannot work together any more the old ones end with one line."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chaos.fleet import Fleet, Member, free_port, seeded
from tests.chaos.guests import EVENT, SEATS, guests, sign_up, without_a_seat
from tests.chaos.stage import FULL, PATIENCE
from tests.chaos.versions import Version, later
from tests.databases import Postgres

PEOPLE, OLD = (900, 3) if FULL else (60, 1)
PAUSE = 0.01  # seconds between presses
LINE = "; run a newer version"
pytestmark = [
    pytest.mark.chaos,
    pytest.mark.timeout(1800 if FULL else 240),
    pytest.mark.xdist_group("replicas"),
]


@pytest.fixture
async def replicas(server: Postgres, tmp_path: Path) -> AsyncIterator[Fleet]:
    """Of the version before."""
    async with seeded(server, tmp_path, PEOPLE) as made:
        for _ in range(OLD):
            await made.start()
        yield made


async def start(replicas: Fleet, version: Version) -> Member:
    """A replica of another version; it brings the tables up first."""
    port = free_port()
    changed = {"PAPRSEK_WEB__PORT": str(port), "PYTHONPATH": str(version.folder)}
    member = Member(await replicas.stage.launch("run", changed=changed), port)
    await replicas.until(lambda: _answers(replicas, member))
    replicas.members.append(member)
    return member


async def _answers(replicas: Fleet, member: Member) -> bool:
    assert member.process.returncode is None, replicas.stage.log
    return await replicas.health(member) is not None


async def test_a_new_version_takes_over(replicas: Fleet, tmp_path: Path) -> None:
    [(event,)] = await replicas.ask(EVENT)
    crowd = await guests(replicas.stage)
    before = list(replicas.members)
    async with asyncio.TaskGroup() as group:
        group.create_task(sign_up(crowd, event, PAUSE))
        version = later(tmp_path, expands=True)
        await start(replicas, version)
        assert await replicas.ask("select version_num from alembic_version") == [
            (version.revision,)
        ]
        await start(replicas, version)
        for member in before:
            await _end(replicas, member)
    await replicas.until(replicas.is_quiet)
    assert await replicas.ask(SEATS) == [(PEOPLE, PEOPLE)]
    assert without_a_seat(crowd, event) == []
    assert await replicas.ask("select update_id, error from inbox where state <> 2") == []
    assert await replicas.ask("select method, error from outbox where state = 3") == []
    assert "a replica has another version" in replicas.stage.log
    assert "Traceback" not in replicas.stage.log
    await _leave_behind(replicas, later(tmp_path, expands=False, after=version))


async def _end(replicas: Fleet, member: Member) -> None:
    replicas.members.remove(member)
    member.process.send_signal(signal.SIGTERM)
    assert await member.process.wait() == 0


async def _leave_behind(replicas: Fleet, version: Version) -> None:
    """One that changes what the others rely on, while they run."""
    older, replicas.members = replicas.members, []
    await start(replicas, version)
    async with asyncio.timeout(PATIENCE):
        assert [await member.process.wait() for member in older] == [1, 1]
    late = await replicas.stage.bear("run")
    assert await asyncio.wait_for(late.wait(), PATIENCE) == 1
    said = [line for line in replicas.stage.log.splitlines() if line.endswith(LINE)]
    assert len(said) == len(older) + 1
    assert all(line.startswith("the database is ") for line in said)
    await replicas.until(lambda: _is_well(replicas, replicas.members[0]))


async def _is_well(replicas: Fleet, member: Member) -> bool:
    return bool((await replicas.health(member) or {}).get("ok"))

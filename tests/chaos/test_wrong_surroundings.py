"""The real process where something around it is wrong: a clock, a secret, a database that may only
be read. It says so in one line or goes by what is right, and nothing wrong is done silently."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.outbox import Call, Priority, State, owe
from tests.chaos.fleet import SECRET, Fleet, Member, free_port, seeded
from tests.chaos.guests import EVENT, SEATS, guests, sign_up, without_a_seat
from tests.chaos.stage import FIRST, PATIENCE, Stage, staged
from tests.databases import Postgres
from tests.programs import program

FAKETIME = (
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/faketime/libfaketime.so.1",
)
PEOPLE = 30
HALF_AN_HOUR = timedelta(minutes=30)
WRONG_BY = "this machine's clock is wrong by"
pytestmark = [
    pytest.mark.chaos,
    pytest.mark.timeout(240),
    pytest.mark.xdist_group("replicas"),
]


@pytest.fixture
async def replicas(server: Postgres, tmp_path: Path) -> AsyncIterator[Fleet]:
    """None runs yet."""
    async with seeded(server, tmp_path, PEOPLE) as made:
        yield made


async def start(replicas: Fleet, changed: Mapping[str, str]) -> Member:
    port = free_port()
    told = {"PAPRSEK_WEB__PORT": str(port), **changed}
    member = Member(await replicas.stage.launch("run", changed=told), port)
    await replicas.until(lambda: _is_well(replicas, member))
    replicas.members.append(member)
    return member


async def _is_well(replicas: Fleet, member: Member) -> bool:
    assert member.process.returncode is None, replicas.stage.log
    return bool((await replicas.health(member) or {}).get("ok"))


async def refusal(stage: Stage, words: Sequence[str], changed: Mapping[str, str]) -> list[str]:
    """The exit code, and what it says besides its log."""
    before = len(stage.log)
    life = await stage.bear(*words, changed=changed)
    code = await asyncio.wait_for(life.wait(), PATIENCE)
    lines = stage.log[before:].splitlines()
    return [str(code), *(line for line in lines if line and not line.startswith("{"))]


@pytest.fixture
def faketime() -> str:
    """A library that moves the clock of whatever is started with it."""
    library = next((each for each in FAKETIME if Path(each).exists()), None)
    if library is None:
        pytest.skip("there is no libfaketime here (`apt install faketime`)")
    return library


async def test_clocks_an_hour_apart(faketime: str, replicas: Fleet) -> None:
    """The leader's is ahead: what is due in half an hour is not sent, nor has it expired."""
    later = datetime.now(UTC) + HALF_AN_HOUR
    due = [
        Call("sendMessage", FIRST, {"text": "Later"}, Priority.NOTICE, "later", not_before=later),
        Call("sendMessage", FIRST, {"text": "Now"}, Priority.NOTICE, "now", expires_at=later),
    ]
    async with replicas.db.writing() as session:
        await owe(session, due, datetime.now(UTC))
    fake = {"LD_PRELOAD": faketime, "FAKETIME": "+1h", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    await start(replicas, fake)
    await replicas.start()
    [(event,)] = await replicas.ask(EVENT)
    crowd = await guests(replicas.stage)
    await sign_up(crowd, event)
    await replicas.until(lambda: _is_told(replicas))
    assert await replicas.ask(SEATS) == [(PEOPLE, PEOPLE)]
    mine = "select dedup, state from outbox where dedup in ('later', 'now')"
    ends = dict(await replicas.ask(mine))
    assert ends == {"later": State.PENDING, "now": State.SENT}
    apart = "select max(abs(extract(epoch from received_at - clock_timestamp()))) from inbox"
    [(seconds,)] = await replicas.ask(apart)
    assert seconds < HALF_AN_HOUR.total_seconds()
    assert WRONG_BY in replicas.stage.log


async def _is_told(replicas: Fleet) -> bool:
    waits = "select 1 from inbox where state = 0 union all "
    owed = "select 1 from outbox where state in (0, 1) and dedup <> 'later' limit 1"
    queue = replicas.stage.sandbox.queue(replicas.stage.sandbox.world.bot)
    return not queue.waiting and not await replicas.ask(waits + owed)


async def test_a_replica_without_the_secret(replicas: Fleet) -> None:
    await replicas.start()
    ours = ["run"]
    without = await refusal(replicas.stage, ours, {"PAPRSEK_TELEGRAM__WEBHOOK_SECRET": ""})
    another = await refusal(
        replicas.stage, ours, {"PAPRSEK_TELEGRAM__WEBHOOK_SECRET": SECRET[::-1]}
    )
    [code, line] = without
    assert code == "2"
    assert line.startswith("[telegram] webhook_secret: expected the same one for all replicas")
    [code, line] = another
    assert code == "1"
    assert line.startswith("[telegram] webhook_secret: the replica ")
    assert SECRET not in replicas.stage.log
    assert [await replicas.health(member) is not None for member in replicas.members] == [True]


async def test_a_server_that_may_only_be_read(replicas: Fleet) -> None:
    """After a failover, for instance: Telegram keeps what people do until it may be written."""
    stage = replicas.stage
    for _ in range(2):
        await replicas.start()
    [(event,)] = await replicas.ask(EVENT)
    crowd = await guests(stage)
    await _let_write(replicas, allowed=False)
    await sign_up(crowd, event)
    await replicas.until(lambda: _nobody_is_well(replicas))
    code, line = await refusal(stage, ["run"], {"PAPRSEK_WEB__PORT": str(free_port())})
    assert code == "1"
    assert "cannot be used" in line
    assert "read-only" in line
    assert await replicas.ask(SEATS) == [(0, 0)]
    assert len(without_a_seat(crowd, event)) == PEOPLE
    await _let_write(replicas, allowed=True)
    await replicas.until(replicas.is_quiet)
    assert await replicas.ask(SEATS) == [(PEOPLE, PEOPLE)]
    assert without_a_seat(crowd, event) == []
    assert await replicas.ask("select update_id, error from inbox where state <> 2") == []


async def _let_write(replicas: Fleet, *, allowed: bool) -> None:
    name, switch = replicas.db.url.database, "off" if allowed else "on"
    async with replicas.db.engine.connect() as connection:
        await connection.execute(text("set default_transaction_read_only = off"))
        await connection.commit()
        await connection.execute(
            text(f"alter database {name} set default_transaction_read_only = {switch}")
        )
        others = "select pg_terminate_backend(pid) from pg_stat_activity where datname = :name"
        mine = "and pid <> pg_backend_pid()"
        await connection.execute(text(f"{others} {mine}"), {"name": name})
        await connection.commit()


async def _nobody_is_well(replicas: Fleet) -> bool:
    told = [await replicas.health(member) for member in replicas.members]
    return not any(each and each["ok"] for each in told)


async def test_a_file_that_may_only_be_read(tmp_path: Path) -> None:
    async with staged(tmp_path, people=3) as stage:
        await stage.seed()
        _make_readonly(tmp_path)
        process = await asyncio.create_subprocess_exec(
            *(*_like_anybody(), sys.executable, "-m", "bot", "run"),
            cwd=tmp_path,
            env=stage.environment,
            stderr=subprocess.PIPE,
        )
        _, said = await asyncio.wait_for(process.communicate(), PATIENCE)
        assert process.returncode == 1
        lines = [each for each in said.decode().splitlines() if not each.startswith("{")]
        assert len(lines) == 1, lines
        assert "cannot be used" in lines[0]
        assert "readonly" in lines[0]


def _make_readonly(folder: Path) -> None:
    for path in folder.glob("paprsek.db*"):
        path.chmod(0o400 if path.suffix != ".lock" else 0o600)


def _like_anybody() -> list[str]:
    """Root may write what nobody may, unless that is taken away."""
    if os.geteuid() != 0:
        return []
    return [program("setpriv"), "--inh-caps=-all", "--bounding-set=-all"]

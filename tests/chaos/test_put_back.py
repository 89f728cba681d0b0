"""A PostgreSQL that is put back to an earlier hour, by its own tools: what has been sent since the
copy is not sent again before a manager has been asked."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain import rights
from handlers.restored import SettleRestored
from storage.outbox import Call, Priority, State, owe
from tests.chaos.fleet import Fleet, seeded
from tests.chaos.stage import FIRST
from tests.databases import Postgres

PEOPLE = 12
SOON = timedelta(seconds=2)
EARLY, LATE = "Před kopií.", "Po kopii."
pytestmark = [
    pytest.mark.chaos,
    pytest.mark.timeout(240),
    pytest.mark.xdist_group("replicas"),
]


@pytest.fixture
async def replicas(server: Postgres, tmp_path: Path) -> AsyncIterator[Fleet]:
    async with seeded(server, tmp_path, PEOPLE) as made:
        async with made.db.writing() as session:
            await rights.appoint_first(session, (FIRST,), "cs", datetime.now(UTC))
        yield made


@pytest.mark.parametrize("said", [True, False])
async def test_what_was_sent_since_the_copy(
    said: bool, replicas: Fleet, server: Postgres, tmp_path: Path
) -> None:
    """Also where nobody says that there was a copy."""
    stage, copy = replicas.stage, str(tmp_path / "copy")
    await replicas.start()
    await _owe(replicas, EARLY)
    await replicas.until(replicas.is_quiet)
    url = replicas.db.url.set(drivername="postgresql").render_as_string(hide_password=False)
    await _owe(replicas, LATE, after=SOON)
    await _run(server, "pg_dump", "--format=custom", f"--file={copy}", url)
    await replicas.until(replicas.is_quiet)
    assert _received(replicas) == {EARLY: PEOPLE, LATE: PEOPLE}
    for member in list(replicas.members):
        await replicas.kill(member)
    await _run(server, "pg_restore", "--clean", "--if-exists", f"--dbname={url}", copy)
    if said:
        assert await (await stage.bear("restored")).wait() == 0, stage.log
    await replicas.start()
    await replicas.until(lambda: _is_held(replicas))
    manager, press = stage.person(0), SettleRestored(0).pack()
    await replicas.until(lambda: _is_asked(replicas, press))
    assert _received(replicas) == {EARLY: PEOPLE, LATE: PEOPLE}
    manager.presses_data(press, int(manager.messages[-1]["message_id"]))
    await replicas.until(lambda: _is_settled(replicas))
    assert _received(replicas) == {EARLY: PEOPLE, LATE: PEOPLE}


async def _owe(replicas: Fleet, words: str, after: timedelta = timedelta()) -> None:
    now = datetime.now(UTC)
    notices = [
        Call(
            "sendMessage",
            FIRST + number,
            {"text": words},
            Priority.NOTICE,
            f"{words}{number}",
            not_before=now + after,
        )
        for number in range(PEOPLE)
    ]
    async with replicas.db.writing() as session:
        await owe(session, notices, now)


async def _run(server: Postgres, tool: str, *words: str) -> None:
    process = await asyncio.create_subprocess_exec(server.tool(tool), *words)
    assert await process.wait() == 0


def _received(replicas: Fleet) -> Counter[str]:
    calls = [call for call in replicas.stage.sandbox.calls if call.ok]
    texts = [str(call.params.get("text")) for call in calls]
    return Counter(text for text in texts if text in (EARLY, LATE))


async def _is_held(replicas: Fleet) -> bool:
    held = f"select count(*) from outbox where state = {State.HELD}"
    return await replicas.ask(held) == [(PEOPLE,)]


async def _is_asked(replicas: Fleet, press: str) -> bool:
    manager = replicas.stage.person(0)
    return press in str(manager.messages[-1].get("reply_markup"))


async def _is_settled(replicas: Fleet) -> bool:
    held = f"select 1 from outbox where state = {State.HELD}"
    return not await replicas.ask(held) and await replicas.is_quiet()

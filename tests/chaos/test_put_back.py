"""A database that is put back to an earlier hour, by other tools than ours: what has been sent
since the copy is not sent again before a manager has been asked."""

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain import rights
from handlers.restored import SettleRestored
from storage.backup import backup
from storage.database import Database
from storage.outbox import Call, Priority, State, owe
from tests.chaos.fleet import Fleet, seeded
from tests.chaos.stage import FIRST, Stage, staged
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
        await _appoint(made.db)
        yield made


@pytest.mark.parametrize("said", [True, False])
async def test_what_was_sent_since_the_copy(
    said: bool, replicas: Fleet, server: Postgres, tmp_path: Path
) -> None:
    """Also where nobody says that there was a copy."""
    stage, copy = replicas.stage, str(tmp_path / "copy")
    await replicas.start()
    await _owe(replicas.db, EARLY)
    await replicas.until(replicas.is_quiet)
    url = replicas.db.url.set(drivername="postgresql").render_as_string(hide_password=False)
    await _owe(replicas.db, LATE, after=SOON)
    await _run(server, "pg_dump", "--format=custom", f"--file={copy}", url)
    await replicas.until(replicas.is_quiet)
    assert _received(stage) == {EARLY: PEOPLE, LATE: PEOPLE}
    for member in list(replicas.members):
        await replicas.kill(member)
    await _run(server, "pg_restore", "--clean", "--if-exists", f"--dbname={url}", copy)
    if said:
        assert await (await stage.bear("restored")).wait() == 0, stage.log
    await replicas.start()
    await replicas.until(lambda: _is_held(replicas))
    manager, press = stage.person(0), SettleRestored(0).pack()
    await replicas.until(lambda: _is_asked(replicas, press))
    assert _received(stage) == {EARLY: PEOPLE, LATE: PEOPLE}
    manager.presses_data(press, int(manager.messages[-1]["message_id"]))
    await replicas.until(lambda: _is_settled(replicas))
    assert _received(stage) == {EARLY: PEOPLE, LATE: PEOPLE}


@pytest.mark.parametrize("sent", [True, False])
async def test_a_file_that_is_copied_by_hand(sent: bool, tmp_path: Path) -> None:
    """Where nothing was sent since, nobody is asked."""
    async with staged(tmp_path, PEOPLE) as stage:
        await stage.seed()
        house, copy = tmp_path / "paprsek.db", tmp_path / "copy.db"
        db = Database(f"sqlite:///{house}")
        await _appoint(db)
        await _owe(db, EARLY)
        await stage.start()
        await stage.until(lambda: _received(stage)[EARLY] == PEOPLE and stage.is_quiet())
        await stage.kill()
        await _owe(db, LATE)
        await db.dispose()
        backup(house, copy)
        if sent:
            await stage.start()
            await stage.until(lambda: _received(stage)[LATE] == PEOPLE and stage.is_quiet())
            await stage.until(lambda: _is_remembered(stage))
            await stage.kill()
        for ending in ("", "-wal", "-shm"):
            house.with_name(house.name + ending).unlink(missing_ok=True)
        shutil.copy(copy, house)
        await stage.start()
        await stage.until(stage.is_quiet)
        asked = SettleRestored(0).pack() in str(stage.person(0).messages)
        assert asked == sent
        assert _received(stage) == {EARLY: PEOPLE, LATE: PEOPLE}


def _is_remembered(stage: Stage) -> bool:
    [(last,)] = stage.ask("select max(settled_at) from outbox")
    remembered = (stage.folder / "paprsek.db.lock").read_text()
    return remembered.replace("T", " ") >= str(last)


async def _appoint(db: Database) -> None:
    async with db.writing() as session:
        await rights.appoint_first(session, (FIRST,), "cs", datetime.now(UTC))


async def _owe(db: Database, words: str, after: timedelta = timedelta()) -> None:
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
    async with db.writing() as session:
        await owe(session, notices, now)


async def _run(server: Postgres, tool: str, *words: str) -> None:
    process = await asyncio.create_subprocess_exec(server.tool(tool), *words)
    assert await process.wait() == 0


def _received(stage: Stage) -> Counter[str]:
    calls = [call for call in stage.sandbox.calls if call.ok]
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

"""Backups among the presses, killed now and then; and the life after one on a new machine."""

import asyncio
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from handlers.restored import SettleRestored
from handlers.workshops.card import Leave, SignUp
from storage import backup as copies
from storage import migrate
from storage.backup import UNFINISHED
from storage.database import Database
from storage.outbox import State
from storage.restored import MARK
from tests.chaos.announcing import announce, received
from tests.chaos.cradle import Life
from tests.chaos.stage import FULL, Stage, staged

PEOPLE, SECONDS, KILLS = (3000, 90, 20) if FULL else (80, 1, 1)
PAUSE = 1 / 50  # seconds between presses: each of them is three writes and more
SLOWLY = "20"  # messages a second, so that some wait in every copy
SPREAD = (0.01, 0.1, 0.5)  # seconds from the beginning of a copy to the kill, at most
READY = 300  # seconds in which a new machine has to serve
SEATS = "select count(*) from seat"
pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800 if FULL else 240)]


async def test_a_new_machine_goes_on_from_a_backup(tmp_path: Path) -> None:
    async with staged(tmp_path, PEOPLE) as stage:
        await stage.seed()
        await announce(f"sqlite:///{tmp_path}/paprsek.db")
        stage.environment["PAPRSEK_SENDING__BULK_PER_SECOND"] = SLOWLY
        await stage.start()
        await stage.awake()
        await stage.until(lambda: sum(received(stage).values()) > 0)
        async with asyncio.TaskGroup() as group:
            pressing = group.create_task(_press(stage))
            copy = await _back_up(stage)
            pressing.cancel()
        so_far = sum(received(stage).values())
        await stage.until(lambda: sum(received(stage).values()) >= min(PEOPLE, so_far + 10))
        await _until_answered(stage)
        await stage.kill()
        home = tmp_path / "elsewhere"
        home.mkdir()
        await _move_house(stage, copy, home)
        await _judge(stage, copy)


async def _press(stage: Stage) -> None:
    """Everybody takes a seat and gives it back, in turn, until told to stop."""
    [(event,)] = stage.ask("select workshop_id from part where capacity = 100000")
    while True:
        for press in (SignUp(event).pack(), Leave(event).pack()):
            for number in range(PEOPLE):
                stage.person(number).presses_data(press, await _greeting(stage, number))
                await asyncio.sleep(PAUSE)


async def _greeting(stage: Stage, number: int) -> int:
    """The first message that the person has got, or a new one."""
    messages = stage.person(number).messages
    mine = (int(each["message_id"]) for each in messages if each["from"]["is_bot"])
    return next(mine, 0) or await stage.greet(stage.person(number))


async def _back_up(stage: Stage) -> Path:
    """Copies one after another; some are killed while they are being made. Returns the last."""
    began, whole, number = time.monotonic(), list[Path](), 0
    while time.monotonic() - began < SECONDS or number <= KILLS:
        copy = stage.folder / f"{number}.db"
        process = await stage.bear("backup", str(copy))
        if number < KILLS:
            await _kill_in_the_middle(stage, process, lambda: _is_begun(stage.folder))
            assert not copy.exists() or _sound(copy)
        else:
            assert await process.wait() == 0, stage.log
            assert _sound(copy)
            whole.append(copy)
        number += 1
    kilobytes = whole[-1].stat().st_size // 1024
    print(f"{len(whole)} whole copies of {kilobytes} kB, {KILLS} killed")
    return whole[-1]


async def _kill_in_the_middle(stage: Stage, process: Life, begun: Callable[[], bool]) -> None:
    while process.returncode is None and not begun():  # noqa: ASYNC110 -- of another process
        await asyncio.sleep(0.001)
    await asyncio.sleep(stage.random.uniform(0, stage.random.choice(SPREAD)))
    if process.returncode is None:
        process.kill()
    await process.wait()
    for leftover in stage.folder.glob(f"*{UNFINISHED}"):
        leftover.unlink()


def _is_begun(folder: Path) -> bool:
    return any(folder.glob(f"*{UNFINISHED}"))


def _ask(path: Path, query: str) -> list[tuple[Any, ...]]:
    """As whoever starts next would: what a kill left half open is mended on the way, which needs
    more than reading."""
    with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True)) as database:
        return database.execute(query).fetchall()


def _sound(path: Path) -> bool:
    """Whole, and of one moment: whoever has a seat has asked for it."""
    asked = "select count(*) from inbox where state = 2"
    [(seats,)], [(done,)] = _ask(path, SEATS), _ask(path, asked)
    return _ask(path, "pragma integrity_check") == [("ok",)] and seats <= done


async def _until_answered(stage: Stage) -> None:
    inbox = "select 1 from inbox where state = 0 union all select 1 from outbox where priority = 0"
    waits = f"{inbox} and state in (0, 1)"
    queue = stage.sandbox.queue(stage.sandbox.world.bot)
    await stage.until(lambda: not queue.waiting and not stage.ask(waits))


async def _move_house(stage: Stage, copy: Path, home: Path) -> None:
    """From the first word until Telegram is asked for news."""
    stage.environment["PAPRSEK_STORAGE__URL"] = f"sqlite:///{home}/paprsek.db"
    stage.environment["PAPRSEK_SENDING__BULK_PER_SECOND"] = "1000"
    began = time.monotonic()
    process = await stage.bear("restore", str(copy))
    assert await process.wait() == 0, stage.log
    stage.folder = home
    await stage.start()
    await stage.awake()
    took = time.monotonic() - began
    print(f"served again after {took:.1f} s")
    assert took < READY


async def _judge(stage: Stage, copy: Path) -> None:
    """Nothing leaves but a question; after the answer it does, and what may be twice says so."""
    had = f"select chat_id from outbox where batch_id > 0 and state = {State.SENT}"
    sent = {chat for (chat,) in _ask(copy, had)}
    before = received(stage)
    manager = stage.person(0)
    press = SettleRestored(1).pack()
    await stage.until(lambda: press in str(manager.messages[-1].get("reply_markup")))
    await stage.until(stage.is_quiet)
    assert received(stage) == before
    manager.presses_data(press, int(manager.messages[-1]["message_id"]))
    held = f"select 1 from outbox where state = {State.HELD}"
    await stage.until(lambda: not stage.ask(held) and stage.is_quiet())
    assert await stage.stop() == 0
    after = received(stage)
    twice = {chat for chat, times in after.items() if times > 1}
    print(f"{len(sent)} sent before the copy, {len(before)} before the end, {len(twice)} twice")
    assert len(after) == PEOPLE
    assert max(after.values()) <= 2
    assert not twice & sent
    flagged = {chat for (chat,) in stage.ask("select chat_id from outbox where maybe_duplicate")}
    assert twice <= flagged
    assert stage.ask("pragma integrity_check") == [("ok",)]
    assert "Traceback" not in stage.log


async def test_a_restore_that_is_killed(tmp_path: Path) -> None:
    """There is the old database or the new one, which knows that managers have to be asked."""
    async with staged(tmp_path, people=3) as stage:
        copy, house = tmp_path / "copy.db", tmp_path / "paprsek.db"
        db = Database(f"sqlite:///{house}").acquire()
        await migrate.upgrade(db)
        await db.dispose()
        copies.backup(house, copy)
        ends: Counter[str] = Counter()
        for _ in range(KILLS):
            with closing(sqlite3.connect(house)) as database, database:
                database.execute("delete from setting where name = ?", (MARK,))
                database.execute("insert or replace into setting values ('newer', 'yes')")
            process = await stage.bear("restore", str(copy))
            fresh = tmp_path / "paprsek.db.restoring"
            await _kill_in_the_middle(stage, process, fresh.exists)
            names = {name for (name,) in _ask(house, "select name from setting")}
            assert ("newer" in names) != (MARK in names)
            ends["old" if "newer" in names else "new"] += 1
            assert _ask(house, "pragma integrity_check") == [("ok",)]
        print(f"killed {KILLS} times: {dict(ends)}")

"""The disk is full from the n-th write on, for every n: what is confirmed is stored, everybody who
looks after the house is told, and all of it goes on once there is room."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot import app as house
from bot.app import App
from bot.runtime import clerk, ledger
from bot.sandbox.wire import InProcess
from handlers.workshops.card import Leave, SignUp
from storage import sqlite
from tests.actors import Actor
from tests.chaos.stage import FULL, SEED
from tests.conftest import CAST
from tests.runtime.power import Scene, Take
from tests.stories.workshops import Plan

SOME = 6  # of the moments, in the short form
LEAST, ENOUGH = 6, 60  # writes of the story
PATIENCE = 30  # seconds
MOMENT = 0.05  # seconds: nothing has moved since
WRITES = ("INSERT", "UPDATE", "DELETE")
TOO_MUCH = "insert into setting values ('ballast', zeroblob(50000000))"
NO_ROOM, ROOM = "pragma max_page_count = 1", "pragma max_page_count = 1000000"
pytestmark = [pytest.mark.chaos, pytest.mark.timeout(900 if FULL else 120)]


class Disk:
    """Takes so many more writes; from then on SQLite itself finds it full, as it does in life."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.refused = 0
        self._do = sqlite.Cursor._do

    def free(self) -> None:
        self.left = 10**9

    def write(self, cursor: sqlite.Cursor, run: Any, operation: str, parameters: Any) -> None:
        if not operation.startswith(WRITES):
            return self._do(cursor, run, operation, parameters)
        self.left -= 1
        if self.left >= 0:
            return self._do(cursor, run, operation, parameters)
        self.refused += 1
        connection = cursor._connection._conn
        connection.execute(NO_ROOM).close()
        try:
            return self._do(cursor, cursor._cursor.execute, TOO_MUCH, ())
        finally:
            connection.execute(ROOM).close()


@dataclass
class Story:
    """Ann gives back the only seat, Bořek gets it and is told; Eve asks for the menu."""

    take: Take
    event: int

    def begin(self) -> None:
        self.take.phone(CAST["ann"].id).presses_data(Leave(self.event).pack())
        self.take.phone(CAST["eve"].id).says("/menu")

    def heard(self, name: str) -> int:
        messages = self.take.phone(CAST[name].id).messages
        return sum(bool(each["from"]["is_bot"]) for each in messages)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        path = self.take.config.storage.url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path)) as database:
            return database.execute(query).fetchall()

    @property
    def seats(self) -> list[int]:
        """Who has one that is not waited for, by Telegram id."""
        who = "select telegram_id from seat join person on person.id = person_id"
        return [number for (number,) in self.ask(f"{who} where seated_at is not null")]


@pytest.fixture(autouse=True)
def hasty_and_silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for module in (clerk, ledger):
        monkeypatch.setattr(module, "RETRY", 0.01)
    with capture_logs():
        yield


@pytest.fixture
async def scene(
    app: App, manager: Actor, ann: Actor, bob: Actor, eve: Actor, tmp_path: Path
) -> tuple[Scene, int]:
    event = await Plan(app, manager)("Tenké vrstvy", seats=1)
    for actor in (ann, bob):
        await actor.follows(f"w{event}")
        await actor.presses_data(SignUp(event).pack())
    await eve.says("/start")
    return await Scene.of(app, ann.phone.sandbox, tmp_path), event


async def test_at_every_write(
    scene: tuple[Scene, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    print(f"SEED={SEED}")
    writes = await _tell(scene, tmp_path, monkeypatch, Disk(10**9))
    assert LEAST < writes < ENOUGH
    chosen = Random(SEED).sample(range(writes), SOME)
    moments = list(range(writes)) if FULL else sorted(chosen)
    for moment in moments:
        await _tell(scene, tmp_path, monkeypatch, Disk(moment))
    print(f"full at {len(moments)} of {writes} writes")


async def _tell(
    scene: tuple[Scene, int], folder: Path, patch: pytest.MonkeyPatch, disk: Disk
) -> int:
    """Returns how many writes there were before the disk was full."""
    story, room = Story(scene[0].again(folder), scene[1]), disk.left
    before = {name: story.heard(name) for name in CAST}
    async with _running(story.take) as app:
        with patch.context() as within:
            within.setattr(sqlite.Cursor, "_do", lambda *given: disk.write(*given))
            story.begin()
            await _until_nothing_moves(story, disk)
            if disk.refused:
                assert app.db.failures.count
                assert (await app.health())["ok"] is False
                _judge_the_confirmed(story, before)
            writes = room - disk.left
            disk.free()
            async with asyncio.timeout(PATIENCE):
                while not _is_done(story, before):  # noqa: ASYNC110 -- seen from outside
                    await asyncio.sleep(MOMENT)
            await app.nursery.idle()
        assert (await app.health())["ok"] is True
    _judge_the_end(story, before)
    return writes


@asynccontextmanager
async def _running(take: Take) -> AsyncIterator[App]:
    wire = InProcess(take.sandbox)
    app = house.build(take.config, clock=take.sandbox.clock, telegram=wire, limits=False)
    await app.start()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(app.run())
        try:
            yield app
        finally:
            task.cancel()
    await app.stop()


async def _until_nothing_moves(story: Story, disk: Disk) -> None:
    """Everything is done, or it has been tried in vain."""
    seen: object = None
    async with asyncio.timeout(PATIENCE):
        while not disk.refused or seen != (now := _seen(story)):
            seen = now if disk.refused else None
            await asyncio.sleep(MOMENT)
            if not disk.refused and _is_still(story):
                return


def _seen(story: Story) -> object:
    return [story.heard(name) for name in CAST], story.ask("select count(*) from inbox")


def _is_still(story: Story) -> bool:
    waits = "select 1 from inbox where state = 0 union all select 1 from outbox where state < 2"
    queue = story.take.sandbox.queue(story.take.sandbox.world.bot)
    return not queue.waiting and not story.ask(waits)


def _judge_the_confirmed(story: Story, before: dict[str, int]) -> None:
    """What Telegram may forget is stored, and what people were told is true."""
    queue = story.take.sandbox.queue(story.take.sandbox.world.bot)
    stored = {json.loads(body)["update_id"] for (body,) in story.ask("select body from inbox")}
    kept = {each.id for each in queue.waiting}
    mine = range(queue.next_id - 2, queue.next_id)
    assert set(mine) <= stored | kept
    if story.heard("bob") > before["bob"]:
        assert story.seats == [CAST["bob"].id]


def _is_done(story: Story, before: dict[str, int]) -> bool:
    told = all(story.heard(name) > before[name] for name in ("bob", "eve"))
    return told and _is_still(story) and story.seats == [CAST["bob"].id]


def _judge_the_end(story: Story, before: dict[str, int]) -> None:
    """Once for each, and nobody has become a dead letter because of a disk."""
    assert {name: story.heard(name) - before[name] for name in ("bob", "eve")} == {
        "bob": 1,
        "eve": 1,
    }
    assert story.ask("select count(*) from inbox where state <> 2") == [(0,)]
    assert story.ask("select count(*) from outbox where maybe_duplicate or state = 3") == [(0,)]
    assert story.ask("pragma integrity_check") == [("ok",)]

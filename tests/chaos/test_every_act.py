"""The power goes off at every commit and every request of whatever people do: each time things
stand as they do between two commits of an undisturbed day, and the next start does the rest."""

import copy
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from random import Random

import pytest
from sqlmodel import SQLModel

from bot.app import App
from bot.kit import texts
from bot.sandbox.sandbox import Sandbox
from tests.actors import Actor
from tests.chaos.stage import FULL, SEED
from tests.chaos.walks import WALKS, Act
from tests.conftest import CAST
from tests.runtime.power import Power, Scene, Take

MINUTE, A_WHILE = (
    timedelta(seconds=61),
    timedelta(minutes=2),
)  # then what may have left is repeated
ACTS, POINTS = (99, 99) if FULL else (4, 1)  # of each walk so many, of each of them so many cuts
STORED = "%Y-%m-%d %H:%M:%S.%f"
ON_THE_WAY = {"inbox", "outbox"}  # not how things stand, but what is to be done
State = dict[str, list[tuple[object, ...]]]
Heard = Counter[tuple[int, str]]


class Witness(Power):
    """Never goes off; notes how things stand after each point at which it might have."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.states = [_state(path)]

    @property
    def points(self) -> int:
        return -self.left

    def after(self, *, last: bool) -> None:
        self.note()

    def note(self) -> None:
        self.states.append(_state(self._path))


@dataclass
class Day:
    """What comes of an act that nothing disturbs."""

    points: int
    states: list[State]
    heard: Heard
    chance: set[tuple[str, int]]  # tables and columns in which two such days differ
    began: datetime

    def plain(self, state: State) -> State:
        return {
            table: [
                tuple(None if (table, n) in self.chance else cell for n, cell in enumerate(row))
                for row in rows
            ]
            for table, rows in state.items()
        }

    def settled(self, state: State) -> State:
        """At the end: what was noted at the first look or the second is the same."""
        looks = {f"{moment:{STORED}}" for moment in (self.began, self.began + A_WHILE)}
        return {
            table: [tuple("then" if cell in looks else cell for cell in row) for row in rows]
            for table, rows in self.plain(state).items()
        }


@dataclass
class Walk:
    scene: Scene
    folder: Path
    patch: pytest.MonkeyPatch
    random: Random = field(default_factory=lambda: Random(SEED))
    cuts: int = 0

    async def go(self, act: Act) -> None:
        """Cut it at its points; where it ends when nothing does is where the next one begins.

        Jobs have now more of them and now fewer: messages that have left are noted together.
        """
        _, first = await self._undisturbed(act)
        take, second = await self._undisturbed(act)
        assert first.points == second.points or act.jobs, act
        day = _day(take, first, second)
        following = self._scene(take)
        for point in self.random.sample(range(1, day.points + 1), min(day.points, POINTS)):
            for after in (False, True):
                await self._disturbed(act, day, point, after=after)
        self.scene = following

    async def _undisturbed(self, act: Act) -> tuple[Take, Witness]:
        take = self._begun(act)
        witness = Witness(_path(take))
        await take.run(witness, self.patch, act.jobs)
        take.sandbox.clock.advance(A_WHILE)
        await take.run(Power(), self.patch, act.jobs)
        witness.note()
        return take, witness

    async def _disturbed(self, act: Act, day: Day, point: int, *, after: bool) -> None:
        take, where = self._begun(act), f"{act}: {point}, {after=}"
        cut = await take.run(Power(point, after=after), self.patch, act.jobs)
        assert cut or act.jobs, where
        self.cuts += cut
        states = [day.plain(state) for state in day.states]
        assert day.plain(_state(_path(take))) in states, where
        await take.run(Power(), self.patch, act.jobs)
        take.sandbox.clock.advance(A_WHILE)
        await take.run(Power(), self.patch, act.jobs)
        assert day.settled(_state(_path(take))) == day.settled(day.states[-1]), where
        heard = _heard(take)
        assert not day.heard - heard, where
        assert (heard - day.heard).total() <= max(_doubtful(take), 1), where

    def _begun(self, act: Act) -> Take:
        take = self.scene.again(self.folder)
        if act.does:
            act.on(take.phone(CAST[act.who].id))
        else:
            take.sandbox.clock.advance(MINUTE)
        return take

    def _scene(self, take: Take, numbers: "count[int]" = count()) -> Scene:  # noqa: B008
        kept = shutil.copy(_path(take), self.folder / f"scene-{next(numbers)}.db")
        world, queue = take.sandbox.world, take.sandbox.queue(take.sandbox.world.bot)
        return Scene(take.config, Path(kept), copy.deepcopy(world), queue.next_id)


@pytest.mark.chaos
@pytest.mark.timeout(3600 if FULL else 180)
@pytest.mark.parametrize("name", WALKS)
async def test_every_act_is_whole(
    name: str,
    app: App,
    sandbox: Sandbox,
    cast: list[Actor],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    print(f"SEED={SEED}")
    monkeypatch.setattr(texts, "catalogue", cache(texts.catalogue))
    walk = Walk(await Scene.of(app, sandbox, tmp_path), tmp_path, monkeypatch)
    for act in WALKS[name][:ACTS]:
        await walk.go(act)
    print(f"{name}: cut {walk.cuts} times")


@pytest.fixture
def cast(manager: Actor, ann: Actor, bob: Actor, contact: Actor, eve: Actor) -> list[Actor]:
    return [manager, ann, bob, contact, eve]


def _day(take: Take, first: Witness, second: Witness) -> Day:
    ends = (first.states[-1], second.states[-1])
    chance = {
        (table, n)
        for table, rows in ends[0].items()
        for one, other in zip(rows, ends[1][table], strict=True)
        for n, (cell, another) in enumerate(zip(one, other, strict=True))
        if cell != another
    }
    began = take.sandbox.clock() - A_WHILE
    return Day(second.points, second.states, _heard(take), chance, began)


def _path(take: Take) -> Path:
    return Path(take.config.storage.url.removeprefix("sqlite:///"))


def _state(path: Path) -> State:
    with closing(sqlite3.connect(path)) as database:
        return {
            table: database.execute(f'select * from "{table}" order by rowid').fetchall()
            for table in SQLModel.metadata.tables
            if table not in ON_THE_WAY
        }


def _heard(take: Take) -> Heard:
    """What the bot has said to whom, as it reads now."""
    return Counter(
        (user.id, str(message.get("text", message.get("caption", ""))))
        for user in CAST.values()
        for message in take.phone(user.id).messages
        if message["from"]["is_bot"]
    )


def _doubtful(take: Take) -> int:
    with closing(sqlite3.connect(_path(take))) as database:
        [(number,)] = database.execute("select count(*) from outbox where maybe_duplicate")
    return int(number)

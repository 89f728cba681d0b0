"""Wherever the power goes off, things are not begun or done; the next start does the rest."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.sandbox.clock import Clock
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Json
from handlers.links import Home
from handlers.workshops.card import Leave, SignUp
from tests.actors import Actor
from tests.conftest import CAST
from tests.runtime.power import Power, Scene, Take
from tests.stories.announcing import MINUTE, write
from tests.stories.workshops import Plan

A_WHILE = timedelta(minutes=1)  # after which what may have left is sent again
LEAST, ENOUGH = 5, 100  # commits and calls of a flow


@dataclass(frozen=True)
class Flow:
    """One press, what it changes in the database, and who is written to because of it."""

    presser: str
    data: str
    effect: str  # a query for one number: first `before`, in the end `after`
    before: int
    after: int
    told: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()  # that are due


@pytest.fixture
def plan(app: App, manager: Actor) -> Plan:
    return Plan(app, manager)


@pytest.fixture
async def sign_up(plan: Plan, ann: Actor) -> Flow:
    event = await plan("Tenké vrstvy")
    await ann.follows(f"w{event}")
    return Flow("ann", SignUp(event).pack(), "select count(*) from seat", 0, 1)


@pytest.fixture
async def leave(plan: Plan, ann: Actor, bob: Actor) -> Flow:
    """The only seat is given back, and the next in line is told."""
    event = await plan("Tenké vrstvy", seats=1)
    for actor in (ann, bob):
        await actor.follows(f"w{event}")
        await actor.presses_data(SignUp(event).pack())
    return Flow("ann", Leave(event).pack(), "select count(*) from seat", 2, 1, ("bob",))


@pytest.fixture
async def announce(
    manager: Actor, ann: Actor, bob: Actor, contact: Actor, eve: Actor, clock: Clock
) -> Flow:
    """It has waited for its minute."""
    await write(manager)
    await manager.presses("📨 Poslat 4 lidem")
    clock.advance(MINUTE)
    owed = "select count(*) from outbox where batch_id is not null"
    told = ("ann", "bob", "contact", "eve")
    jobs = ("announcements",)
    return Flow("manager", Home().pack(), owed, 0, len(told), (*told, "manager"), jobs)


@pytest.fixture(params=[False, True], ids=["before", "after"])
def stage(
    app: App,
    sandbox: Sandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> "Stage":
    return Stage(app, sandbox, tmp_path, monkeypatch, after=request.param)


async def test_sign_up(stage: "Stage", sign_up: Flow) -> None:
    await stage.play(sign_up)


async def test_leave_and_tell_the_next(stage: "Stage", leave: Flow) -> None:
    await stage.play(leave)


async def test_start_an_announcement(stage: "Stage", announce: Flow) -> None:
    await stage.play(announce)


@dataclass(frozen=True)
class Stage:
    app: App
    sandbox: Sandbox
    folder: Path
    patch: pytest.MonkeyPatch
    after: bool = field(kw_only=True)

    async def play(self, flow: Flow) -> None:
        """Cut it one commit or call later each time, until it is not cut any more."""
        scene = await Scene.of(self.app, self.sandbox, self.folder)
        for point in range(1, ENOUGH):
            take = scene.again(self.folder)
            if not await self._is_cut(take, flow, point):
                assert point > LEAST
                return
        pytest.fail("the flow has no end")

    async def _is_cut(self, take: Take, flow: Flow, point: int) -> bool:
        before = {name: len(_heard(take, name)) for name in CAST}
        phone = take.phone(CAST[flow.presser].id)
        shown = phone.buttons
        phone.presses_data(flow.data)
        was_cut = await take.run(Power(point, after=self.after), self.patch, flow.jobs)
        assert _number(take, flow.effect) in (flow.before, flow.after), point
        await take.run(Power(), self.patch, flow.jobs)
        take.sandbox.clock.advance(A_WHILE)
        await take.run(Power(), self.patch, flow.jobs)
        assert _number(take, flow.effect) == flow.after, point
        assert phone.buttons != shown, point
        doubtful = _number(take, "select count(*) from outbox where maybe_duplicate")
        for name, count in before.items():
            more, due = len(_heard(take, name)) - count, name in flow.told
            assert due <= more <= due + bool(due and was_cut and doubtful), (point, name)
        return was_cut


def _heard(take: Take, name: str) -> list[Json]:
    messages = take.phone(CAST[name].id).messages
    return [message for message in messages if message["from"]["is_bot"]]


def _number(take: Take, query: str) -> int:
    path = take.config.storage.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as database:
        [(number,)] = database.execute(query)
    return int(number)

"""One person sends a thousand updates a second; everybody else is answered as if they did not."""

import asyncio
import time
from itertools import cycle
from pathlib import Path

import pytest

from bot import app as house
from bot.config import Config
from bot.runtime.lanes import LONG
from bot.runtime.turns import AT_ONCE
from bot.sandbox.clock import Clock
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.wire import InProcess
from bot.sandbox.world import User
from handlers.links import Home
from storage import inbox
from tests.chaos.stage import FULL, Stage, staged

A_SECOND, SECONDS = 1_000, 20  # of the one
OTHERS, EVERY = 20, 0.1  # people, and seconds between their presses
PATIENCE = 1.0  # seconds for 95 of 100 presses


class Watch:
    """When each press was answered, as the sandbox saw it."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._after = len(stage.sandbox.calls)
        self.pressed: dict[str, float] = {}
        self.waited: dict[str, float] = {}

    def look(self) -> None:
        calls = self._stage.sandbox.calls
        for call in calls[self._after :]:
            query = str(call.params.get("callback_query_id", ""))
            if call.method == "answerCallbackQuery" and query in self.pressed:
                self.waited.setdefault(query, time.monotonic() - self.pressed[query])
        self._after = len(calls)

    @property
    def worst(self) -> float:
        waits = sorted(self.waited.values())
        return waits[int(len(waits) * 0.95) - 1]


async def flood(stage: Stage, until: float) -> int:
    phone, greeting = stage.person(0), await stage.greet(stage.person(0))
    began, sent = time.monotonic(), 0
    while time.monotonic() < until:
        while sent < (time.monotonic() - began) * A_SECOND:
            if sent % 2:
                phone.says("/menu")
            else:
                phone.presses_data(Home().pack(), greeting)
            sent += 1
        await asyncio.sleep(0.01)
    return sent


async def press_in_turn(stage: Stage, watch: Watch, until: float) -> None:
    people = [stage.person(number) for number in range(1, OTHERS + 1)]
    greetings = {person.id: await stage.greet(person) for person in people}
    turns = cycle(people)
    due = time.monotonic()
    while time.monotonic() < until:
        person = next(turns)
        query = person.presses_data(Home().pack(), greetings[person.id])
        watch.pressed[query] = time.monotonic()
        due += EVERY
        while (left := due - time.monotonic()) > 0:
            await asyncio.sleep(min(left, 0.01))
            watch.look()


async def test_who_does_not_stop_waits_behind_the_others(
    config: Config, sandbox: Sandbox, clock: Clock
) -> None:
    """Two thousand updates of one lie before those of others; nothing of it is lost."""
    people = [User(8000 + number, "Somebody", started=True) for number in range(OTHERS + 1)]
    sandbox.world.users |= {user.id: user for user in people}
    one, *others = [Person(sandbox, user.id) for user in people]
    app = house.build(config, clock=clock, telegram=InProcess(sandbox))
    try:
        await app.start()
        for _ in range(2_000):
            one.says("/menu")
        for person in others:
            person.says("/menu")
        while await app.poller.poll(0):
            pass
        assert app.inbox.in_hand <= LONG + OTHERS
        for _ in range(6_000):
            if all(len(person.messages) > 1 for person in others):
                break
            await asyncio.sleep(0.01)
        assert all(len(person.messages) > 1 for person in others)
        assert len(one.messages) < 2_000 + 2 * AT_ONCE
        async with app.db.reading() as session:
            waiting, _, dead = await inbox.depth(session)
        assert waiting >= 2_000 - 2 * AT_ONCE
        assert dead == 0
    finally:
        await app.stop(0)


@pytest.mark.chaos
@pytest.mark.quiet
@pytest.mark.skipif(not FULL, reason="needs a machine that does nothing else")
@pytest.mark.timeout(600)
async def test_the_others_do_not_wait(tmp_path: Path) -> None:
    async with staged(tmp_path, OTHERS + 1) as stage:
        await stage.seed()
        await stage.start()
        await stage.awake()
        watch, until = Watch(stage), time.monotonic() + SECONDS
        async with asyncio.TaskGroup() as group:
            flooding = group.create_task(flood(stage, until))
            group.create_task(press_in_turn(stage, watch, until))
        await asyncio.sleep(PATIENCE)
        watch.look()
        print(
            f"{flooding.result()} of one, {len(watch.pressed)} of others, p95 {watch.worst:.2f} s"
        )
        assert len(watch.waited) == len(watch.pressed)
        assert watch.worst <= PATIENCE
        assert flooding.result() > A_SECOND * SECONDS / 2
        assert stage.process is not None
        assert stage.process.returncode is None, stage.obituary

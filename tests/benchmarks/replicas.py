"""Three replicas against one, on one machine and one PostgreSQL; and how soon another leads.

The Telegram double, the balancer and PostgreSQL share the processors with the replicas, so more
replicas cannot be faster there. Two things tell what they are elsewhere: what each part uses of a
processor for a press, and the rates of replicas that are each held to a part of one.
"""

import asyncio
import contextlib
import math
import os
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from handlers.workshops.card import SignUp
from tests.benchmarks import costs, quota
from tests.benchmarks.costs import Used
from tests.benchmarks.presses import rate
from tests.benchmarks.stage import Stage
from tests.benchmarks.waiting import percentile, waits
from tests.chaos.fleet import Fleet, fleet
from tests.chaos.stage import FIRST
from tests.databases import RECOMMENDED, Postgres, postgres

MEMBERS = 100_000
PRESSES, FEW = 3000, 600  # a run of free replicas, and one of replicas that are held back
AT_ONCE = 200
SHARE = 0.15  # of a processor, for each of those
STEADY, CALM = 20, 40  # seconds; presses in each of them, about half of what they can do here
PHONES = 2 * PRESSES + 2 * FEW + 2 * STEADY * CALM
Rows = list[tuple[str, str]]


@dataclass
class House:
    """The replicas, and those who press; everybody else is only a member."""

    fleet: Fleet
    server: Postgres
    event: int
    came: int = 0

    async def crowd(self, number: int) -> Stage:
        """People who have not pressed yet, with a card each."""
        stage = self.fleet.stage
        people = [stage.person(each) for each in range(self.came, self.came + number)]
        self.came += number
        cards = {person.id: await stage.greet(person) for person in people}
        stage.sandbox.calls.clear()
        return Stage(stage.sandbox, "", people, cards)

    @property
    def data(self) -> str:
        return SignUp(self.event).pack()

    async def used(self) -> Used:
        [(wal,)] = await self.fleet.ask("select pg_current_wal_lsn() - '0/0'::pg_lsn")
        replicas = costs.seconds(each.process.pid for each in self.fleet.members)
        server = costs.seconds(costs.family(self.server.pid))
        return Used(replicas, server, time.process_time(), int(wal))

    async def grow(self, replicas: int) -> None:
        while len(self.fleet.members) < replicas:
            await self.fleet.start()
        await self.fleet.until(self.fleet.is_led)


@asynccontextmanager
async def housed() -> AsyncIterator[House]:
    with (
        tempfile.TemporaryDirectory(prefix="paprsek-bench-") as folder,
        postgres(RECOMMENDED) as server,
    ):
        url = server.copy("template0")
        async with fleet(Path(folder), url, PHONES) as made:
            for words in (
                ["migrate"],
                ["seed", "--members", str(MEMBERS), "--first-id", str(FIRST)],
            ):
                process = await made.stage.launch(*words)
                assert await process.wait() == 0, made.stage.log
            [(event,)] = await made.ask("select workshop_id from part where capacity = 100000")
            yield House(made, server, event)


async def pressed(house: House, presses: int) -> tuple[float, Used]:
    """By so many at a time. Presses answered a second, and what it took."""
    scene = await house.crowd(presses)
    before, came = await house.used(), 0
    while (left := len(scene.ended("editMessageText"))) < presses:
        for person in scene.people[came : left + AT_ONCE]:
            scene.press(person, house.data)
        came = min(left + AT_ONCE, presses)
        await asyncio.sleep(0.05)
    return rate(scene), await house.used() - before


async def free(house: House, who: str) -> tuple[float, Rows]:
    speed, used = await pressed(house, PRESSES)
    each = [f"{1000 * part / PRESSES:.1f}" for part in (used.replicas, used.server, used.double)]
    return speed, [
        (f"presses/s, {who}", f"{speed:.0f}"),
        (f"ms of a processor a press, {who}: replicas, PostgreSQL, double", ", ".join(each)),
        (f"bytes of write-ahead log a press, {who}", f"{used.wal / PRESSES:,.0f}"),
    ]


async def held(house: House) -> float:
    """Presses answered a second while each replica gets its share; NaN where none can be held."""
    if not os.access(quota.GROUPS, os.W_OK):
        return math.nan
    with contextlib.ExitStack() as stack:
        for member in house.fleet.members:
            stack.enter_context(quota.held(member.process.pid, SHARE))
        speed, _ = await pressed(house, FEW)
    return speed


async def steady(house: House) -> Rows:
    times = await waits(await house.crowd(CALM * STEADY), house.data, STEADY, CALM)
    return [
        (f"press to edit at {CALM}/s, three replicas, {name}", percentile(times, share))
        for name, share in (("p50", 0.5), ("p95", 0.95))
    ]


async def succession(house: House) -> Rows:
    """The leader is killed while people press."""
    scene, leader = await house.crowd(CALM * STEADY), await house.fleet.leader()
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(waits(scene, house.data, STEADY, CALM))
        await asyncio.sleep(1)
        began = time.monotonic()
        await house.fleet.kill(leader)
        await house.grow(2)
        took = time.monotonic() - began
    times = waiting.result()
    return [
        ("another leads, after the leader was killed", f"{took:.1f} s"),
        (f"press to edit at {CALM}/s in the meantime, p95", percentile(times, 0.95)),
        ("the same, slowest", percentile(times, 1)),
    ]


async def run() -> Sequence[tuple[str, str]]:
    async with housed() as house:
        await house.grow(1)
        one, rows = await free(house, "one replica")
        slow = await held(house)
        await house.grow(3)
        three, more = await free(house, "three replicas")
        rows += [*more, ("factor of three", f"{three / one:.2f}")]
        quick = await held(house)
        rows += [
            (f"presses/s, one replica with {SHARE:.0%} of a processor", f"{slow:.0f}"),
            (f"presses/s, three replicas with {SHARE:.0%} each", f"{quick:.0f}"),
            ("factor of three with so much each", f"{quick / slow:.2f}"),
        ]
        return [*rows, *await steady(house), *await succession(house)]

"""A busy hour, and a minute in which everybody comes at once: all are answered, most soon."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from bot.sandbox.people import Person
from handlers.workshops.card import SignUp
from tests.benchmarks.starting import memory
from tests.chaos.stage import FULL, Stage, staged

MEMBERS = 10_000 if FULL else 1_000
STEADY, FOR = (100, 240) if FULL else (25, 4)  # updates a second, seconds
BURST, SHORTLY = (500, 20) if FULL else (100, 2)
SOON = 0.3 if FULL else 3.0  # seconds for 95 of 100 answers, in the steady part
DRAINED = 60.0  # seconds after the burst
LARGEST = 400.0  # MB
WARM = 20 if FULL else 1  # seconds at the steady rate that do not count
ACTS, BETWEEN = 5, STEADY  # of a visitor; how many others begin between two of them
ANSWERS = ("sendMessage", "editMessageText")


@dataclass
class Visitor:
    """Opens the event, signs up below a greeting, then looks around."""

    phone: Person
    greeting: int
    came: list[float] = field(default_factory=list)

    def acts(self, event: int) -> None:
        turn = len(self.came)
        self.came.append(time.time())
        if turn == 0:
            self.phone.follows(f"w{event}")
        elif turn == 1:
            self.phone.presses_data(SignUp(event).pack(), self.greeting)
        else:
            self.phone.says(("laser", "/menu", "/pomoc")[(turn - 2) % 3])


@pytest.mark.chaos
@pytest.mark.quiet
@pytest.mark.timeout(1800 if FULL else 180)
async def test_everybody_is_answered_under_load(tmp_path: Path) -> None:
    async with staged(tmp_path, MEMBERS) as stage:
        await stage.seed()
        [(event,)] = stage.ask("select workshop_id from part where capacity = 100000")
        phones = [stage.person(number) for number in range(MEMBERS)]
        crowd = [Visitor(phone, await stage.greet(phone)) for phone in phones]
        stage.sandbox.calls.clear()
        await stage.start()
        await stage.awake()
        sizes: list[float] = []
        turns = _turns(crowd)
        async with asyncio.TaskGroup() as group:
            watch = group.create_task(_weigh(stage, sizes))
            await _come(turns, event, STEADY, WARM)
            began = time.time()
            await _come(turns, event, STEADY, FOR)
            ended = time.time()
            await _come(turns, event, BURST, SHORTLY)
            drained = await _drained(stage)
            watch.cancel()
        _judge(stage, crowd)
        _judge_pace(_waits(stage, crowd, began, ended), drained, max(sizes))
        assert await stage.stop() == 0


def _turns(crowd: list[Visitor]) -> Iterator[Visitor]:
    """Some begin while others are further on, so all acts are mixed at any time."""
    for number in count():
        begun, act = divmod(number, ACTS)
        yield crowd[(begun - act * BETWEEN) % len(crowd)]


async def _come(turns: Iterator[Visitor], event: int, per_second: int, seconds: int) -> None:
    """One after another at an even pace."""
    began = time.monotonic()
    for number in range(per_second * seconds):
        await asyncio.sleep(began + number / per_second - time.monotonic())
        next(turns).acts(event)


async def _drained(stage: Stage) -> float:
    began = time.monotonic()
    await stage.until(stage.is_quiet)
    return time.monotonic() - began


async def _weigh(stage: Stage, sizes: list[float]) -> None:
    while True:
        assert stage.process is not None
        sizes.append(memory(stage.process.pid))
        await asyncio.sleep(1)


def _answered(stage: Stage) -> dict[int, list[float]]:
    """When, chat by chat."""
    times: dict[int, list[float]] = defaultdict(list)
    for call in stage.sandbox.calls:
        if call.ok and call.method in ANSWERS:
            times[int(call.chat_id or 0)].append(call.at.timestamp())
    return times


def _waits(stage: Stage, crowd: list[Visitor], began: float, ended: float) -> list[float]:
    """For those who came between these moments, shortest first."""
    times = _answered(stage)
    return sorted(
        answered - came
        for visitor in crowd
        for came, answered in zip(visitor.came, times[visitor.phone.id], strict=True)
        if began <= came < ended
    )


def _judge(stage: Stage, crowd: list[Visitor]) -> None:
    """One answer to each update, and one seat to each who pressed."""
    times = _answered(stage)
    wrong = {
        visitor.phone.id: (len(visitor.came), len(times[visitor.phone.id]))
        for visitor in crowd
        if len(visitor.came) != len(times[visitor.phone.id])
    }
    assert wrong == {}
    pressed = sum(len(visitor.came) > 1 for visitor in crowd)
    assert stage.ask("select count(*), count(distinct person_id) from seat") == [
        (pressed, pressed)
    ]
    assert stage.ask("select update_id, error from inbox where state <> 2") == []
    assert "Traceback" not in stage.log


def _judge_pace(waits: list[float], drained: float, size: float) -> None:
    half, most = waits[len(waits) // 2], waits[int(len(waits) * 0.95)]
    print(
        f"at {STEADY}/s p50 {1000 * half:.0f} ms, p95 {1000 * most:.0f} ms;"
        f" after {BURST * SHORTLY} at {BURST}/s drained in {drained:.1f} s; {size:.0f} MB"
    )
    assert most <= SOON
    assert drained <= DRAINED
    assert size < LARGEST

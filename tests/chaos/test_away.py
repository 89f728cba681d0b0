"""Telegram is away for a second, two hours, a day: we are back soon, and nothing is lost."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from unittest.mock import Mock

import aiohttp
import pytest
from sqlmodel import select

from storage.inbox import Inbox
from storage.inbox import State as Received
from storage.outbox import State
from tests.chaos.quick_time import quickly
from tests.chaos.stage import FULL, SEED
from tests.chaos.weather import WORDS, Answer, Go, Request, Trial, lost, trial

DAY = timedelta(hours=23) if FULL else timedelta(hours=3)
CUTS, PEOPLE = (40, 30) if FULL else (6, 10)
SHORTEST, LONGEST = 1.0, 7200.0 if FULL else 600.0  # seconds
BACK = 60.0  # seconds until people are heard again
TRAVEL = 0.2  # seconds
REFUSALS: tuple[Callable[[], Exception], ...] = (
    lambda: aiohttp.ClientConnectorDNSError(Mock(), OSError("no such host")),
    lambda: aiohttp.ClientConnectorCertificateError(Mock(), Exception("has expired")),
    lambda: aiohttp.ClientConnectorError(Mock(), OSError("network is unreachable")),
    lambda: aiohttp.ConnectionTimeoutError(),
)


@dataclass
class Network:
    """While it is down, nothing passes; what was on its way then may or may not have arrived."""

    random: Random = field(default_factory=lambda: Random(SEED))
    down: asyncio.Event = field(default_factory=asyncio.Event)
    heard: list[float] = field(default_factory=list)  # when updates were fetched

    async def __call__(self, request: Request, go: Go) -> Answer:
        if self.down.is_set():
            raise lost(self.random.choice(REFUSALS)())
        loop = asyncio.get_running_loop()
        passing = loop.create_task(self._pass(go))
        falling = loop.create_task(self.down.wait())
        try:
            await asyncio.wait({passing, falling}, return_when=asyncio.FIRST_COMPLETED)
            if not passing.done():
                raise lost(aiohttp.ServerDisconnectedError())
            if request.method == "getUpdates":
                self.heard.append(loop.time())
            return passing.result()
        finally:
            passing.cancel()
            falling.cancel()

    async def _pass(self, go: Go) -> Answer:
        await asyncio.sleep(self.random.uniform(0, TRAVEL))
        answer = await go()
        await asyncio.sleep(self.random.uniform(0, TRAVEL))
        return answer

    async def fall(self, seconds: float) -> float:
        """Returns how long it took afterwards until people were heard again."""
        self.down.set()
        await asyncio.sleep(seconds)
        self.down.clear()
        back = asyncio.get_running_loop().time()
        async with asyncio.timeout(2 * BACK):
            while not self.heard or self.heard[-1] < back:  # noqa: ASYNC110 -- of the next fetch
                await asyncio.sleep(0.5)
        return self.heard[-1] - back


@dataclass
class People:
    """Somebody wants to see the menu all the time."""

    made: Trial
    pause: float  # seconds, on average
    asked: Counter[int] = field(default_factory=Counter)

    async def ask(self) -> None:
        while True:
            phone = self.made.phone(self.made.random.randrange(PEOPLE))
            phone.says("/menu")
            self.asked[phone.id] += 1
            await asyncio.sleep(self.made.random.uniform(0, 2 * self.pause))


pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800 if FULL else 180)]


def test_a_day_without_telegram(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(_endure(tmp_path, [DAY.total_seconds()], pause=300), monkeypatch)


def test_cuts_of_any_length(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lengths = Random(SEED)
    cuts = [SHORTEST * (LONGEST / SHORTEST) ** lengths.random() for _ in range(CUTS)]
    quickly(_endure(tmp_path, [*cuts, SHORTEST, LONGEST], pause=20), monkeypatch)


async def _endure(folder: Path, cuts: list[float], pause: float) -> None:
    async with trial(folder, PEOPLE) as made:
        made.line.fate = network = Network()
        people = People(made, pause)
        async with made.running():
            asking = asyncio.get_running_loop().create_task(people.ask())
            took = []
            for number, seconds in enumerate(cuts):
                await asyncio.sleep(made.random.uniform(1, 10 * pause))
                if not number:
                    await made.owe(3)
                took.append(await network.fall(seconds))
            asking.cancel()
            await made.until_quiet(timedelta(minutes=10))
        print(f"{len(cuts)} cuts, {sum(cuts):.0f} s; back after {max(took):.1f} s at most")
        assert max(took) <= BACK
        await _judge(made, people)


async def _judge(made: Trial, people: People) -> None:
    """What Telegram kept is answered; only what may have arrived before came twice, flagged."""
    spoken = [call for call in made.sandbox.calls if call.ok and call.method == "sendMessage"]
    told = Counter(int(call.chat_id or 0) for call in spoken if call.params["text"] == WORDS)
    answered = Counter(int(call.chat_id or 0) for call in spoken if call.params["text"] != WORDS)
    rows = await made.rows()
    flagged = Counter(row.chat_id for row in rows if row.maybe_duplicate)
    print(f"{people.asked.total()} asked, {answered.total()} answers, {flagged.total()} flagged")
    assert len(told) == 3
    assert not people.asked - answered
    assert not (answered + told) - (people.asked + Counter(told.keys()) + flagged)
    assert {row.state for row in rows} == {State.SENT}
    async with made.app.db.reading() as session:
        assert set(await session.exec(select(Inbox.state))) == {Received.DONE}

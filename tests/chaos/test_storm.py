"""A storm of 429: no announcement leaves while the way is closed; people are still answered."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from statistics import quantiles

import pytest

from storage.outbox import State
from tests.chaos.quick_time import quickly
from tests.chaos.stage import FULL, SEED
from tests.chaos.weather import WORDS, Answer, Go, Request, Trial, trial

PEOPLE, LIVE = (2_000, 200) if FULL else (100, 20)
STORM, LONGEST, ONCE = (1800, 300, 10_000) if FULL else (120, 30, 600)  # seconds
SHARE = 0.2  # of requests that are refused
TRAVEL = (0.02, 0.3)  # seconds, there and back
PATIENCE = 2.0  # seconds that an answer may take where the way is open


@dataclass
class Window:
    """Closed for everything to many, and for anything to this chat."""

    chat: int
    begins: float
    ends: float


@dataclass
class Storm:
    random: Random = field(default_factory=lambda: Random(SEED))
    blows: bool = True
    once: bool = False  # the next refusal is for very long
    windows: list[Window] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    async def __call__(self, request: Request, go: Go) -> Answer:
        if request.method != "sendMessage":
            return await go()
        self.requests.append(request)
        await asyncio.sleep(self.random.uniform(*TRAVEL) / 2)
        wait = self._draw()
        answer = _refusal(wait) if wait else await go()
        await asyncio.sleep(self.random.uniform(*TRAVEL) / 2)
        if wait:
            now = asyncio.get_running_loop().time()
            self.windows.append(Window(request.chat, now, now + wait))
        return answer

    def too_early(self, concerns: Callable[[Request, Window], bool]) -> list[float]:
        """How long after a window was closed each of these went out."""
        return [
            request.began - window.begins
            for window in self.windows
            for request in self.requests
            if window.begins < request.began < window.ends and concerns(request, window)
        ]

    def _draw(self) -> int:
        if self.once:
            self.once = False
            return ONCE
        if self.blows and self.random.random() < SHARE:
            return self.random.randint(1, LONGEST)
        return 0


def _refusal(seconds: int) -> Answer:
    words = f"Too Many Requests: retry after {seconds}"
    refused = {"ok": False, "error_code": 429, "description": words}
    return 429, json.dumps({**refused, "parameters": {"retry_after": seconds}}).encode()


@pytest.mark.chaos
@pytest.mark.timeout(1800 if FULL else 180)
def test_nothing_leaves_while_the_way_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quickly(_weather_it(tmp_path), monkeypatch)


async def _weather_it(folder: Path) -> None:
    async with trial(folder, PEOPLE + LIVE) as made:
        await made.owe(PEOPLE)
        made.line.fate = storm = Storm()
        async with made.running():
            asked = await _ask(made, STORM)
            storm.blows, storm.once = False, True
            await _ask(made, 60)
            await made.until_quiet(timedelta(hours=6))
        await _judge(made, storm, asked)


async def _ask(made: Trial, seconds: float) -> list[tuple[int, float]]:
    """Every second somebody wants to see the menu. Returns who, and when."""
    loop, asked = asyncio.get_running_loop(), list[tuple[int, float]]()
    until = loop.time() + seconds
    for turn in count():
        phone = made.phone(PEOPLE + turn % LIVE)
        asked.append((phone.id, loop.time()))
        phone.says("/menu")
        await asyncio.sleep(made.random.uniform(0.5, 1.5))
        if loop.time() > until:
            return asked
    raise AssertionError


async def _judge(made: Trial, storm: Storm, asked: list[tuple[int, float]]) -> None:
    rows = await made.rows()
    assert {row.state for row in rows} == {State.SENT}
    told = [call for call in made.sandbox.calls if call.ok and call.params.get("text") == WORDS]
    assert len({call.chat_id for call in told}) == len(told) == PEOPLE
    early = storm.too_early(lambda request, _: request.is_bulk)
    insistent = storm.too_early(lambda request, window: request.chat == window.chat)
    delays = sorted(_delays(storm, asked))
    p95 = quantiles(delays, n=20)[-1]
    print(
        f"{len(storm.windows)} refusals, {len(early)} of all and {len(insistent)} of one chat too "
        f"early; {len(delays)} of {len(asked)} who asked were free, p95 {p95:.2f} s"
    )
    assert early == []
    assert insistent == []
    assert p95 <= PATIENCE


def _delays(storm: Storm, asked: list[tuple[int, float]]) -> list[float]:
    """From the question to the request that answers, where nothing was closed for the chat."""
    answers: dict[int, list[float]] = {}
    for request in storm.requests:
        if not request.is_bulk:
            answers.setdefault(request.chat, []).append(request.began)
    closed: dict[int, list[Window]] = {}
    for window in storm.windows:
        closed.setdefault(window.chat, []).append(window)
    return [
        next(began for began in answers[chat] if began >= at) - at
        for chat, at in asked
        if not any(each.begins - 1 < at < each.ends + 1 for each in closed.get(chat, ()))
    ]

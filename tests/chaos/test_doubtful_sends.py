"""Requests of which nobody knows what became: nobody is forgotten, and every double is flagged."""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

import aiohttp
import pytest

from storage.outbox import State
from tests.chaos.quick_time import quickly
from tests.chaos.stage import FULL, SEED
from tests.chaos.weather import WORDS, Answer, Go, Request, Trial, lost, trial

SENDS = 10_000 if FULL else 400
CUT, HELD, GATEWAY, RESTART = 0.05, 0.05, 0.02, 0.01  # shares of all requests
HOLD = (6.0, 9.0)  # seconds, of which Telegram says nothing


@dataclass
class Doubt:
    """Part of what fails is carried out all the same."""

    random: Random = field(default_factory=lambda: Random(SEED))
    doubtful: Counter[int] = field(default_factory=Counter)
    held: set[int] = field(default_factory=set)

    async def __call__(self, request: Request, go: Go) -> Answer:
        lot = self.random.random()
        if request.method != "sendMessage" or lot >= CUT + HELD + GATEWAY + RESTART:
            return await go()
        if lot < HELD:
            self.held.add(request.chat)
            await asyncio.sleep(self.random.uniform(*HOLD))
            return await go()
        self.doubtful[request.chat] += 1
        if lot < HELD + CUT:
            await go()
            raise lost(aiohttp.ServerDisconnectedError())
        if self.random.random() < 0.5:
            await go()
        if lot < HELD + CUT + GATEWAY:
            status = self.random.choice((502, 504))
            return status, b"<html><head><title>Bad Gateway</title></head></html>"
        refusal = {"ok": False, "error_code": 500, "description": "Internal Server Error: restart"}
        return 500, json.dumps(refusal).encode()


@pytest.mark.chaos
@pytest.mark.timeout(1800 if FULL else 180)
def test_doubtful_sends_are_repeated_once_and_flagged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quickly(_send(tmp_path), monkeypatch)


async def _send(folder: Path) -> None:
    async with trial(folder, SENDS, pace=1000) as made:
        await made.owe(SENDS)
        made.line.fate = doubt = Doubt()
        async with made.running():
            await made.until_quiet(timedelta(hours=1))
        await _judge(made, doubt)


async def _judge(made: Trial, doubt: Doubt) -> None:
    told = (call for call in made.sandbox.calls if call.ok and call.params.get("text") == WORDS)
    got = Counter(int(call.chat_id or 0) for call in told)
    rows = await made.rows()
    doubled = {chat for chat, times in got.items() if times > 1}
    uncertain = {row.chat_id for row in rows if row.state == State.UNCERTAIN}
    missing = {row.chat_id for row in rows} - got.keys()
    print(
        f"{SENDS} sends, {sum(doubt.doubtful.values())} doubtful, {len(doubt.held)} held; "
        f"{len(doubled)} twice, {len(uncertain)} left to a person, {len(missing)} of them missing"
    )
    assert len(rows) == SENDS
    assert {row.state for row in rows} <= {State.SENT, State.UNCERTAIN}
    assert missing <= uncertain
    assert max(got.values()) == 2
    assert len(doubled) <= sum(doubt.doubtful.values())
    assert doubled <= doubt.doubtful.keys()
    flagged = {row.chat_id for row in rows if row.maybe_duplicate}
    assert flagged == doubt.doubtful.keys()
    assert all(got[chat] == 1 for chat in doubt.held - doubt.doubtful.keys())

"""Updates of every kind, whole and broken, known and unknown: none of them stops the bot."""

import asyncio
import ctypes
import gc
import json
from collections import Counter
from dataclasses import fields
from itertools import count, pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.kit.buttons import Button
from bot.runtime import clerk
from bot.sandbox.sandbox import Call
from bot.web.site import update_in
from storage.inbox import State as Received
from tests.chaos.specimens import broken, whole
from tests.chaos.stage import FULL
from tests.chaos.town import DICE, Town, founded

UPDATES = 20_000 if FULL else 600
AT_ONCE = 100
LAPS = 10  # the memory is measured after each
TOGETHER = 0.05  # by how much it may grow in the second half


@pytest.mark.chaos
@pytest.mark.timeout(1800 if FULL else 180)
async def test_updates_of_every_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    print(f"SEED={DICE}")
    monkeypatch.setattr(clerk, "PAUSES", (0, 0))
    dice, numbers = Random(DICE), count(1)
    buttons = [_blank(kind) for kind in Button.kinds.values()]
    dead: Counter[str] = Counter()
    memory: list[int] = []
    async with founded(DICE) as town:
        for lap in range(LAPS):
            for _ in range(UPDATES // LAPS // AT_ONCE or 1):
                updates = []
                for each in range(AT_ONCE):
                    make = broken if each % 2 else whole
                    updates.append({"update_id": next(numbers), **make(dice, buttons)})
                await _receive(town, updates)
                dead += _dead_letters(town)
            await _everybody_is_served(town, lap)
            memory.append(_resident())
    print(f"{next(numbers) - 1} updates, dead letters: {dict(dead)}, memory {memory} kB")
    _judge_memory(memory)


def _blank(kind: type[Button]) -> str:
    slots = fields(kind)  # type: ignore[arg-type]
    return ":".join([kind.prefix, *("1" for _ in slots)])


async def _receive(town: Town, updates: list[dict[str, Any]]) -> None:
    async with asyncio.timeout(20):
        await town.app.inbox.receive(updates)
        await town.app.settle()
    assert town.app.lanes.in_hand == 0


def _dead_letters(town: Town) -> Counter[str]:
    """By what was wrong with them. Only what nobody should send may have become one."""
    found = town.ask("select update_id, error, body from inbox where state = ?", Received.DEAD)
    assert [each for each in found if each[0] % 2] == []
    town.forget("delete from inbox")
    return Counter(error.partition("(")[0] for _, error, _ in found)


async def _everybody_is_served(town: Town, lap: int) -> None:
    """Then the sandbox forgets what was, lest its memory be taken for the bot's."""
    town.log.clear()
    town.news()
    for phone in town.phones:
        phone.unblocks()
        phone.says("/menu")
    await town.app.settle()
    news = town.judge(lap)
    assert {_chat(call) for call in news} >= {phone.id for phone in town.phones}
    town.forget("delete from inbox", "delete from outbox")
    town.sandbox.calls.clear()
    for chat in town.sandbox.world.chats.values():
        chat.messages.clear()


def _chat(call: Call) -> int:
    return int(call.chat_id or 0) if call.method == "sendMessage" else 0


def _resident() -> int:
    """kB, without what is only waiting to be given back."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    [line] = [
        each for each in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in each
    ]
    return int(line.split()[1])


def _judge_memory(memory: list[int]) -> None:
    """Growing lap by lap is a leak; what is loaded when it is first wanted, as fonts are, is not.
    The first half fills what is kept for quickness: statements, words, days."""
    half = memory[LAPS // 2 :]
    grown = sorted(after - before for before, after in pairwise(half))
    assert not FULL or sum(grown[:-1]) <= half[0] * TOGETHER


def test_bodies_that_are_no_updates() -> None:
    """What a webhook may be called with is an update or is not; reading it never fails."""
    dice = Random(DICE)
    right = json.dumps({"update_id": 1, "message": {"text": "Příští středu"}}).encode()
    odd = [b"[" * 100_000, b'{"update_id":' + b"9" * 5000 + b"}", b"\xff", b"null", b"NaN", b"1"]
    odd += [b'{"update_id": %s}' % each for each in (b"1e3", b"true", b"null", b'"1"', b"[1]")]
    odd.append(b'{"update_id": 99999999999999999999}')
    assert [body for body in odd if update_in(body) is not None] == []
    for _ in range(20_000 if FULL else 2_000):
        body = bytearray(right)
        for _ in range(dice.randint(1, 5)):
            body[dice.randrange(len(body))] = dice.randrange(256)
        update = update_in(bytes(body[: dice.randrange(len(body) + 1)]))
        assert update is None or isinstance(update["update_id"], int)

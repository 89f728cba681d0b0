"""The real process: says in one line why it cannot run, ends when told, keeps its secret."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.sandbox.faults import Fault
from tests.chaos.stage import TOKEN, Stage, staged

pytestmark = [pytest.mark.timeout(240), pytest.mark.xdist_group("process")]
QUICKLY = 10  # seconds to end in
WRONG = {
    "wrong token": ({"PAPRSEK_TELEGRAM__TOKEN": f"{TOKEN}x"}, 1, "[telegram] token"),
    "unreachable": (
        {"PAPRSEK_TELEGRAM__API_URL": "http://127.0.0.1:9"},
        1,
        "Telegram cannot be reached",
    ),
    "no such key": ({"PAPRSEK_TELEGRAM__TOKENN": "x"}, 2, "[telegram] tokenn"),
    "no number": ({"PAPRSEK_WEB__PORT": "many"}, 2, "[web] port"),
    "no database": ({"PAPRSEK_STORAGE__URL": "mysql://x"}, 2, "[storage] url"),
}


async def run(stage: Stage, changed: Mapping[str, str]) -> tuple[int, list[str]]:
    """Exit code, and what it said besides its log."""
    said = stage.folder / "said"
    with said.open("wb") as file:
        process = await stage.launch("run", changed=changed, log=file)
    code = await asyncio.wait_for(process.wait(), 60)
    lines = said.read_text(encoding="utf-8").splitlines()
    return code, [line for line in lines if not line.startswith("{")]


async def test_in_one_line_why_it_cannot_run(tmp_path: Path) -> None:
    async with staged(tmp_path, people=3) as stage:
        for case, (changed, code, about) in WRONG.items():
            ended, lines = await run(stage, changed)
            assert (case, ended, len(lines)) == (case, code, 1), lines
            assert about in lines[0]
            assert TOKEN not in lines[0]


async def test_a_second_process_is_refused(tmp_path: Path) -> None:
    async with staged(tmp_path, people=3) as stage:
        await stage.start()
        await stage.awake()
        code, [line] = await run(stage, {})
        assert code == 1
        assert "another process" in line
        await stage.kill()
        await stage.start()  # the lock has died with its owner
        await stage.awake()
        assert await stage.stop() == 0


async def test_it_ends_when_told_with_nothing_lost(tmp_path: Path) -> None:
    """While people are served and Telegram is slow."""
    async with staged(tmp_path, people=20) as stage:
        phones = [stage.person(number) for number in range(20)]
        await stage.start()
        await stage.awake()
        stage.sandbox.faults = [Fault("sendMessage", "hold", seconds=1)]
        for phone in phones:
            phone.says("/menu")
        await stage.until(lambda: bool(stage.ask("select 1 from inbox limit 1")))
        assert await asyncio.wait_for(stage.stop(), QUICKLY) == 0
        stage.sandbox.faults = []
        await stage.start()
        await stage.awake()
        await stage.until(stage.is_quiet)
        assert await stage.stop() == 0
        assert [_answers(phone.messages) for phone in phones] == [1] * 20
        assert stage.ask("select count(*) from outbox where maybe_duplicate") == [(0,)]


async def test_the_token_is_never_in_the_log(tmp_path: Path) -> None:
    """At its most talkative, on a bad day."""
    async with staged(tmp_path, people=20) as stage:
        stage.environment["PAPRSEK_LOG__LEVEL"] = "debug"
        await stage.start()
        await stage.awake()
        kinds = ("5xx", "refuse", "accept_then_cut", "429")
        stage.sandbox.faults = [Fault("getUpdates", kind, times=1) for kind in kinds]
        stage.sandbox.faults += [Fault("sendMessage", kind, times=3) for kind in kinds]
        for number in range(20):
            stage.person(number).says("/menu")
            stage.person(number).says("/start x" + "y" * 40)
        await stage.until(lambda: "telegram cannot be reached" in stage.log)
        stage.sandbox.faults = []
        await stage.until(stage.is_quiet)
        await stage.kill()
        stage.environment["PAPRSEK_TELEGRAM__API_URL"] = "http://127.0.0.1:9"
        assert (await run(stage, {}))[0] == 1
        assert TOKEN not in stage.log
        assert TOKEN.partition(":")[2] not in stage.log
        assert "y" * 40 not in stage.log


def _answers(messages: list[dict[str, object]]) -> int:
    return len([each for each in messages if "reply_markup" in each])

"""The process is killed again and again while an announcement goes out: everybody gets it."""

import asyncio
from pathlib import Path

import pytest

from storage.outbox import State
from tests.chaos.announcing import announce, received
from tests.chaos.stage import FULL, IN_FLIGHT, Stage, staged

PEOPLE, KILLS = (5000, 200) if FULL else (200, 4)


@pytest.mark.chaos
@pytest.mark.timeout(7200 if FULL else 300)
@pytest.mark.parametrize("in_flight", [IN_FLIGHT, 1])
async def test_an_announcement_reaches_everybody(tmp_path: Path, in_flight: int) -> None:
    async with staged(tmp_path, PEOPLE) as stage:
        stage.environment["PAPRSEK_SENDING__IN_FLIGHT"] = str(in_flight)
        await stage.seed()
        await announce(f"sqlite:///{tmp_path}/paprsek.db")
        for life in range(KILLS):
            await stage.start()
            await _die_in_the_middle(stage, KILLS - life)
        await stage.start()
        await stage.awake()
        await stage.until(lambda: stage.is_quiet() and _is_told(stage))
        assert await stage.stop() == 0
        _judge(stage, in_flight)


async def _die_in_the_middle(stage: Stage, lives: int) -> None:
    """After some more have got it: sometimes none, sometimes many."""
    waiting = PEOPLE - len(received(stage))
    more = stage.random.randrange(1 + 2 * waiting // (lives + 1))
    so_far = sum(received(stage).values())
    await stage.until(lambda: sum(received(stage).values()) >= so_far + more)
    await asyncio.sleep(stage.random.uniform(0, 0.02))
    await stage.kill()


def _is_told(stage: Stage) -> bool:
    return stage.ask("select count(*) from announcement where done_at is null") == [(0,)]


def _judge(stage: Stage, in_flight: int) -> None:
    told = received(stage)
    extra = sum(told.values()) - len(told)
    print(f"{stage.kills} kills, {extra} messages twice, {stage.doubtful} were on their way")
    assert len(told) == PEOPLE
    assert extra <= stage.doubtful <= in_flight * stage.kills
    flagged = {chat for (chat,) in stage.ask("select chat_id from outbox where maybe_duplicate")}
    assert {chat for chat, times in told.items() if times > 1} <= flagged
    assert stage.ask("pragma integrity_check") == [("ok",)]
    ends = dict(stage.ask("select state, count(*) from outbox where batch_id > 0 group by state"))
    assert ends.get(State.SENT, 0) + ends.get(State.UNCERTAIN, 0) == PEOPLE
    assert "Traceback" not in stage.log

"""Two processes start at once on one file: one works, and the other says why it does not."""

import asyncio
from pathlib import Path

import pytest

from tests.chaos.stage import FULL, Stage, staged

STARTS = 100 if FULL else 4
APART = 0.3  # seconds at most between the two
REFUSAL = "another process works with"


@pytest.mark.chaos
@pytest.mark.timeout(3600 if FULL else 180)
async def test_one_works_and_the_other_goes(tmp_path: Path) -> None:
    async with staged(tmp_path, people=STARTS) as stage:
        await stage.seed()
        for number in range(STARTS):
            await _start_two(stage)
            stage.person(number).says("/menu")
            await stage.until(stage.is_quiet)
            await (stage.kill() if stage.random.random() < 0.5 else _stop(stage))
        print(f"{STARTS} starts of two, {stage.kills} kills")
        assert stage.log.count(REFUSAL) == STARTS
        assert _count(stage, "deleteWebhook") == STARTS  # what each does before it works
        assert all(stage.person(number).messages[-1]["from"]["is_bot"] for number in range(STARTS))
        assert stage.ask("pragma integrity_check") == [("ok",)]
        assert "Traceback" not in stage.log


async def _start_two(stage: Stage) -> None:
    """Returns when one is awake and the other gone."""
    before = _count(stage, "deleteWebhook")
    first = await stage.bear("run")
    await asyncio.sleep(stage.random.uniform(0, APART) * stage.random.choice((0, 1)))
    lives = [first, await stage.bear("run")]
    await stage.until(lambda: any(life.returncode is not None for life in lives))
    [gone] = [life for life in lives if life.returncode is not None]
    assert gone.returncode == 1
    [stage.process] = [life for life in lives if life is not gone]
    await stage.until(lambda: _count(stage, "deleteWebhook") > before)


async def _stop(stage: Stage) -> None:
    assert await stage.stop() == 0


def _count(stage: Stage, method: str) -> int:
    return sum(call.ok and call.method == method for call in stage.sandbox.calls)

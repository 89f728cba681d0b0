"""Whoever waits for hints ends when told, however many come just then."""

import asyncio

import pytest

from bot.runtime.hints import heard

LONG = 60.0  # seconds


@pytest.mark.parametrize("moments", range(4))
async def test_a_hint_does_not_hide_that_it_is_over(moments: int) -> None:
    """So many turns of the loop lie between the hint and the end."""
    hint = asyncio.Event()

    async def work() -> None:
        while True:
            await heard(hint, LONG)

    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        working = group.create_task(work())
        await asyncio.sleep(0.01)
        hint.set()
        for _ in range(moments):
            await asyncio.sleep(0)
        working.cancel()
    assert working.cancelled()


async def test_without_a_hint_the_time_runs_out() -> None:
    hint = asyncio.Event()
    await heard(hint, 0.01)
    hint.set()
    await heard(hint, LONG)
    assert not hint.is_set()

"""How long somebody waits for the answer to a press, alone and during an announcement."""

import asyncio
import time
from collections.abc import Sequence

from tests.benchmarks.announcing import announce
from tests.benchmarks.stage import House, Stage, house, stage

PER_SECOND = 100
MEMBERS = 10_000


async def waits(scene: Stage, data: str, seconds: int) -> list[float]:
    """Seconds from press to edit, for presses that come evenly."""
    pressed: dict[int, float] = {}
    epoch = time.time()
    for number, person in enumerate(scene.people[: seconds * PER_SECOND]):
        due = epoch + number / PER_SECOND
        await asyncio.sleep(max(0, due - time.time()))
        pressed[person.id] = time.time()
        scene.press(person, data)
    await scene.until(lambda: len(scene.ended("editMessageText")) >= len(pressed))
    ends = {int(call.chat_id or 0): call.at.timestamp() for call in scene.ended("editMessageText")}
    return sorted(ends[person] - at for person, at in pressed.items())


async def measured(made: House, seconds: int, *, announcing: bool) -> list[float]:
    async with stage(MEMBERS) as scene:
        data = f"ws.in:{made.workshop()}"
        await scene.show_cards(data)
        if announcing:
            await announce(made)
        with made.bot(scene.url):
            await scene.until(lambda: bool(scene.sandbox.calls))
            await asyncio.sleep(3)
            return await waits(scene, data, seconds)


def percentile(times: Sequence[float], share: float) -> str:
    return f"{1000 * times[int(len(times) * share) - 1]:.0f} ms"


async def run(seconds: int = 20) -> Sequence[tuple[str, str]]:
    rows = []
    for announcing in (False, True):
        with house(MEMBERS) as made:
            times = await measured(made, seconds, announcing=announcing)
        when = "during 10 000 announcements" if announcing else "alone"
        for share in (0.5, 0.95):
            label = f"press to edit at {PER_SECOND}/s, {when}, p{share * 100:.0f}"
            rows.append((label, percentile(times, share)))
    return rows

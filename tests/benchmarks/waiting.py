"""How long somebody waits for the answer to a press, alone and during announcements."""

import asyncio
import time
from collections.abc import Sequence

from tests.benchmarks.announcing import announce
from tests.benchmarks.stage import House, Stage, house, stage

PER_SECOND = 100
PACES = {0: 10_000, 25: 10_000, 1000: 30_000}  # of an announcement a second: members


async def waits(
    scene: Stage, data: str, seconds: int, per_second: int = PER_SECOND
) -> list[float]:
    """Seconds from press to edit, for presses that come evenly."""
    pressed: dict[int, float] = {}
    epoch = time.time()
    for number, person in enumerate(scene.people[: seconds * per_second]):
        due = epoch + number / per_second
        await asyncio.sleep(max(0, due - time.time()))
        pressed[person.id] = time.time()
        scene.press(person, data)
    await scene.until(lambda: len(scene.ended("editMessageText")) >= len(pressed))
    ends = {int(call.chat_id or 0): call.at.timestamp() for call in scene.ended("editMessageText")}
    return sorted(ends[person] - at for person, at in pressed.items())


async def measured(made: House, seconds: int, pace: int) -> list[float]:
    async with stage(PACES[pace]) as scene:
        data = f"ws.in:{made.workshop()}"
        await scene.show_cards(data)
        if pace:
            await announce(made)
        sending = {"PAPRSEK_SENDING__BULK_PER_SECOND": str(pace or 25)}
        if pace > PER_SECOND:
            sending["PAPRSEK_SENDING__IN_FLIGHT"] = "64"
        with made.bot(scene.url, **sending):
            await scene.until(lambda: bool(scene.sandbox.calls))
            await asyncio.sleep(3)
            times = await waits(scene, data, seconds)
            if pace:
                assert len(scene.ended("sendMessage")) < PACES[pace], "it had left before"
            return times


def percentile(times: Sequence[float], share: float) -> str:
    return f"{1000 * times[int(len(times) * share) - 1]:.0f} ms"


async def run(seconds: int = 20) -> Sequence[tuple[str, str]]:
    rows = []
    for pace, members in PACES.items():
        with house(members) as made:
            times = await measured(made, seconds, pace)
        when = f"while {pace} a second are announced to" if pace else "alone"
        for share in (0.5, 0.95):
            label = f"press to edit at {PER_SECOND}/s, {when}, p{share * 100:.0f}"
            rows.append((label, percentile(times, share)))
    return rows

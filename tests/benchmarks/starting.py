"""How soon the bot asks for updates, and how much memory it takes with many members."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.stage import house, stage

MEMBERS = 100_000


def memory(pid: int) -> float:
    """Resident, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


async def run(presses: int = 1000) -> Sequence[tuple[str, str]]:
    began = time.monotonic()
    with house(MEMBERS) as made:
        seeded = time.monotonic() - began
        async with stage(presses) as scene:
            data = f"ws.in:{made.workshop()}"
            await scene.show_cards(data)
            start = time.monotonic()
            with made.bot(scene.url) as process:
                await scene.until(
                    lambda: scene.sandbox.queue(scene.sandbox.world.bot).poll is not None
                )
                first = time.monotonic() - start
                for person in scene.people:
                    scene.press(person, data)
                await scene.until(lambda: len(scene.ended("editMessageText")) >= presses)
                await asyncio.sleep(1)
                resident = memory(process.pid)
    return [
        ("migrate and seed 100 000 members", f"{seeded:.1f} s"),
        ("start to first poll", f"{first:.1f} s"),
        (f"memory with 100 000 members, after {presses} presses", f"{resident:.0f} MB"),
    ]

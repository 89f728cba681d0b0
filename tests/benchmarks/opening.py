"""How long people wait in the first second after registration for a large event has opened."""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tests.benchmarks.stage import House, Stage, house, stage
from tests.benchmarks.waiting import percentile

REGISTERED, PRESSES, FREE = 5000, 500, 250
WARM_UP = timedelta(seconds=10)
ROUNDS = 5


def prepare(made: House, event: int, opens_at: datetime) -> None:
    """Registered are those who will not press; `FREE` seats are left."""
    moment = opens_at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    with contextlib.closing(sqlite3.connect(made.database)) as db, db:
        db.execute(
            "insert into seat (part_id, person_id, taken_at, seated_at, rose)"
            " select part.id, person.id, ?, ?, 0 from person, part"
            " where part.workshop_id = ? order by person.id limit ? offset ?",
            (moment, moment, event, REGISTERED, PRESSES),
        )
        db.execute(
            "update part set capacity = ? where workshop_id = ?", (REGISTERED + FREE, event)
        )
        db.execute("update workshop set opens_at = ? where id = ?", (moment, event))


async def press_all(scene: Stage, data: str) -> list[float]:
    """Seconds from press to the edited card, for presses spread over one second."""
    pressed: dict[int, float] = {}
    epoch = time.time()
    for number, person in enumerate(scene.people):
        await asyncio.sleep(max(0, epoch + number / PRESSES - time.time()))
        pressed[person.id] = time.time()
        scene.press(person, data)
    await scene.until(lambda: len(scene.ended("editMessageText")) >= PRESSES)
    ends = {int(call.chat_id or 0): call.at.timestamp() for call in scene.ended("editMessageText")}
    return sorted(ends[person] - at for person, at in pressed.items())


def outcome(made: House, event: int) -> tuple[int, int]:
    """How many sit, and how many wait."""
    query = (
        "select count(seated_at), count(*) - count(seated_at) from seat"
        " join part on part.id = seat.part_id where part.workshop_id = ?"
    )
    with contextlib.closing(sqlite3.connect(made.database)) as db:
        seated, waiting = db.execute(query, (event,)).fetchone()
    return int(seated), int(waiting)


async def _once() -> list[float]:
    with house(REGISTERED + PRESSES) as made:
        event = made.workshop()
        async with stage(PRESSES) as scene:
            data = f"ws.in:{event}"
            await scene.show_cards(data)
            opens_at = datetime.now(UTC) + WARM_UP
            prepare(made, event, opens_at)
            with made.bot(scene.url):
                await scene.until(lambda: bool(scene.sandbox.calls))
                await asyncio.sleep(max(0, (opens_at - datetime.now(UTC)).total_seconds()))
                times = await press_all(scene, data)
        assert outcome(made, event) == (REGISTERED + FREE, PRESSES - FREE)
    return times


async def run(rounds: int = ROUNDS) -> Sequence[tuple[str, str]]:
    made = [await _once() for _ in range(rounds)]
    label = f"{PRESSES} presses in the first second, {REGISTERED} registered"
    return [
        (f"{label}, {name} (median of {rounds} rounds)", _over(made, share))
        for name, share in (("p50", 0.5), ("p95", 0.95))
    ]


def _over(rounds: Sequence[Sequence[float]], share: float) -> str:
    """The middle of the rounds, with the least and the most."""
    ends = sorted(rounds, key=lambda times: times[int(len(times) * share)])
    least, middle, most = (percentile(ends[n], share) for n in (0, len(ends) // 2, -1))
    return f"{middle} ({least} to {most})"

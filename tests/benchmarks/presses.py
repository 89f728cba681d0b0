"""Presses answered a second: the whole durable way against a bot that merely commits."""

from collections.abc import Sequence
from statistics import median

from tests.benchmarks.stage import House, Stage, house, stage


def rate(scene: Stage) -> float:
    """Edits a second, without the time that it takes to start."""
    times = sorted(call.at for call in scene.ended("editMessageText"))
    return (len(times) - 1) / (times[-1] - times[0]).total_seconds()


async def _presses(made: House, people: int, data: str, *words: str, **settings: str) -> float:
    async with stage(people) as scene:
        await scene.show_cards(data)
        for person in scene.people:
            scene.press(person, data)
        with made.bot(scene.url, *words, **settings):
            await scene.until(lambda: len(scene.ended("editMessageText")) >= people)
        return rate(scene)


async def ours(people: int) -> float:
    with house(people) as made:
        return await _presses(made, people, f"ws.in:{made.workshop()}")


async def theirs(people: int) -> float:
    with house(1) as made:
        settings = {
            "RIVAL_DATABASE": f"sqlite+aiosqlite:///{made.folder}/rival.db",
            "RIVAL_PEOPLE": str(people),
        }
        words = ("-m", "tests.benchmarks.rival")
        return await _presses(made, people, "ws.in:1", *words, **settings)


async def run(people: int = 2000, rounds: int = 3) -> Sequence[tuple[str, str]]:
    pairs = [(await ours(people), await theirs(people)) for _ in range(rounds)]
    ratios = sorted(mine / other for mine, other in pairs)
    return [
        ("presses/s, Paprsek", f"{median(mine for mine, _ in pairs):.0f}"),
        ("presses/s, aiogram + SQLAlchemy", f"{median(other for _, other in pairs):.0f}"),
        (
            f"ratio (median of {rounds} rounds)",
            f"{median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})",
        ),
    ]

"""How long a reading of the whole EU portal takes, and how much memory: its pages are made here,
in the form and size of the real ones, and read as they come from it, without the network."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

from bot.sources.fetching import Answer
from bot.sources.runs import Run

ROWS, PAGE = 12_000, 50
NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
WORDS = (
    "photonic",
    "devices",
    "for <b>reliable</b>",
    "sensing –",
    "lasers &amp; light",
    "of",
    "new",
)
OWN, AROUND = 700, 4_000  # words of a topic's description, and of all that stands around it


def page(number: int, chance: Random) -> bytes:
    """A call in two copies each now and then, as the portal has them."""
    first = (number - 1) * PAGE
    rows = [_row(index, chance) for index in range(first, min(first + PAGE, ROWS))]
    told = {"totalResults": ROWS, "pageNumber": number, "pageSize": PAGE, "results": rows}
    return json.dumps(told, ensure_ascii=False).encode()


def _row(index: int, chance: Random) -> dict[str, object]:
    name = f"HORIZON-CL4-2027-{index - index % 8 // 7:05}"
    budget = {"budgetTopicActionMap": {str(n): [_action(f"{name}{n}")] for n in range(20)}}
    return {
        "reference": f"{index}TOPICSen",
        "url": f"https://ec.europa.eu/portal/topic-details/{name}",
        "language": "en",
        "metadata": {
            "type": ["1"],
            "identifier": [name],
            "title": [" ".join(chance.choices(WORDS, k=12))],
            "status": ["31094502"],
            "deadlineDate": ["2027-09-14T00:00:00.000+0000"],
            "startDate": ["2027-01-14T00:00:00.000+0000"],
            "frameworkProgramme": ["43108390"],
            "language": ["en"],
            "DATASOURCE": ["SEDIA"],
            "budgetOverview": [json.dumps(budget)],
            "descriptionByte": [_html(OWN, chance)],
            "topicConditions": [_html(AROUND, chance)],
        },
    }


def _action(name: str) -> dict[str, object]:
    return {"action": f"{name} - HORIZON-RIA", "budgetYearMap": {"2027": "5000000"}}


def _html(words: int, chance: Random) -> str:
    return "".join(f"<p>{' '.join(chance.choices(WORDS, k=20))}</p>" for _ in range(words // 20))


def read_all() -> dict[str, float]:
    """Times count from the bytes of a page to its calls; making the pages is left out."""
    run, chance = (
        Run("sedia", "https://api.example.eu/search", {"page_size": PAGE}, NOW),
        Random(7),
    )
    taken, size, found = 0.0, 0, 0
    while run.next:
        answer = Answer(200, page(run.pages + 1, chance))
        size += len(answer.body)
        began = time.perf_counter()
        found += len(run.hear(answer))
        taken += time.perf_counter() - began
    found += len(run.end())
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": taken, "most": most, "size": size / 2**20, "found": found}


async def run() -> Sequence[tuple[str, str]]:
    """In a process of its own, so that the memory is that of the reading."""
    command = [sys.executable, "-m", "tests.benchmarks.sources"]
    told = subprocess.run(command, check=True, capture_output=True)  # noqa: ASYNC221
    figures = json.loads(told.stdout)
    return [
        (f"{ROWS} rows of the EU portal, {figures['size']:.0f} MB", f"{figures['seconds']:.1f} s"),
        ("most memory while they are read, page by page", f"{figures['most']:.0f} MB"),
        ("calls in them, copies counted once", f"{figures['found']:.0f}"),
    ]


if __name__ == "__main__":
    print(json.dumps(read_all()))

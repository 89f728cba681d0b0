"""How long a source with very many calls takes to be written down: at first, when nothing has
changed, and when some deadlines have."""

import json
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bot import demo
from bot.domain.calls import health, merging
from bot.domain.calls.found import Due, Found
from bot.domain.calls.gathering import Gathered
from storage import migrate
from storage.calls.sources import Form, Source
from storage.database import Database
from storage.pillars import Pillar
from tests.benchmarks.finding import on_postgresql, on_sqlite

ROWS = 12_000
CHANGED = 50  # one call in so many has another deadline
SENTENCE = (
    "Proposals should bring new sensors and photonic devices to the market, with pilots in real"
    " use, measured results and a plan for what comes after the project has ended. "
)
BEGINNING = datetime(2027, 3, 1, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def run(rows: int = ROWS) -> Sequence[tuple[str, str]]:
    measured: list[tuple[str, str]] = []
    for engine, opened in (("SQLite", on_sqlite), ("PostgreSQL", on_postgresql)):
        async with opened() as db:
            source = await _prepare(db)
            for number, (what, later) in enumerate(
                (("all new", 0), ("nothing new", 0), (f"one in {CHANGED} put off", 30))
            ):
                took = await _read(db, source, rows, later, BEGINNING + number * HOUR)
                measured.append((f"{rows} calls, {what}, {engine}", took))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*measured, ("the most memory, with all of the above", f"{peak:.0f} MB")]


async def _prepare(db: Database) -> Source:
    await migrate.upgrade(db)
    named = json.loads((Path(demo.__file__).parent / "pillars.json").read_text("utf-8"))
    source = Source(code="eu", name="EU", form=Form.SEDIA, address="https://eu.test/")
    async with db.writing() as session:
        session.add(source)
        for place, each in enumerate(named):
            names = {"name_cs": each["cs"], "name_en": each["en"]}
            session.add(Pillar(**names, position=place, since=BEGINNING))
    return source


async def _read(db: Database, source: Source, rows: int, later: int, now: datetime) -> str:
    """How long it took, and for how much of that the processor was needed here."""
    began, worked, gathered = time.perf_counter(), time.process_time(), Gathered()
    gathered.add(_calls(rows, later))
    for portion in gathered.portions():
        async with db.writing() as session:
            await merging.take(session, source, portion, now)
    async with db.writing() as session:
        await health.miss(session, source.key, now)
    took, worked = time.perf_counter() - began, time.process_time() - worked
    if not db.is_sqlite:
        async with db.writing() as session:
            await (await session.connection()).execute(text("ANALYZE"))
    return f"{took:.1f} s ({worked:.1f} s of the processor)"


def _calls(rows: int, later: int) -> Iterator[Found]:
    for number in range(rows):
        due = Due(BEGINNING + timedelta(days=60 + number % 30), "Europe/Brussels", True)
        if later and number % CHANGED == 0:
            due = replace(due, at=due.at + timedelta(days=later))
        yield Found(
            reference=f"{number}TOPICSen",
            title=f"Topic number {number} for new devices",
            link=f"https://eu.test/topic-details/{number}",
            language="en",
            code=f"HORIZON-{number:05}",
            description=f"{SENTENCE * 20} Reference {number}.",
            deadlines=(due,),
            fields={
                "state": "open",
                "kind": "european",
                "opens_at": BEGINNING - timedelta(days=30),
                "budget": 1_000_000 + number,
                "currency": "EUR",
            },
        )

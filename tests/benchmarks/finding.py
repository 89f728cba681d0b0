"""How fast instruments are found among very many of them, and how fast they come in."""

import gc
import random
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.demo import records as told
from bot.domain.instruments import finding, lists, records
from storage import migrate
from storage.database import Database
from storage.folding import fold
from storage.instruments import Category, Offering
from storage.people import Person
from storage.pillars import Pillar
from tests.databases import RECOMMENDED, postgres

INSTRUMENTS = 1_000_000
IN_ONE_GO = lists.MOST
ROUNDS = 3
QUERIES = (
    "elektronoveho mikroskopu",
    "SEM",
    "laser 1030 nm 10 J",
    "laser",
    "elipsometr 400-1000",
    "interferometr Přerov",
    "profilometr P7",
    "titan krios",
    "napařovačka v Přerově",
    "mikrskop Brno",
    "svařování elektronovým svazkem",
    "ramanův mikroskop 532 nm",
    "ALD",
    "xqzw",
    "Magellan-12",
    "SYRUS-300",
    "spektroskopie Olomouc",
    "leštění 10 mm",
    "femtosekundový laser 800 nm 40 fs",
    "litografie Praha",
    "potřebuju změřit tloušťku tenké vrstvy na křemíku v Brně",
    "who can weld aluminium with a laser",
)
TYPED = (  # letter by letter, as inline queries come
    "elipsometr",
    "mikroskop Brno",
    "laser 1030 nm",
    "drsnost povrchu",
)
TOWNS = ["Praha", "Brno", "Olomouc", "Přerov", "Turnov", "Ostrava", "Plzeň", "Liberec"]
PILLARS = 6
SIZES = {
    "sqlite": "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'instrument_index%'",
    "postgresql": "SELECT pg_relation_size('ix_instrument_marks') "
    "+ pg_relation_size('ix_instrument_sample')",
}


async def run(instruments: int = INSTRUMENTS) -> Sequence[tuple[str, str]]:
    measured: list[tuple[str, str]] = []
    for engine, opened in (("SQLite", on_sqlite), ("PostgreSQL", on_postgresql)):
        async with opened() as db:
            measured += [
                (f"{what}, {engine}", value) for what, value in await _run(db, instruments)
            ]
    return measured


async def _run(db: Database, instruments: int) -> list[tuple[str, str]]:
    seconds = await _fill(db, instruments)
    took, busy = await _ask(db, QUERIES)
    typed, _ = await _ask(db, [said[:n] for said in TYPED for n in range(2, len(said) + 1)])
    async with db.reading() as session:
        connection = await session.connection()
        size = (await connection.execute(text(SIZES[connection.dialect.name]))).scalar_one()
    return [
        (f"import of {instruments} instruments", f"{instruments / seconds:.0f} rows/s"),
        ("index", f"{size / 2**20:.0f} MB"),
        ("search with facets, p50", f"{statistics.median(took) * 1000:.0f} ms"),
        ("search with facets, p95", f"{_p95(took) * 1000:.0f} ms"),
        ("search while somebody types, p95", f"{_p95(typed) * 1000:.0f} ms"),
        ("processor time of our own in a search, p95", f"{_p95(busy) * 1000:.0f} ms"),
    ]


async def _fill(db: Database, instruments: int) -> float:
    """Seconds, indexing included."""
    await migrate.upgrade(db)
    gc.freeze()  # as the bot does when it has started
    now = datetime.now(UTC)
    async with db.writing() as session:
        session.add_all(
            Pillar(name_cs=f"Pilíř {n}", name_en=f"Pillar {n}", position=n, since=now)
            for n in range(PILLARS)
        )
    seconds = 0.0
    for start in range(0, instruments, IN_ONE_GO):
        some = range(start, min(start + IN_ONE_GO, instruments))
        told, pillars = list(_made(some)), [(1 + n % PILLARS,) for n in some]
        began = time.perf_counter()
        async with db.writing() as session:
            await records.add_many(session, told, pillars)
        seconds += time.perf_counter() - began
    if not db.is_sqlite:
        async with db.writing() as session:
            await (await session.connection()).execute(text("ANALYZE instrument"))
    return seconds


def _made(numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Instruments of the demonstration, each in another place with another make and numbers."""
    known: list[dict[str, Any]] = told("instruments")
    categories = list(Category)
    for number in numbers:
        chance, like = random.Random(number), known[number % len(known)]
        name = like["name"]
        yield {
            "name": name,
            "name_en": like.get("name_en", ""),
            "folded": fold(name),
            "kind": Offering.EQUIPMENT,
            "category": chance.choice(categories),
            "maker": like.get("maker"),
            "model": f"{like.get('model') or 'X'}-{number % 5000}",
            "owner": like["owner"],
            "site": chance.choice(TOWNS),
            "what": like.get("what"),
            "parameters": {
                "Vlnová délka": f"{chance.randint(200, 2000)} nm",
                "Energie": f"{chance.randint(1, 1000)} mJ",
                "Rozlišení": f"{chance.randint(1, 100)} µm",
            },
            "access": like.get("access"),
            "commercial": number % 3 == 0,
            "source": "https://example.com",
            "confidence": "stated",
        }


async def _ask(db: Database, queries: Sequence[str]) -> tuple[list[float], list[float]]:
    """Seconds by the wall clock and by the processor's, of each search once all was asked once."""
    now = datetime.now(UTC)
    me = Person(id=0, organisation_id=0, verified_at=now, met_at=now)
    took, busy = [], []
    for turn in range(ROUNDS + 1):
        for query in queries:
            wall, processor = time.perf_counter(), time.process_time()
            async with db.reading() as session:
                await finding.look_for(session, query, me, now)
            if turn:
                took.append(time.perf_counter() - wall)
                busy.append(time.process_time() - processor)
    return took, busy


def _p95(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


@asynccontextmanager
async def on_sqlite() -> AsyncIterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder) / 'bench.db'}").acquire()
        yield db
        await db.dispose()


@asynccontextmanager
async def on_postgresql() -> AsyncIterator[Database]:
    with postgres(RECOMMENDED) as server:
        db = Database(server.create("bench"))
        yield db
        await db.dispose()

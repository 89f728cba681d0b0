"""How fast calls are found and leafed through among very many that are kept."""

import random
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, text
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.demo import records as told
from bot.domain.calls import browsing, finding, indexing
from bot.domain.calls.browsing import ALL, Wanted
from bot.domain.instruments.thesaurus import thesaurus
from storage import migrate
from storage.calls.records import CallPillar, Deadline, GrantCall, Kind, Stage, State
from storage.database import Database
from storage.organisations import Organisation
from storage.people import Person
from storage.pillars import Pillar
from tests.benchmarks.finding import ROUNDS, _p95, on_postgresql, on_sqlite

CALLS = 100_000
IN_ONE_GO = 500
EVERY = 20  # calls, of which one can still be bid for
PILLARS = 6
WORDS = 250  # of a description
QUERIES = (
    "laser",
    "lasery pro průmysl",
    "photonics",
    "výzva laser",
    "optika",
    "quantum",
    "kvantové technologie",
    "elektronová mikroskopie",
    "HORIZON-CL4-2025-03-MATERIALS-46",
    "OP TAK",
    "trend",
    "TA ČR",
    "inovační vouchery",
    "obrana",
    "laserové svařování v Brně",
    "xqzw",
    "spektroskopie polovodičů",
    "potřebujeme dotaci na měření tenkých vrstev",
    "fotonka",
    "evropské peníze na čočky",
)
Ask = Callable[[AsyncSession], Awaitable[object]]


async def run(calls: int = CALLS) -> Sequence[tuple[str, str]]:
    measured: list[tuple[str, str]] = []
    for engine, opened in (("SQLite", on_sqlite), ("PostgreSQL", on_postgresql)):
        async with opened() as db:
            measured += [(f"{what}, {engine}", value) for what, value in await _run(db, calls)]
    return measured


async def _run(db: Database, calls: int) -> list[tuple[str, str]]:
    seconds, now = await _fill(db, calls)
    me = Person(id=1, organisation_id=1, verified_at=now, met_at=now)
    found = await _times(db, [_find(query) for query in QUERIES])
    pages = await _times(db, [_leaf(page, me, now) for page in range(10)])
    return [
        (f"index of {calls} calls", f"{calls / seconds:.0f} calls/s"),
        ("search of calls, p50", f"{statistics.median(found) * 1000:.0f} ms"),
        ("search of calls, p95", f"{_p95(found) * 1000:.0f} ms"),
        ("a page of calls, p95", f"{_p95(pages) * 1000:.0f} ms"),
    ]


async def _times(db: Database, asked: Sequence[Ask]) -> list[float]:
    """Seconds of each, once all was asked once."""
    took = []
    for turn in range(ROUNDS + 1):
        for ask in asked:
            began = time.perf_counter()
            async with db.reading() as session:
                await ask(session)
            if turn:
                took.append(time.perf_counter() - began)
    return took


def _find(query: str) -> Ask:
    near = finding.is_asked_for(query)
    return lambda session: finding.look_for(session, query, near=near)


def _leaf(page: int, me: Person, now: datetime) -> Ask:
    async def leaf(session: AsyncSession) -> None:
        listing = await browsing.listing(session, Wanted(ALL), me, now)
        await browsing.shown(session, listing.ids[page * 5 : page * 5 + 5], me, now)

    return leaf


async def _fill(db: Database, calls: int) -> tuple[float, datetime]:
    """Seconds that indexing took."""
    await migrate.upgrade(db)
    now = datetime.now(UTC)
    async with db.writing() as session:
        session.add(Organisation(id=1, name="Ukázková", short="Ukázková", folded="ukazkova"))
        session.add_all(
            Pillar(name_cs=f"Pilíř {n}", name_en=f"Pillar {n}", position=n, since=now)
            for n in range(PILLARS)
        )
    seconds = 0.0
    for start in range(0, calls, IN_ONE_GO):
        made = list(_made(range(start, min(start + IN_ONE_GO, calls)), now))
        async with db.writing() as session:
            session.add_all(made)
            await session.flush()
            await _surround(session, made)
            began = time.perf_counter()
            while await indexing.catch_up(session):
                pass
            seconds += time.perf_counter() - began
    async with db.writing() as session:
        await (await session.connection()).execute(text("ANALYZE"))
    return seconds, now


async def _surround(session: AsyncSession, made: Sequence[GrantCall]) -> None:
    connection = await session.connection()
    deadlines = [
        {"call_id": call.key, "at": call.last_deadline_at, "zone": "Europe/Prague",
         "hour_known": True, "what": "", "sure": True}
        for call in made
    ]  # fmt: skip
    stand = [
        {"call_id": call.key, "pillar_id": 1 + call.key % PILLARS, "score": 9.0, "words": [],
         "by_hand": False}
        for call in made
    ]  # fmt: skip
    for table, rows in ((Deadline, deadlines), (CallPillar, stand)):
        await connection.execute(insert(table), rows)


def _made(numbers: Sequence[int], now: datetime) -> Iterator[GrantCall]:
    """Calls of the demonstration, each in other words of optics and of the world around."""
    known, words = told("calls"), sorted(thesaurus().all_words())
    for number in numbers:
        chance, like = random.Random(number), known[number % len(known)]
        said = [chance.choice(words) for _ in range(WORDS)]
        alive = number % EVERY == 0
        yield GrantCall(
            code=f"{like['code']}-{number}",
            title=f"{like['title']}: {' '.join(said[:6])} {number % 5000}",
            description=" ".join([*said, *(f"w{chance.randrange(30_000)}" for _ in range(50))]),
            programme=like["programme"],
            provider=like["provider"],
            kind=chance.choice(list(Kind)),
            state=State.OPEN if alive else State.CLOSED,
            stage=Stage.SENT if alive and number % 3 == 0 else Stage.QUIET,
            last_deadline_at=now + timedelta(days=chance.randint(1, 200) * (1 if alive else -1)),
            found_at=now,
            checked_at=now,
        )

"""How long one new call takes to be matched with all subscribers, and how long judging takes."""

import random
import statistics
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from bot.domain.calls import classifying, matching
from storage import migrate
from storage.calls.records import CallPillar, GrantCall, Kind, Stage, State
from storage.calls.subscriptions import Pace, Profile, Size, Subscription, SubscriptionPillar
from storage.database import Database
from storage.organisations import Kind as Sort
from storage.organisations import Organisation, Standing, Tenure
from storage.people import Person
from storage.pillars import OrganisationPillar, Pillar
from tests.benchmarks.finding import on_postgresql, on_sqlite

SUBSCRIBERS = 20_000
ORGANISATIONS = 800
PILLARS = 6
CALLS = 30
REGIONS = ("CZ010", "CZ020", "CZ064", "CZ071", "")
TEXTS = 2_000
SENTENCE = (
    "Proposals should bring new sensors and photonic devices to the market, with pilots in real"
    " use, measured results and a plan for what comes after the project has ended. "
)


async def run(subscribers: int = SUBSCRIBERS) -> Sequence[tuple[str, str]]:
    measured = [("calls judged by their words, 4 kB each", f"{_judged():.0f}/s")]
    for engine, opened in (("SQLite", on_sqlite), ("PostgreSQL", on_postgresql)):
        async with opened() as db:
            took, busy, heard = await _match(db, subscribers)
        what = f"one call matched with {subscribers} subscribers ({heard} hear of it), {engine}"
        measured.append((f"{what}, p50", f"{statistics.median(took) * 1000:.0f} ms"))
        measured.append((f"{what}, slowest", f"{max(took) * 1000:.0f} ms"))
        own = f"{statistics.median(busy) * 1000:.0f} ms"
        measured.append((f"processor time of our own in that, {engine}, p50", own))
    return measured


def _judged() -> float:
    """Descriptions a second; no two are the same."""
    said = [f"{SENTENCE * 25} Reference {number}." for number in range(TEXTS)]
    classifying.judge("Photonics", said[0])
    began = time.perf_counter()
    for number, description in enumerate(said):
        classifying.judge(f"Call {number} for photonics", description)
    return TEXTS / (time.perf_counter() - began)


async def _match(db: Database, subscribers: int) -> tuple[list[float], list[float], int]:
    """Seconds by the clock and by the processor's, and how many hear of what is for everybody."""
    await _fill(db, subscribers)
    now = datetime.now(UTC)
    took, busy, heard = [], [], 0
    for number in range(1, CALLS + 1):
        async with db.reading() as session:
            call = await session.get(GrantCall, number)
            assert call is not None
            began, worked = time.perf_counter(), time.process_time()
            heard = max(heard, len(await matching.match(session, call, now)))
            took.append(time.perf_counter() - began)
            busy.append(time.process_time() - worked)
    return took[1:], busy[1:], heard


async def _fill(db: Database, subscribers: int) -> None:
    await migrate.upgrade(db)
    now, chance = datetime.now(UTC), random.Random(1)
    async with db.writing() as session:
        session.add_all(
            Pillar(name_cs=f"Pilíř {n}", name_en=f"Pillar {n}", position=n, since=now)
            for n in range(PILLARS)
        )
        session.add_all(
            Organisation(
                name=f"Firma {n}", short=f"F{n}", folded=f"f{n}", kind=chance.choice(list(Sort))
            )
            for n in range(ORGANISATIONS)
        )
        await session.flush()
        for home in range(1, ORGANISATIONS + 1):
            session.add(Tenure(organisation_id=home, standing=Standing.MEMBER, since=now))
            session.add(
                Profile(
                    organisation_id=home,
                    region=chance.choice(REGIONS),
                    size=chance.choice([None, *Size]),
                    changed_at=now,
                )
            )
            for pillar in chance.sample(range(1, PILLARS + 1), 2):
                session.add(OrganisationPillar(organisation_id=home, pillar_id=pillar))
    async with db.writing() as session:
        session.add_all(
            Person(
                telegram_id=10_000_000 + n,
                first_name="Člen",
                organisation_id=1 + n % ORGANISATIONS,
                verified_at=now,
                met_at=now,
            )
            for n in range(subscribers)
        )
        await session.flush()
        for person in range(1, subscribers + 1):
            session.add(Subscription(person_id=person, pace=Pace.DAILY, changed_at=now))
            for pillar in chance.sample(range(1, PILLARS + 1), 2) if person % 2 else ():
                session.add(SubscriptionPillar(person_id=person, pillar_id=pillar))
    async with db.writing() as session:
        for number in range(1, CALLS + 1):
            session.add(_call(number, now))
        await session.flush()
        for number in range(1, CALLS):
            for pillar in chance.sample(range(1, PILLARS + 1), 1 + number % PILLARS):
                place = CallPillar(call_id=number, pillar_id=pillar, score=9, words=["laser"])
                session.add(place)
    if not db.is_sqlite:
        async with db.writing() as session:
            await (await session.connection()).execute(text("ANALYZE"))


def _call(number: int, now: datetime) -> GrantCall:
    """The last one is open to any technology, so it goes to everybody."""
    return GrantCall(
        code=f"CALL-{number}",
        title=f"Call {number}",
        kind=Kind.NATIONAL,
        state=State.OPEN,
        stage=Stage.WAITING,
        topic=number < CALLS,
        applicants=["sme", "research_org"],
        regions_out=["CZ01"],
        rate=60,
        last_deadline_at=now + timedelta(days=40),
        found_at=now,
        checked_at=now,
    )

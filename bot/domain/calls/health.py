"""How readings go: whose turn it is, what is believed, and when a source needs the manager.

A source that gives nothing or less than half of what it gives as a rule is degraded: nothing of
that reading counts. One that cannot be reached is tried less and less often, and counts as
degraded after the third time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.calls import changes
from bot.domain.calls.absorbing import RUNS
from bot.domain.calls.changes import Held
from bot.domain.calls.values import STATE
from storage.calls import asking, sighting
from storage.calls import readings as store
from storage.calls.records import State
from storage.calls.sources import Form, Outcome, Reading, Source

AT_ONCE = 4  # sources that are begun in one go
LONGEST = timedelta(hours=1)  # a reading that takes longer has been lost
SELDOM = timedelta(days=1)
PATIENCE = 3  # failures in a row before the manager hears of it
KEPT = timedelta(days=60)
SLOWLY = 4  # what is usual follows what is found, a quarter of the way at a time
LOST = "lost||the reading was interrupted"


@dataclass(frozen=True)
class Order:
    """What is to be read, and whom we may ask."""

    source: Source
    hosts: frozenset[str]


@dataclass(frozen=True)
class Result:
    """`problem` is a code, a host and words in English, with bars between; empty: none."""

    outcome: Outcome
    found: int = 0
    fresh: int = 0
    changed: int = 0
    problem: str = ""
    etag: str | None = None
    modified: str | None = None


async def is_due(session: AsyncSession, now: datetime) -> bool:
    return await store.is_due(session, now)


async def begin_due(session: AsyncSession, now: datetime) -> list[Reading]:
    """Readings to be made now."""
    await store.prune(session, now - KEPT)
    begun = [
        await begin(session, source, now) for source in await store.due(session, now, AT_ONCE)
    ]
    return [reading for reading in begun if reading is not None]


async def give_up(session: AsyncSession, now: datetime) -> list[Source]:
    """Of readings that nobody will end any more. The sources of which the manager is to hear."""
    lost = Result(Outcome.FAILED, problem=LOST)
    ended = [
        await finish(session, each.source_id, each.key, lost, now)
        for each in await store.lost(session, now - LONGEST)
    ]
    return [source for source in ended if source is not None]


async def begin(session: AsyncSession, source: Source, now: datetime) -> Reading | None:
    """None while it is being read. Its next time is set first, whatever becomes of this one."""
    source.next_at = now + timedelta(minutes=source.every)
    if await store.running(session, source.key) is not None:
        return None
    return await store.add(session, Reading(source_id=source.key, began_at=now))


async def order(session: AsyncSession, source_id: int) -> Order | None:
    source = await store.find(session, source_id)
    if source is None:
        return None
    return Order(source, await asking.hosts(session))


def is_too_little(source: Source, found: int) -> bool:
    return found == 0 or (source.usual is not None and 2 * found < source.usual)


async def finish(
    session: AsyncSession, source_id: int, reading_id: int, result: Result, now: datetime
) -> Source | None:
    """Write down how it went. The source, where the manager is to be told of it now."""
    source = await store.find(session, source_id, lock=True)
    reading = await store.reading(session, reading_id)
    if source is None or reading is None:
        return None
    reading.ended_at, reading.outcome, reading.problem = now, result.outcome, result.problem
    reading.found, reading.fresh, reading.changed = result.found, result.fresh, result.changed
    await session.flush()
    source.problem = result.problem
    if result.outcome in store.WELL:
        await _went_well(session, source, result, now)
        return None
    return await _went_badly(session, source, result, now)


async def _went_well(session: AsyncSession, source: Source, result: Result, now: datetime) -> None:
    source.read_at, source.degraded_since = now, None
    if result.outcome == Outcome.UNCHANGED:
        await sighting.all_seen_again(session, source.key, now)
        return
    source.etag, source.modified = result.etag, result.modified
    source.found = result.found
    usual = source.usual or result.found
    source.usual = max(1, usual + round((result.found - usual) / SLOWLY))


async def _went_badly(
    session: AsyncSession, source: Source, result: Result, now: datetime
) -> Source | None:
    failures = await store.failures(session, source.key)
    wait = timedelta(minutes=source.every) * 2 ** min(failures - 1, 10)
    source.next_at = max(source.next_at or now, now + min(wait, SELDOM))
    if result.outcome == Outcome.DEGRADED:
        source.found = result.found
    elif failures < PATIENCE:
        return None
    if source.degraded_since is not None:
        return None
    source.degraded_since = now
    return source


def tells_all(source: Source) -> bool:
    """Whether what it leaves out is over: a feed has but its latest, nobody reads by hand."""
    return bool(source.settings.get("whole", source.form not in (Form.FEED, Form.HAND)))


def may_be_unchanged(source: Source) -> bool:
    """Whether "nothing new" on its first page speaks for all of it."""
    return source.form in (Form.FEED, Form.SHEET)


async def miss(session: AsyncSession, source_id: int, now: datetime) -> list[int]:
    """After a reading at `now` that is believed: calls that all sources have left out for three
    readings are closed. The ids of the changes."""
    source = await store.find(session, source_id)
    if source is None or not tells_all(source):
        return []
    await sighting.not_seen(session, source.key, now, RUNS)
    lasting = [each.key for each in await store.active(session) if tells_all(each)]
    calls = await sighting.gone(session, source.key, RUNS, lasting)
    deadlines = await sighting.deadlines_of(session, [call.key for call in calls])
    held: Sequence[Held] = [
        Held(call, [each for each in deadlines if each.call_id == call.key], [])
        for call in calls
        if STATE not in call.by_hand
    ]
    for each in held:
        each.call.gone_runs = RUNS
        changes.put(each, STATE, State.CLOSED, source.key, now)
    return await changes.keep(session, held, now)

"""What is asked and written while a source is read: many calls at a time, few statements."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import SQLModel, and_, col, delete, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.history import Proposal
from storage.calls.records import Deadline, GrantCall, Sighting, State

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting in short."""

    call_id: int
    digest: str
    missed: int


async def seen(
    session: AsyncSession, source_id: int, references: Sequence[str]
) -> dict[str, Seen]:
    """Those of a source's references that we know."""
    known: dict[str, Seen] = {}
    for some in _portions(references):
        query = select(
            Sighting.reference, Sighting.call_id, Sighting.digest, Sighting.missed
        ).where(Sighting.source_id == source_id, col(Sighting.reference).in_(some))
        for reference, call_id, digest, missed in (await session.exec(query)).all():
            known[reference] = Seen(call_id, digest, missed)
    return known


async def sightings(
    session: AsyncSession, source_id: int, references: Sequence[str]
) -> dict[str, Sighting]:
    query = select(Sighting).where(
        Sighting.source_id == source_id, col(Sighting.reference).in_(references)
    )
    return {each.reference: each for each in (await session.exec(query)).all()}


async def by_code(session: AsyncSession, codes: Collection[str]) -> dict[str, GrantCall]:
    query = select(GrantCall).where(col(GrantCall.code).in_(codes))
    return {call.code: call for call in (await session.exec(query)).all()}


async def by_page(session: AsyncSession, pages: Collection[str]) -> dict[str, list[Sighting]]:
    """Who speaks of calls on these pages."""
    found: dict[str, list[Sighting]] = {}
    query = select(Sighting).where(col(Sighting.link).in_(pages))
    for each in (await session.exec(query)).all():
        found.setdefault(each.link, []).append(each)
    return found


async def calls(session: AsyncSession, ids: Collection[int]) -> dict[int, GrantCall]:
    """Locked, to be changed."""
    query = select(GrantCall).where(col(GrantCall.id).in_(ids)).order_by(col(GrantCall.id))
    fresh = query.with_for_update().execution_options(populate_existing=True)
    rows = (await session.exec(fresh)).all()
    return {call.key: call for call in rows}


async def deadlines_of(session: AsyncSession, ids: Collection[int]) -> Sequence[Deadline]:
    query = select(Deadline).where(col(Deadline.call_id).in_(ids)).order_by(col(Deadline.at))
    return (await session.exec(query)).all()


async def replace_deadlines(
    session: AsyncSession, call_id: int, deadlines: Sequence[Deadline]
) -> None:
    """These rows stay or come, all others of the call go."""
    kept = [each.id for each in deadlines if each.id is not None]
    others = and_(Deadline.call_id == call_id, col(Deadline.id).not_in(kept))
    await session.exec(delete(Deadline).where(others))
    session.add_all(each for each in deadlines if each.id is None)


async def drop_deadlines(session: AsyncSession, ids: Collection[int]) -> None:
    if ids:
        await session.exec(delete(Deadline).where(col(Deadline.id).in_(ids)))


async def proposals_of(session: AsyncSession, ids: Collection[int]) -> Sequence[Proposal]:
    """Settled ones too."""
    query = select(Proposal).where(col(Proposal.call_id).in_(ids))
    return (await session.exec(query)).all()


async def known_to(session: AsyncSession, source_id: int, ids: Collection[int]) -> set[int]:
    """Which of these calls the source speaks of."""
    query = select(Sighting.call_id).where(
        Sighting.source_id == source_id, col(Sighting.call_id).in_(ids)
    )
    return set((await session.exec(query)).all())


async def due_within(
    session: AsyncSession, spans: Sequence[tuple[datetime, datetime]], source_id: int
) -> Sequence[tuple[GrantCall, datetime]]:
    """Live calls that this source does not know, with a deadline of theirs in one of the spans."""
    if not spans:
        return []
    known = select(Sighting.call_id).where(Sighting.source_id == source_id)
    query = (
        select(GrantCall, Deadline.at)
        .join(Deadline, col(Deadline.call_id) == GrantCall.id)
        .where(
            or_(*(and_(Deadline.at >= since, Deadline.at < until) for since, until in spans)),
            col(GrantCall.state).in_((State.OPEN, State.FORECAST)),
            col(GrantCall.id).not_in(known),
        )
    )
    return (await session.exec(query.limit(AT_ONCE))).all()


async def add(session: AsyncSession, rows: Iterable[SQLModel]) -> None:
    session.add_all(rows)
    await session.flush()


async def drop(session: AsyncSession, rows: Iterable[SQLModel]) -> None:
    for row in rows:
        await session.delete(row)


async def seen_again(
    session: AsyncSession, source_id: int, known: dict[str, Seen], now: datetime
) -> None:
    """They say what they have said before."""
    for some in _portions(list(known)):
        theirs = and_(Sighting.source_id == source_id, col(Sighting.reference).in_(some))
        await session.exec(update(Sighting).where(theirs).values(seen_at=now))
    for ids in _portions(sorted({each.call_id for each in known.values()})):
        checked = update(GrantCall).where(col(GrantCall.id).in_(ids))
        await session.exec(checked.values(checked_at=now))


async def all_seen_again(session: AsyncSession, source_id: int, now: datetime) -> None:
    """The source says that nothing is new: it tells of what it told last time."""
    present = and_(Sighting.source_id == source_id, Sighting.missed == 0)
    await session.exec(update(Sighting).where(present).values(seen_at=now))
    theirs = select(Sighting.call_id).where(present)
    query = update(GrantCall).where(col(GrantCall.id).in_(theirs)).values(checked_at=now)
    await session.exec(query)


async def not_seen(session: AsyncSession, source_id: int, since: datetime, runs: int) -> None:
    """A reading is over, and some were not in it; nobody counts beyond `runs`."""
    absent = and_(Sighting.source_id == source_id, col(Sighting.seen_at) < since)
    more = update(Sighting).where(absent, col(Sighting.missed) < runs)
    await session.exec(more.values(missed=Sighting.missed + 1))


async def gone(
    session: AsyncSession, source_id: int, runs: int, lasting: Collection[int]
) -> Sequence[GrantCall]:
    """Live calls that this source has left out for so many readings, and all others of the
    sources in `lasting` that know them, too. Locked."""
    left_out = select(Sighting.call_id).where(
        Sighting.source_id == source_id, Sighting.missed >= runs
    )
    there = select(Sighting.call_id).where(
        col(Sighting.source_id).in_(lasting), Sighting.missed < runs
    )
    query = select(GrantCall).where(
        col(GrantCall.state).in_((State.OPEN, State.FORECAST)),
        col(GrantCall.id).in_(left_out),
        col(GrantCall.id).not_in(there),
    )
    return (await session.exec(query.with_for_update())).all()


def _portions(items: Sequence[str] | Sequence[int]) -> Iterable[Sequence[str] | Sequence[int]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))

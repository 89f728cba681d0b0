"""Lines that wait for Monday's digest, and those of digests that have come."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.people import Person
from storage.pushes.records import WAITS, Manner, Push, PushChoice, Way


async def waiting(session: AsyncSession, before: datetime, limit: int) -> Sequence[Person]:
    """The next people who have lines from `before`."""
    ids = select(Push.person_id).where(WAITS, col(Push.at) < before).distinct()
    first = ids.order_by(col(Push.person_id)).limit(limit)
    query = select(Person).where(col(Person.id).in_(first)).order_by(col(Person.id))
    return (await session.exec(query)).all()


async def lines(
    session: AsyncSession, people: Collection[int], before: datetime
) -> Sequence[Push]:
    """Theirs, in the order in which they were decided."""
    query = select(Push).where(WAITS, col(Push.person_id).in_(people), col(Push.at) < before)
    return (await session.exec(query.order_by(col(Push.id)))).all()


async def settle(
    session: AsyncSession, of_digest: datetime, ends: Mapping[Way, Collection[int]]
) -> None:
    """Write down what became of lines, by their ids."""
    for way, keys in ends.items():
        if keys:
            query = update(Push).where(col(Push.id).in_(keys))
            await session.exec(query.values(way=way, digested_at=of_digest))


async def of_digest(session: AsyncSession, person_id: int, at: datetime) -> Sequence[Push]:
    query = select(Push).where(
        Push.person_id == person_id, Push.way == Way.DIGEST, Push.digested_at == at
    )
    return (await session.exec(query.order_by(col(Push.id)))).all()


async def last_of(session: AsyncSession, person_id: int) -> datetime | None:
    """Of when the digest is that they have had last."""
    query = select(func.max(Push.digested_at)).where(
        Push.person_id == person_id, Push.way == Way.DIGEST
    )
    return (await session.exec(query)).one()


async def are_there(session: AsyncSession) -> bool:
    return (await session.exec(select(Push.id).where(WAITS).limit(1))).first() is not None


async def line(session: AsyncSession, push_id: int) -> Push | None:
    return await session.get(Push, push_id)


async def manners(session: AsyncSession, people: Collection[int]) -> Mapping[int, Manner]:
    query = select(Manner).where(col(Manner.person_id).in_(people))
    return {each.person_id: each for each in await session.exec(query)}


async def choices(session: AsyncSession, people: Collection[int]) -> Sequence[PushChoice]:
    query = select(PushChoice).where(col(PushChoice.person_id).in_(people))
    return (await session.exec(query)).all()


async def hush(session: AsyncSession, person_id: int, kind: str) -> None:
    """Who wants nothing of a kind any more does not get what waits, either."""
    query = update(Push).where(WAITS, col(Push.person_id) == person_id, col(Push.kind) == kind)
    await session.exec(query.values(way=Way.OFF))

"""The series that go on, whose turn it is, and what their steps say."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.people import Person
from storage.welcomes.records import Ending, Series, Welcome, WelcomeText


async def find(session: AsyncSession, welcome_id: int) -> Welcome | None:
    return await session.get(Welcome, welcome_id, with_for_update=True)


async def due(
    session: AsyncSession, now: datetime, limit: int
) -> Sequence[tuple[Welcome, Person]]:
    query = (
        select(Welcome, Person)
        .join(Person, col(Person.id) == Welcome.person_id)
        .where(col(Welcome.ended_at).is_(None), col(Welcome.next_at) <= now)
        .order_by(col(Welcome.next_at), col(Welcome.id))
    )
    return (await session.exec(query.limit(limit).with_for_update())).all()


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    """When the next step is due, after `now`."""
    query = select(func.min(Welcome.next_at)).where(
        col(Welcome.ended_at).is_(None), col(Welcome.next_at) > now
    )
    return (await session.exec(query)).one()


async def begin(
    session: AsyncSession,
    series: Series,
    who: Sequence[tuple[int, str]],
    now: datetime,
) -> None:
    """`who` are people and occasions that have no such series yet."""
    session.add_all(
        Welcome(person_id=person_id, series=series, occasion=occasion, began_at=now, next_at=now)
        for person_id, occasion in who
    )
    await session.flush()


def end(welcome: Welcome, ending: Ending, now: datetime) -> None:
    welcome.ended_at, welcome.ending = now, ending


async def text(
    session: AsyncSession, series: Series, step: int, language: str
) -> WelcomeText | None:
    """The newest, which may say that the original holds again."""
    query = select(WelcomeText).where(
        WelcomeText.series == series, WelcomeText.step == step, WelcomeText.language == language
    )
    return (await session.exec(query.order_by(col(WelcomeText.id).desc()).limit(1))).first()


async def of_person(session: AsyncSession, person_id: int) -> Sequence[Welcome]:
    query = select(Welcome).where(Welcome.person_id == person_id)
    return (await session.exec(query.order_by(col(Welcome.id)))).all()


async def forget(session: AsyncSession, person_id: int) -> None:
    await session.exec(delete(Welcome).where(col(Welcome.person_id) == person_id))

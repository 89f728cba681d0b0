"""What is kept of one person, and for how long."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.pushes.records import WAITS, Manner, Push, PushChoice, Way
from storage.sqlite import ASIDE


async def of_person(session: AsyncSession, person_id: int) -> Sequence[Push]:
    query = select(Push).where(Push.person_id == person_id).order_by(col(Push.id))
    return (await session.exec(query)).all()


async def empty(session: AsyncSession, person_id: int) -> None:
    theirs = update(Push).where(col(Push.person_id) == person_id)
    await session.exec(theirs.where(WAITS).values(way=Way.OFF))
    await session.exec(theirs.values(title="", opens="", facts={}))


async def forget_wishes(session: AsyncSession, person_id: int) -> None:
    await session.exec(delete(PushChoice).where(col(PushChoice.person_id) == person_id))
    await session.exec(delete(Manner).where(col(Manner.person_id) == person_id))


async def prune(session: AsyncSession, before: datetime) -> None:
    await session.exec(delete(Push).prefix_with(ASIDE).where(col(Push.at) < before))

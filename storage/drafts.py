"""Forms being filled in: one per person, so a new one takes the place of an old."""

from datetime import datetime
from typing import Any

from sqlmodel import JSON, Field, SQLModel, bindparam, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment


class Draft(SQLModel, table=True):
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    form: str
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    touched_at: datetime = Field(sa_type=Moment, index=True)


OF_PERSON = select(Draft).where(col(Draft.person_id) == bindparam("person_id"))


async def find(session: AsyncSession, person_id: int) -> Draft | None:
    return (await session.exec(OF_PERSON, params={"person_id": person_id})).first()


async def put(session: AsyncSession, draft: Draft) -> None:
    await session.merge(draft)


async def drop(session: AsyncSession, person_id: int) -> None:
    await session.exec(delete(Draft).where(col(Draft.person_id) == person_id))


async def prune(session: AsyncSession, before: datetime) -> None:
    await session.exec(delete(Draft).where(col(Draft.touched_at) < before))

"""What people look for: their searches, so that buttons lead back to them, and what nobody has."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import JSON, Field, SQLModel, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment


class Search(SQLModel, table=True):
    """Something that somebody looks for, and what they have narrowed it down to."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    said: str  # empty for a whole list that is being narrowed down
    chosen: list[str] = Field(default_factory=list, sa_type=JSON)  # facets
    searched_at: datetime = Field(sa_type=Moment, index=True)

    @property
    def key(self) -> int:
        """The id of a search that has been saved."""
        assert self.id is not None
        return self.id


class Missed(SQLModel, table=True):
    """What was looked for and not found, without who looked for it."""

    id: int | None = Field(default=None, primary_key=True)
    folded: str = Field(unique=True)
    said: str
    times: int = 1
    last_at: datetime = Field(sa_type=Moment)


async def find(session: AsyncSession, search_id: int) -> Search | None:
    return await session.get(Search, search_id)


async def miss(session: AsyncSession, folded: str, said: str, now: datetime) -> None:
    """Count one more search that found nothing; of its wordings the first is kept."""
    connection = await session.connection()
    into = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    new = into(Missed).values(folded=folded, said=said, times=1, last_at=now)
    again = {"times": col(Missed.times) + 1, "last_at": now}
    await connection.execute(
        new.on_conflict_do_update(index_elements=[col(Missed.folded)], set_=again)
    )


async def most_missed(session: AsyncSession, limit: int) -> Sequence[Missed]:
    often = (col(Missed.times).desc(), col(Missed.last_at).desc())
    return (await session.exec(select(Missed).order_by(*often).limit(limit))).all()


async def of_person(session: AsyncSession, person_id: int) -> Sequence[Search]:
    mine = select(Search).where(Search.person_id == person_id).order_by(col(Search.id))
    return (await session.exec(mine)).all()


async def forget(session: AsyncSession, person_id: int) -> None:
    await session.exec(delete(Search).where(col(Search.person_id) == person_id))


async def prune(session: AsyncSession, before: datetime, rare_before: datetime) -> None:
    """Drop searches older than `before`, and what was missed once only, before `rare_before`."""
    await session.exec(delete(Search).where(col(Search.searched_at) < before))
    rare = sa.and_(col(Missed.times) == 1, col(Missed.last_at) < rare_before)
    await session.exec(delete(Missed).where(rare))

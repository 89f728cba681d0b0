"""The pillars of the cluster's field, and which organisations stand in which."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import JSON, Field, SQLModel, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment
from storage.organisations import Standing, Tenure


class Pillar(SQLModel, table=True):
    """A row, never an enum: pillars are renamed, added and closed over the years."""

    id: int | None = Field(default=None, primary_key=True)
    name_cs: str
    name_en: str
    position: int
    since: datetime = Field(sa_type=Moment)
    until: datetime | None = Field(default=None, sa_type=Moment)
    topic: str = ""  # by which calls are known to be of it, see the domain; empty: by its name
    words: list[str] = Field(default_factory=list, sa_type=JSON)  # further ones, by the manager

    @property
    def key(self) -> int:
        """The id of a pillar that has been saved."""
        assert self.id is not None
        return self.id

    def stands(self, now: datetime) -> bool:
        return self.until is None or self.until > now

    def name_in(self, language: str) -> str:
        return self.name_cs if language == "cs" else self.name_en


class OrganisationPillar(SQLModel, table=True):
    __tablename__ = "organisation_pillar"

    organisation_id: int = Field(foreign_key="organisation.id", primary_key=True)
    pillar_id: int = Field(foreign_key="pillar.id", primary_key=True, index=True)


async def standing(session: AsyncSession, now: datetime) -> Sequence[Pillar]:
    """Those in force at `now`, in their order."""
    in_force = or_(col(Pillar.until).is_(None), col(Pillar.until) > now)
    query = select(Pillar).where(in_force, Pillar.since <= now).order_by(col(Pillar.position))
    return (await session.exec(query)).all()


async def find(session: AsyncSession, pillar_id: int, *, lock: bool = False) -> Pillar | None:
    return await session.get(Pillar, pillar_id, with_for_update=lock, populate_existing=lock)


async def every(session: AsyncSession, *, lock: bool = False) -> Sequence[Pillar]:
    """Closed or not, in their order."""
    query = select(Pillar).order_by(col(Pillar.position), col(Pillar.id))
    return (await session.exec(query.with_for_update() if lock else query)).all()


async def declare(session: AsyncSession, organisation_id: int, pillar_id: int) -> None:
    session.add(OrganisationPillar(organisation_id=organisation_id, pillar_id=pillar_id))
    await session.flush()


async def withdraw(session: AsyncSession, organisation_id: int, pillar_id: int) -> None:
    row = await session.get(OrganisationPillar, (organisation_id, pillar_id))
    await session.delete(row)
    await session.flush()


async def sizes(session: AsyncSession) -> dict[int, int]:
    """How many member organisations of today stand in each pillar that has any."""
    query = (
        select(OrganisationPillar.pillar_id, func.count(func.distinct(Tenure.organisation_id)))
        .join(Tenure, col(Tenure.organisation_id) == OrganisationPillar.organisation_id)
        .where(Tenure.standing == Standing.MEMBER, col(Tenure.until).is_(None))
        .group_by(col(OrganisationPillar.pillar_id))
    )
    return dict((await session.exec(query)).all())


async def of_organisation(session: AsyncSession, organisation_id: int) -> Sequence[int]:
    """The ids of the pillars in which it stands."""
    query = select(OrganisationPillar.pillar_id).where(
        OrganisationPillar.organisation_id == organisation_id
    )
    return (await session.exec(query)).all()

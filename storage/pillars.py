"""The pillars of the cluster's field, and which organisations stand in which."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Field, SQLModel, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment
from storage.organisations import Organisation, Standing, Tenure


class Pillar(SQLModel, table=True):
    """A row, never an enum: pillars are renamed, added and closed over the years."""

    id: int | None = Field(default=None, primary_key=True)
    name_cs: str
    name_en: str
    position: int
    since: datetime = Field(sa_type=Moment)
    until: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        """The id of a pillar that has been saved."""
        assert self.id is not None
        return self.id

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


async def find(session: AsyncSession, pillar_id: int) -> Pillar | None:
    return await session.get(Pillar, pillar_id)


async def sizes(session: AsyncSession) -> dict[int, int]:
    """How many member organisations of today stand in each pillar that has any."""
    query = (
        select(OrganisationPillar.pillar_id, func.count(func.distinct(Tenure.organisation_id)))
        .join(Tenure, col(Tenure.organisation_id) == OrganisationPillar.organisation_id)
        .where(Tenure.standing == Standing.MEMBER, col(Tenure.until).is_(None))
        .group_by(col(OrganisationPillar.pillar_id))
    )
    return dict((await session.exec(query)).all())


async def organisations(session: AsyncSession, pillar_id: int) -> Sequence[Organisation]:
    """The member organisations of today in that pillar."""
    query = (
        select(Organisation)
        .join(OrganisationPillar, col(OrganisationPillar.organisation_id) == Organisation.id)
        .join(Tenure, col(Tenure.organisation_id) == Organisation.id)
        .where(
            OrganisationPillar.pillar_id == pillar_id,
            Tenure.standing == Standing.MEMBER,
            col(Tenure.until).is_(None),
        )
    )
    return (await session.exec(query)).unique().all()


async def of_organisation(session: AsyncSession, organisation_id: int) -> Sequence[int]:
    """The ids of the pillars in which it stands."""
    query = select(OrganisationPillar.pillar_id).where(
        OrganisationPillar.organisation_id == organisation_id
    )
    return (await session.exec(query)).all()

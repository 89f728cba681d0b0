"""Organisations in and around the cluster: the organisation is the member, people belong to it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, case, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment, stored


class Kind(StrEnum):
    LARGE = "large"
    SME = "sme"
    UNIVERSITY = "university"
    INSTITUTE = "institute"
    INFRASTRUCTURE = "infrastructure"
    OTHER = "other"


class Standing(StrEnum):
    PROSPECT = "prospect"
    APPLICANT = "applicant"
    MEMBER = "member"
    FORMER = "former"


class Organisation(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str
    short: str = Field(index=True)
    folded: str = Field(index=True)  # name and short name without case and diacritics, for search
    kind: Kind = Field(default=Kind.OTHER, sa_type=stored(Kind))
    company_number: str | None = Field(default=None, unique=True)  # IČO
    town: str | None = None
    part_of: int | None = Field(default=None, foreign_key="organisation.id")
    source: str | None = None  # where the public facts above come from

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class Tenure(SQLModel, table=True):
    """What an organisation was to the cluster, and from when till when."""

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    standing: Standing = Field(sa_type=stored(Standing))
    since: datetime = Field(sa_type=Moment)
    until: datetime | None = Field(default=None, sa_type=Moment)


async def find(session: AsyncSession, organisation_id: int) -> Organisation | None:
    return await session.get(Organisation, organisation_id)


async def by_ids(session: AsyncSession, ids: Collection[int]) -> dict[int, Organisation]:
    found = await session.exec(select(Organisation).where(col(Organisation.id).in_(ids)))
    return {each.key: each for each in found}


MEMBERS = (
    select(Organisation)
    .join(Tenure, col(Tenure.organisation_id) == Organisation.id)
    .where(Tenure.standing == Standing.MEMBER, col(Tenure.until).is_(None))
)


async def members(session: AsyncSession) -> Sequence[Organisation]:
    """The member organisations of today, by short name."""
    return (await session.exec(MEMBERS.order_by(col(Organisation.folded)))).all()


async def every(session: AsyncSession) -> Sequence[Organisation]:
    """Members or not, by short name."""
    return (await session.exec(select(Organisation).order_by(col(Organisation.folded)))).all()


async def is_member(session: AsyncSession, organisation_id: int) -> bool:
    return (
        await session.exec(MEMBERS.where(Organisation.id == organisation_id))
    ).first() is not None


async def search(
    session: AsyncSession, folded_words: Sequence[str], limit: int
) -> Sequence[Organisation]:
    """Member organisations with every word in a name; those whose name begins so come first."""
    folded = col(Organisation.folded)
    whole = " ".join(folded_words)
    begins = or_(
        folded.startswith(whole, autoescape=True),
        func.lower(Organisation.short).startswith(whole, autoescape=True),
    )
    query = MEMBERS.where(*(folded.contains(word, autoescape=True) for word in folded_words))
    ranked = query.order_by(case((begins, 0), else_=1), folded).limit(limit)
    return (await session.exec(ranked)).all()

"""The equipment that members have, and what is publicly said of it."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlmodel import JSON, Field, SQLModel, and_, bindparam, col, func, select, true
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import stored


class Category(StrEnum):
    LASERS = "lasers"
    ELECTRON_MICROSCOPY = "electron_microscopy"
    MICROSCOPY = "microscopy"  # with light or a probe
    THIN_FILMS = "thin_films"
    MANUFACTURING = "manufacturing"
    METROLOGY = "metrology"
    SPECTROSCOPY = "spectroscopy"
    SURFACES = "surfaces"
    NANOFABRICATION = "nanofabrication"
    PROCESSING = "processing"


class Offering(StrEnum):
    EQUIPMENT = "equipment"
    FACILITY = "facility"
    SERVICE = "service"


class Instrument(SQLModel, table=True):
    """`owner` is the name as its source gives it, where the owner is no organisation of ours,
    or says which part of the organisation it is."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str  # all that it may be looked for by
    kind: Offering = Field(sa_type=stored(Offering))
    category: Category = Field(sa_type=stored(Category), index=True)
    maker: str | None = None
    model: str | None = None
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    owner: str
    site: str | None = None
    what: str | None = None
    parameters: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    access: str | None = None
    source: str
    confidence: str  # how sure the source is, such as `stated`

    @property
    def key(self) -> int:
        """The id of an instrument that has been saved."""
        assert self.id is not None
        return self.id


OF_CATEGORY = (
    select(Instrument)
    .where(col(Instrument.category) == bindparam("category"))
    .order_by(col(Instrument.folded), col(Instrument.id))
)


async def find(session: AsyncSession, instrument_id: int) -> Instrument | None:
    return await session.get(Instrument, instrument_id)


async def categories(session: AsyncSession) -> dict[Category, int]:
    """How many instruments each category has; those without any are left out."""
    query = select(Instrument.category, func.count()).group_by(col(Instrument.category))
    return {Category(name): count for name, count in (await session.exec(query)).all()}


async def of_category(session: AsyncSession, category: Category) -> Sequence[Instrument]:
    return (await session.exec(OF_CATEGORY, params={"category": category})).all()


async def search(
    session: AsyncSession, folded_words: Sequence[str], limit: int
) -> Sequence[Instrument]:
    """Those that have all the words somewhere, by name."""
    found = (col(Instrument.folded).contains(word, autoescape=True) for word in folded_words)
    query = select(Instrument).where(and_(true(), *found))
    query = query.order_by(col(Instrument.folded), col(Instrument.id)).limit(limit)
    return (await session.exec(query)).all()

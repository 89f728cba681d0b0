"""The equipment that members have, and what is publicly said of it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import JSON, Field, SQLModel, Text, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment, stored


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


class Priced(StrEnum):
    """What a price is for."""

    HOUR = "hour"
    RUN = "run"
    AGREEMENT = "agreement"


class Condition(StrEnum):
    """Whether a record still holds, as far as its owner says."""

    CONFIRMED = "confirmed"
    UNVERIFIED = "unverified"
    HIDDEN = "hidden"


class Visibility(StrEnum):
    PUBLIC = "public"
    MEMBERS = "members"
    REQUEST = "request"  # told by the owner to who asks


class Instrument(SQLModel, table=True):
    """`owner` is the name as its source gives it, where the owner is no organisation of ours,
    or says which part of the organisation it is. Field names follow UNIQUIP and PIDINST."""

    __table_args__ = (
        UniqueConstraint("organisation_id", "reference"),
        Index(
            "ix_instrument_unmarked",
            "id",
            sqlite_where=text("marks = ''"),
            postgresql_where=text("marks = ''"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    reference: str | None = None  # the owner's own number, by which a list is imported again
    name: str
    name_en: str = ""
    folded: str  # the name, for lists
    kind: Offering = Field(sa_type=stored(Offering))
    category: Category = Field(sa_type=stored(Category), index=True)
    maker: str | None = None
    model: str | None = None
    technique: str = ""
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    owner: str
    site: str | None = None
    region: str = ""
    what: str | None = None
    what_en: str = ""
    parameters: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON
    )  # value and unit by name
    samples: str = ""  # how large, how heavy, what must not be brought
    access: str | None = None
    commercial: bool = False
    joint_research: bool = False
    training: bool = False  # needed before somebody works with it
    supervised: bool = False
    priced: Priced | None = Field(default=None, sa_type=stored(Priced))
    price_least: int | None = None  # Czech crowns, as all prices
    price_members: str = ""  # "500–800", one number, or empty
    price_academia: str = ""
    price_others: str = ""
    guarantor_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    guarantor: str = ""
    photo: str | None = None  # Telegram's id of the file
    link: str | None = None
    doi: str | None = None
    visibility: dict[str, str] = Field(default_factory=dict, sa_type=JSON)  # where it is not usual
    condition: Condition = Field(default=Condition.CONFIRMED, sa_type=stored(Condition))
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment, index=True)
    asked_at: datetime | None = Field(default=None, sa_type=Moment)  # whether it still holds
    silences: int = 0
    source: str
    confidence: str  # how sure the source is, such as `stated`
    marks: str = Field(default="", sa_type=Text)  # what it is found by, with spaces between
    measures: str = Field(default="", sa_type=Text)  # what only ranking reads: quantities, marks

    @property
    def key(self) -> int:
        """The id of an instrument that has been saved."""
        assert self.id is not None
        return self.id


class InstrumentPillar(SQLModel, table=True):
    __tablename__ = "instrument_pillar"

    instrument_id: int = Field(foreign_key="instrument.id", primary_key=True)
    pillar_id: int = Field(foreign_key="pillar.id", primary_key=True, index=True)


class Outage(SQLModel, table=True):
    """When an instrument is out of service."""

    id: int | None = Field(default=None, primary_key=True)
    instrument_id: int = Field(foreign_key="instrument.id", index=True)
    since: datetime = Field(sa_type=Moment)
    until: datetime | None = Field(default=None, sa_type=Moment)
    why: str = ""


async def find(session: AsyncSession, instrument_id: int) -> Instrument | None:
    return await session.get(Instrument, instrument_id)


async def among(session: AsyncSession, keys: Collection[int]) -> Sequence[Instrument]:
    """Those with these ids, in no order."""
    return (await session.exec(select(Instrument).where(col(Instrument.id).in_(keys)))).all()


async def pillars_of(session: AsyncSession, keys: Collection[int]) -> dict[int, list[int]]:
    """The pillars of each instrument that stands in any."""
    query = select(InstrumentPillar).where(col(InstrumentPillar.instrument_id).in_(keys))
    found: dict[int, list[int]] = {}
    for each in (await session.exec(query)).all():
        found.setdefault(each.instrument_id, []).append(each.pillar_id)
    return found


async def outage(session: AsyncSession, instrument_id: int, now: datetime) -> Outage | None:
    """The one that lasts the longest of those that it is in now."""
    lasts = or_(col(Outage.until).is_(None), col(Outage.until) > now)
    query = select(Outage).where(Outage.instrument_id == instrument_id, Outage.since <= now, lasts)
    return (await session.exec(query.order_by(col(Outage.until).desc().nulls_first()))).first()

"""Events and their parts: a day, an evening, or simply the whole."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import JSON, Field, SQLModel, bindparam
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment, stored
from storage.folding import fold


class Kind(StrEnum):
    WORKSHOP = "workshop"
    ASSEMBLY = "assembly"
    BOARD = "board"
    VISIT = "visit"
    OTHER = "other"


class Audience(StrEnum):
    PUBLIC = "public"
    MEMBERS = "members"
    PILLAR = "pillar"
    INVITED = "invited"


class PartKind(StrEnum):
    DAY = "day"
    EVENING = "evening"
    EXCURSION = "excursion"
    ONLINE = "online"


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Workshop(SQLModel, table=True):
    """An event. When it is, is told by its parts, of which it has at least one."""

    id: int | None = Field(default=None, primary_key=True)
    title: str
    place: str = ""
    about: str = ""
    folded: str = ""  # title and place without case and diacritics, for search
    kind: Kind = Field(default=Kind.WORKSHOP, sa_type=stored(Kind))
    audience: Audience = Field(default=Audience.PUBLIC, sa_type=stored(Audience))
    state: State = Field(default=State.DRAFT, sa_type=stored(State))
    sequence: int = 0  # how many times a calendar that has this event had to change it
    pillar_id: int | None = Field(default=None, foreign_key="pillar.id", index=True)
    provisional: bool = False  # the date may change still, so nobody is reminded of it
    opens_at: datetime | None = Field(default=None, sa_type=Moment)  # registration; None: at once
    closes_at: datetime | None = Field(default=None, sa_type=Moment)  # None: as each part begins
    organisation_limit: int | None = None  # seats of a part that one organisation may take early
    project: str = ""  # the number of the project that pays, for the attendance list
    topics_until: datetime | None = Field(default=None, sa_type=Moment)
    rhythm: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # where it is not the usual
    poster_key: str = ""  # what the codes of the poster at the door are made from
    planned_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

    def refold(self) -> None:
        self.folded = fold(f"{self.title} {self.place}")


class Part(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    name: str = ""  # empty where the event has one part only
    starts_at: datetime = Field(sa_type=Moment, index=True)
    ends_at: datetime = Field(sa_type=Moment)
    capacity: int
    usual: bool = True  # taken by whoever signs up for the whole with one tap
    kind: PartKind = Field(default=PartKind.DAY, sa_type=stored(PartKind))
    place: str = ""  # empty where the event's own place holds
    link: str = ""  # of an online part; shown to those who have a seat

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


@dataclass(frozen=True, slots=True)
class Slot:
    """A part as it is read on hot paths."""

    id: int
    name: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    usual: bool
    kind: PartKind = PartKind.DAY
    place: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A workshop as it is read on hot paths, with its parts in the order of time."""

    parts: tuple[Slot, ...]
    id: int
    title: str
    place: str
    about: str
    kind: Kind
    audience: Audience
    state: State
    sequence: int
    pillar_id: int | None = None
    provisional: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    organisation_limit: int | None = None
    project: str = ""
    topics_until: datetime | None = None

    @property
    def starts_at(self) -> datetime:
        return self.parts[0].starts_at

    @property
    def ends_at(self) -> datetime:
        return max(part.ends_at for part in self.parts)


WORKSHOP = Workshop.__table__  # type: ignore[attr-defined]
PART = Part.__table__  # type: ignore[attr-defined]
EVENT_COLUMNS = [WORKSHOP.c[name] for name in list(Event.__dataclass_fields__)[1:]]
SLOT_COLUMNS = [PART.c[name] for name in Slot.__dataclass_fields__]
READ = (
    sa.select(*EVENT_COLUMNS, *SLOT_COLUMNS)
    .join_from(WORKSHOP, PART)
    .where(WORKSHOP.c.id == bindparam("workshop_id"))
    .order_by(PART.c.starts_at, PART.c.id)
)
LOCK = READ.with_for_update()


async def find(session: AsyncSession, workshop_id: int, *, lock: bool = False) -> Event | None:
    """With `lock` nobody else changes the event, its parts or their queues until we commit."""
    connection = await session.connection()
    query = LOCK if lock else READ
    rows = (await connection.execute(query, {"workshop_id": workshop_id})).all()
    if not rows:
        return None
    width = len(EVENT_COLUMNS)
    slots = tuple(Slot(*row[width:]) for row in rows)
    return Event(slots, *rows[0][:width])


async def row(session: AsyncSession, workshop_id: int) -> Workshop | None:
    """The event to be changed."""
    return await session.get(Workshop, workshop_id, with_for_update=True)


async def part_row(session: AsyncSession, part_id: int) -> Part | None:
    return await session.get(Part, part_id, with_for_update=True)


async def remove(session: AsyncSession, workshop_id: int) -> None:
    """Nobody may have a seat or a reminder in it any more."""
    connection = await session.connection()
    await connection.execute(sa.delete(PART).where(PART.c.workshop_id == workshop_id))
    await connection.execute(sa.delete(WORKSHOP).where(WORKSHOP.c.id == workshop_id))

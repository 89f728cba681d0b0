"""What members ask of the owners of equipment, and what the two sides write to each other.

A demand is what somebody needs; put to one owner it is an enquiry. Ids of enquiries are never used
twice, because what was sent is known by them.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import (
    JSON,
    Field,
    SQLModel,
    Text,
    and_,
    bindparam,
    col,
    delete,
    exists,
    func,
    not_,
    or_,
    select,
    update,
)
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment, stored
from storage.instruments.records import Instrument


class State(StrEnum):
    WAITING = "waiting"  # for the first answer
    TALKING = "talking"  # the owner has asked back
    OFFERED = "offered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # by who asked
    UNANSWERED = "unanswered"


LIVE = (State.WAITING, State.TALKING, State.OFFERED)


class Reason(StrEnum):
    """Why an owner declines."""

    CAPACITY = "capacity"
    CANNOT = "cannot"
    SAMPLES = "samples"
    OUT_OF_SERVICE = "out_of_service"
    NOT_SHARED = "not_shared"


class Outcome(StrEnum):
    """What came of it."""

    CONTRACT = "contract"
    RESEARCH = "research"
    NOT_YET = "not_yet"
    NOTHING = "nothing"


class Demand(SQLModel, table=True):
    """`wanted` are the instruments whose owners are to be asked; none: all members."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    text: str = Field(sa_type=Text)
    wanted_by: date | None = None  # None: as soon as possible
    samples: str = ""
    confidential: bool = False
    wanted: list[int] = Field(default_factory=list, sa_type=JSON)
    written_at: datetime = Field(sa_type=Moment, index=True)
    sent_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        """The id of a demand that has been saved."""
        assert self.id is not None
        return self.id


class Enquiry(SQLModel, table=True):
    """`subject` is the instrument's name at the time; empty where all members are asked."""

    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    demand_id: int = Field(foreign_key="demand.id", index=True)
    instrument_id: int | None = Field(
        default=None, foreign_key="instrument.id", ondelete="SET NULL", index=True
    )
    subject: str
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    state: State = Field(default=State.WAITING, sa_type=stored(State))
    asked_at: datetime = Field(sa_type=Moment)
    first_answer_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment, index=True)
    reason: Reason | None = Field(default=None, sa_type=stored(Reason))
    outcome: Outcome | None = Field(default=None, sa_type=stored(Outcome))
    taken_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    entrusted_to: int | None = Field(default=None, foreign_key="person.id", index=True)
    with_manager: bool = False
    steps: int = 0  # how often we have spoken about it by ourselves
    due_at: datetime | None = Field(default=None, sa_type=Moment, index=True)  # the next time
    asker_agrees: bool = False  # to be known to the other side
    owner_agrees: bool = False

    @property
    def key(self) -> int:
        """The id of an enquiry that has been saved."""
        assert self.id is not None
        return self.id

    @property
    def live(self) -> bool:
        return self.state in LIVE and self.ended_at is None


class Carried(SQLModel, table=True):
    """Words that one side of an enquiry had us carry to the other."""

    id: int | None = Field(default=None, primary_key=True)
    enquiry_id: int = Field(foreign_key="enquiry.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    from_asker: bool
    text: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=Moment)


OF_DEMAND = (
    select(Enquiry)
    .where(col(Enquiry.demand_id) == bindparam("demand_id"))
    .order_by(col(Enquiry.id))
)
MOST = 100  # of a list that somebody reads
RUNNING = and_(col(Enquiry.state).in_(LIVE), col(Enquiry.ended_at).is_(None))


async def demand(session: AsyncSession, demand_id: int, *, lock: bool = False) -> Demand | None:
    return await session.get(Demand, demand_id, with_for_update=lock, populate_existing=lock)


async def find(session: AsyncSession, enquiry_id: int, *, lock: bool = False) -> Enquiry | None:
    return await session.get(Enquiry, enquiry_id, with_for_update=lock, populate_existing=lock)


async def of_demand(session: AsyncSession, demand_id: int) -> Sequence[Enquiry]:
    return (await session.exec(OF_DEMAND, params={"demand_id": demand_id})).all()


async def demands_of(session: AsyncSession, person_id: int) -> Sequence[Demand]:
    """Those that were sent, the newest first."""
    mine = select(Demand).where(Demand.person_id == person_id, col(Demand.sent_at).is_not(None))
    return (await session.exec(mine.order_by(col(Demand.sent_at).desc()))).all()


async def all_demands_of(session: AsyncSession, person_id: int) -> Sequence[Demand]:
    mine = select(Demand).where(Demand.person_id == person_id).order_by(col(Demand.id))
    return (await session.exec(mine)).all()


async def sent_since(session: AsyncSession, person_id: int, since: datetime) -> int:
    query = select(func.count()).select_from(Demand)
    query = query.where(Demand.person_id == person_id, col(Demand.sent_at) > since)
    return (await session.exec(query)).one()


async def running_of(session: AsyncSession, person_id: int, instrument_id: int) -> Enquiry | None:
    """Somebody's live enquiry about an instrument."""
    query = (
        select(Enquiry)
        .join(Demand)
        .where(Demand.person_id == person_id, Enquiry.instrument_id == instrument_id, RUNNING)
    )
    return (await session.exec(query.limit(1))).first()


async def running_for(session: AsyncSession, instrument_id: int) -> Sequence[Enquiry]:
    query = select(Enquiry).where(Enquiry.instrument_id == instrument_id, RUNNING)
    return (await session.exec(query.order_by(col(Enquiry.id)))).all()


async def for_owner(
    session: AsyncSession,
    organisations: Sequence[int],
    instruments: Sequence[int],
    person_id: int,
    *,
    with_manager: bool,
) -> Sequence[Enquiry]:
    """What is put to those organisations, about those instruments, to that person, or (for
    managers) to no one else; the live ones first, then the newest."""
    whose = or_(
        col(Enquiry.organisation_id).in_(organisations),
        col(Enquiry.instrument_id).in_(instruments),
        col(Enquiry.entrusted_to) == person_id,
        and_(col(Enquiry.with_manager), with_manager),
    )
    query = (
        select(Enquiry)
        .where(whose)
        .order_by(not_(RUNNING), col(Enquiry.asked_at).desc(), col(Enquiry.id).desc())
    )
    return (await session.exec(query.limit(MOST))).all()


async def guarded_by(session: AsyncSession, person_id: int) -> Sequence[int]:
    """The ids of the instruments whose guarantor they are."""
    query = select(col(Instrument.id)).where(Instrument.guarantor_id == person_id)
    return [key for key in (await session.exec(query)).all() if key is not None]


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[Enquiry]:
    query = select(Enquiry).where(col(Enquiry.due_at) <= now).order_by(col(Enquiry.due_at))
    return (await session.exec(query.limit(limit).with_for_update(skip_locked=True))).all()


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    query = select(func.min(col(Enquiry.due_at))).where(col(Enquiry.due_at) > now)
    return (await session.exec(query)).one()


async def carried(session: AsyncSession, enquiry_id: int, limit: int) -> Sequence[Carried]:
    """The last of them, the oldest first."""
    query = select(Carried).where(Carried.enquiry_id == enquiry_id)
    found = (await session.exec(query.order_by(col(Carried.id).desc()).limit(limit))).all()
    return found[::-1]


async def carried_of(session: AsyncSession, person_id: int) -> Sequence[Carried]:
    mine = select(Carried).where(Carried.person_id == person_id).order_by(col(Carried.id))
    return (await session.exec(mine)).all()


async def taken_by(session: AsyncSession, person_id: int) -> Sequence[Enquiry]:
    mine = or_(Enquiry.taken_by == person_id, Enquiry.entrusted_to == person_id)
    return (await session.exec(select(Enquiry).where(mine).order_by(col(Enquiry.id)))).all()


async def silence(session: AsyncSession, person_id: int) -> None:
    """Empty whatever somebody wrote; that they asked, and what came of it, stays."""
    mine = col(Demand.person_id) == person_id
    await session.exec(update(Demand).where(mine).values(text="", samples=""))
    await session.exec(update(Carried).where(col(Carried.person_id) == person_id).values(text=""))


async def prune(session: AsyncSession, before: datetime, drafts_before: datetime) -> None:
    """Drop what was said in enquiries that ended before, and demands that were never sent."""
    over = select(Enquiry.id).where(col(Enquiry.ended_at) < before)
    await session.exec(delete(Carried).where(col(Carried.enquiry_id).in_(over)))
    ended_lately = or_(col(Enquiry.ended_at).is_(None), col(Enquiry.ended_at) >= before)
    alive = exists().where(col(Enquiry.demand_id) == col(Demand.id), ended_lately)
    told = and_(col(Demand.sent_at) < before, col(Demand.text) != "", not_(alive))
    await session.exec(update(Demand).where(told).values(text="", samples=""))
    unsent = and_(col(Demand.sent_at).is_(None), col(Demand.written_at) < drafts_before)
    await session.exec(delete(Demand).where(unsent))

"""The year's goals of the action plan, and what was counted by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlmodel import Field, SQLModel, UniqueConstraint, and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from storage.calls.alerts import Alert
from storage.database import Moment, stored
from storage.groups.chats import GroupChat
from storage.instruments.records import Condition, Instrument
from storage.organisations import Standing, Tenure
from storage.people import Role, RoleName
from storage.pillars import Pillar
from storage.workshops.events import Kind, Part, State, Workshop


class Measure(StrEnum):
    """What reality is counted by."""

    EVENTS = "events"
    ASSEMBLIES = "assemblies"
    BOARD_MEETINGS = "board_meetings"
    GROUPS = "groups"  # pillars whose working group has met or written
    AMBASSADORS = "ambassadors"
    VISITS = "visits"
    NEW_MEMBERS = "new_members"
    INSTRUMENTS = "instruments"
    CALLS = "calls"  # told to somebody whom they fit
    OWN = "own"  # counted by hand only


class Goal(SQLModel, table=True):
    """A row of the plan; `wanted` None means all of them, such as all pillars."""

    __table_args__ = (UniqueConstraint("year", "measure", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    year: int
    measure: Measure = Field(sa_type=stored(Measure))
    name: str = ""  # of a goal of the cluster's own
    wanted: int | None = None
    place: int = 0  # in the order of the plan
    changed_by: int | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class Tally(SQLModel, table=True):
    """One thing counted by hand towards a goal: a visit, a fair, a meeting without an event."""

    __tablename__ = "goal_tally"

    id: int | None = Field(default=None, primary_key=True)
    goal_id: int = Field(foreign_key="goal.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    note: str = ""
    on: date
    noted_by: int = Field(foreign_key="person.id")
    noted_at: datetime = Field(sa_type=Moment)


@dataclass(frozen=True)
class Year:
    """From its first moment to the first of the next, where the cluster is; and the time now."""

    start: datetime
    end: datetime
    now: datetime

    @property
    def until(self) -> datetime:
        """The end of it that has been lived through."""
        return min(self.end, self.now)


async def of_year(session: AsyncSession, year: int) -> Sequence[Goal]:
    query = select(Goal).where(Goal.year == year).order_by(col(Goal.place), col(Goal.id))
    return (await session.exec(query)).all()


async def years(session: AsyncSession) -> Sequence[int]:
    """Those that have a plan, newest first."""
    query = select(Goal.year).distinct().order_by(col(Goal.year).desc())
    return (await session.exec(query)).all()


async def find(session: AsyncSession, goal_id: int, *, lock: bool = False) -> Goal | None:
    return await session.get(Goal, goal_id, with_for_update=lock or None)


async def tallies(session: AsyncSession, goal_id: int) -> Sequence[Tally]:
    """Newest first."""
    query = select(Tally).where(Tally.goal_id == goal_id)
    return (await session.exec(query.order_by(col(Tally.on).desc(), col(Tally.id).desc()))).all()


async def tallied(session: AsyncSession, goal_ids: Sequence[int]) -> dict[int, int]:
    query = select(Tally.goal_id, func.count()).where(col(Tally.goal_id).in_(goal_ids))
    return dict((await session.exec(query.group_by(col(Tally.goal_id)))).all())


async def remove(session: AsyncSession, goal: Goal) -> None:
    for tally in await tallies(session, goal.key):
        await session.delete(tally)
    await session.flush()
    await session.delete(goal)


async def happened(session: AsyncSession, measure: Measure, year: Year) -> int:
    """What the rows of the other features say; what was counted by hand is not in it."""
    match measure:
        case Measure.EVENTS:
            return await _events(session, (Kind.WORKSHOP, Kind.OTHER), year.start, year.until)
        case Measure.ASSEMBLIES:
            return await _events(session, (Kind.ASSEMBLY,), year.start, year.until)
        case Measure.BOARD_MEETINGS:
            return await _events(session, (Kind.BOARD,), year.start, year.until)
        case Measure.VISITS:
            return await _events(session, (Kind.VISIT,), year.start, year.until)
        case Measure.GROUPS:
            return await _groups(session, year)
        case Measure.AMBASSADORS:
            return await _ambassadors(session, year)
        case Measure.NEW_MEMBERS:
            return await _new_members(session, year)
        case Measure.INSTRUMENTS:
            shown = col(Instrument.condition) != Condition.HIDDEN
            return await _count(session, select(func.count(col(Instrument.id))).where(shown))
        case Measure.CALLS:
            told = func.count(func.distinct(col(Alert.call_id)))
            within = (col(Alert.told_at) >= year.start, col(Alert.told_at) < year.until)
            return await _count(session, select(told).where(*within))
        case Measure.OWN:
            return 0


async def ahead(session: AsyncSession, measure: Measure, year: Year) -> int:
    """How many are announced for the rest of the year."""
    kinds = {
        Measure.EVENTS: (Kind.WORKSHOP, Kind.OTHER),
        Measure.ASSEMBLIES: (Kind.ASSEMBLY,),
        Measure.BOARD_MEETINGS: (Kind.BOARD,),
        Measure.VISITS: (Kind.VISIT,),
    }
    if measure not in kinds or year.now >= year.end:
        return 0
    return await _events(session, kinds[measure], max(year.now, year.start), year.end)


async def pillars(session: AsyncSession, year: Year) -> int:
    """How many stood at its end."""
    return await _count(session, select(func.count(col(Pillar.id))).where(_stood(year)))


async def _count(session: AsyncSession, query: SelectOfScalar[int]) -> int:
    return (await session.exec(query)).one()


async def _events(
    session: AsyncSession, kinds: Sequence[Kind], start: datetime, end: datetime
) -> int:
    """Each once, by its first part; those of a pillar's group are that group's."""
    first = select(Part.workshop_id, func.min(Part.starts_at).label("at"))
    begins = first.group_by(col(Part.workshop_id)).subquery()
    query = (
        select(func.count(col(Workshop.id)))
        .join(begins, begins.c.workshop_id == col(Workshop.id))
        .where(
            Workshop.state == State.PUBLISHED,
            col(Workshop.kind).in_(kinds),
            begins.c.at >= start,
            begins.c.at < end,
        )
    )
    return await _count(session, query)


async def _groups(session: AsyncSession, year: Year) -> int:
    """Pillars with a group in Telegram, or with an event of their own that took place."""
    linked = select(GroupChat.pillar_id).where(
        col(GroupChat.linked_at) < year.until,
        or_(col(GroupChat.until).is_(None), col(GroupChat.until) >= year.start),
    )
    met = (
        select(Workshop.pillar_id)
        .join(Part, col(Part.workshop_id) == Workshop.id)
        .where(
            Workshop.state == State.PUBLISHED,
            col(Workshop.pillar_id).is_not(None),
            Part.starts_at >= year.start,
            Part.starts_at < year.until,
        )
    )
    alive = or_(col(Pillar.id).in_(linked), col(Pillar.id).in_(met))
    return await _count(session, select(func.count(col(Pillar.id))).where(_stood(year), alive))


def _stood(year: Year) -> ColumnElement[bool]:
    ended = or_(col(Pillar.until).is_(None), col(Pillar.until) > year.until)
    return and_(col(Pillar.since) <= year.until, ended)


async def _ambassadors(session: AsyncSession, year: Year) -> int:
    query = select(func.count(func.distinct(col(Role.person_id)))).where(
        Role.name == RoleName.AMBASSADOR,
        col(Role.since) <= year.until,
        or_(col(Role.until).is_(None), col(Role.until) > year.until),
    )
    return await _count(session, query)


async def _new_members(session: AsyncSession, year: Year) -> int:
    query = select(func.count(func.distinct(col(Tenure.organisation_id)))).where(
        Tenure.standing == Standing.MEMBER,
        col(Tenure.since) >= year.start,
        col(Tenure.since) < year.until,
    )
    return await _count(session, query)

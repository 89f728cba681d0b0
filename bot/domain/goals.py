"""Plan against reality: the year's goals, counted from what really happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage import audit
from storage import goals as store
from storage.goals import Goal, Measure, Tally, Year
from storage.organisations import Organisation
from storage.people import Person

FROM_THE_PLAN: tuple[tuple[Measure, int | None], ...] = (  # the cluster's action plan for 2021
    (Measure.EVENTS, 4),
    (Measure.ASSEMBLIES, 2),
    (Measure.BOARD_MEETINGS, 5),
    (Measure.GROUPS, None),
    (Measure.AMBASSADORS, 2),
    (Measure.VISITS, 12),
    (Measure.NEW_MEMBERS, 3),
    (Measure.INSTRUMENTS, 50),
    (Measure.CALLS, 12),
)
MOST = 100_000
GOALS = 30  # of a year
NAME, NOTE = 60, 200  # characters


class GoalTaken(Refusal):
    """There is a goal of that name in the year."""


class TooManyGoals(Refusal):
    """A year has a page or two of them."""


@dataclass(frozen=True)
class Progress:
    """`wanted` is a number by now: where the plan wants all pillars, theirs."""

    goal: Goal
    done: int
    wanted: int
    ahead: int  # announced for the rest of the year

    @property
    def share(self) -> float:
        return min(1.0, self.done / self.wanted) if self.wanted else 1.0


@dataclass(frozen=True)
class Plan:
    year: int
    rows: Sequence[Progress]
    years: Sequence[int]  # that have a plan, newest first
    may_change: bool


def year_of(now: datetime, zone: tzinfo) -> int:
    return now.astimezone(zone).year


async def begin_year(session: AsyncSession, year: int, now: datetime) -> None:
    """A year takes its goals over from the one before, or from the action plan."""
    if await store.of_year(session, year):
        return
    before = [(each.measure, each.name, each.wanted) for each in await _last(session, year)]
    planned = before or [(measure, "", wanted) for measure, wanted in FROM_THE_PLAN]
    for place, (measure, name, wanted) in enumerate(planned):
        row = Goal(
            year=year, measure=measure, name=name, wanted=wanted, place=place, changed_at=now
        )
        session.add(row)


async def _last(session: AsyncSession, year: int) -> Sequence[Goal]:
    earlier = [each for each in await store.years(session) if each < year]
    return await store.of_year(session, earlier[0]) if earlier else ()


async def plan(session: AsyncSession, who: Person, year: int, zone: tzinfo, now: datetime) -> Plan:
    await rights.require(session, who, Action.OPEN_ADMIN, now)
    goals = await store.of_year(session, year)
    by_hand = await store.tallied(session, [goal.key for goal in goals])
    rows = [await _progress(session, goal, by_hand, _span(year, zone, now)) for goal in goals]
    may_change = await rights.may(session, who, Action.KEEP_PLAN, now)
    return Plan(year, rows, await store.years(session), may_change)


async def look(
    session: AsyncSession, goal_id: int, who: Person, zone: tzinfo, now: datetime
) -> tuple[Progress, Sequence[Tally]]:
    await rights.require(session, who, Action.OPEN_ADMIN, now)
    goal = await _find(session, goal_id)
    counted = await store.tallies(session, goal.key)
    year = _span(goal.year, zone, now)
    return await _progress(session, goal, {goal.key: len(counted)}, year), counted


async def aim(
    session: AsyncSession, goal_id: int, wanted: int | None, who: Person, now: datetime
) -> None:
    """None: all of them, where there are so many and no more."""
    await rights.require(session, who, Action.KEEP_PLAN, now)
    goal = await _find(session, goal_id, lock=True)
    before, goal.wanted = goal.wanted, wanted
    goal.changed_by, goal.changed_at = who.key, now
    subject = f"goal:{goal.key}"
    await audit.record(session, who.key, "goal.aim", subject, now, before=before, after=wanted)


async def add(
    session: AsyncSession, year: int, name: str, wanted: int, who: Person, now: datetime
) -> Goal:
    """One of the cluster's own, counted by hand. Raises `GoalTaken`, `TooManyGoals`."""
    await rights.require(session, who, Action.KEEP_PLAN, now)
    goals = await store.of_year(session, year)
    if any(goal.name.casefold() == name.casefold() for goal in goals):
        raise GoalTaken
    if len(goals) >= GOALS:
        raise TooManyGoals
    place = max((goal.place for goal in goals), default=0) + 1
    goal = Goal(
        year=year,
        measure=Measure.OWN,
        name=name,
        wanted=wanted,
        place=place,
        changed_by=who.key,
        changed_at=now,
    )
    session.add(goal)
    await session.flush()
    await audit.record(session, who.key, "goal.add", f"goal:{goal.key}", now, name=name)
    return goal


async def drop(session: AsyncSession, goal_id: int, who: Person, now: datetime) -> int:
    """With what was counted by hand towards it. Returns its year."""
    await rights.require(session, who, Action.KEEP_PLAN, now)
    goal = await _find(session, goal_id, lock=True)
    what = goal.name or goal.measure
    await audit.record(session, who.key, "goal.drop", f"goal:{goal.key}", now, name=what)
    await store.remove(session, goal)
    return goal.year


async def tally(
    session: AsyncSession,
    goal_id: int,
    note: str,
    on: date,
    who: Person,
    now: datetime,
    *,
    organisation: Organisation | None = None,
) -> None:
    """Count one by hand: a visit, a fair, a meeting without an event."""
    await rights.require(session, who, Action.OPEN_ADMIN, now)
    goal = await _find(session, goal_id, lock=True)
    session.add(
        Tally(
            goal_id=goal.key,
            organisation_id=organisation.key if organisation else None,
            note=note,
            on=on,
            noted_by=who.key,
            noted_at=now,
        )
    )


async def untally(session: AsyncSession, tally_id: int, who: Person, now: datetime) -> int:
    """Returns the goal's id. Raises `Gone`."""
    await rights.require(session, who, Action.OPEN_ADMIN, now)
    found = await session.get(Tally, tally_id)
    if found is None:
        raise Gone
    await session.delete(found)
    return found.goal_id


async def _find(session: AsyncSession, goal_id: int, *, lock: bool = False) -> Goal:
    goal = await store.find(session, goal_id, lock=lock)
    if goal is None:
        raise Gone
    return goal


def _span(year: int, zone: tzinfo, now: datetime) -> Year:
    start, end = (datetime(each, 1, 1, tzinfo=zone) for each in (year, year + 1))
    return Year(start, end, now)


async def _progress(
    session: AsyncSession, goal: Goal, by_hand: dict[int, int], year: Year
) -> Progress:
    done = await store.happened(session, goal.measure, year) + by_hand.get(goal.key, 0)
    wanted = goal.wanted if goal.wanted is not None else await store.pillars(session, year)
    return Progress(goal, done, wanted, await store.ahead(session, goal.measure, year))

"""Tasks that somebody of a pillar has taken upon themselves, and when they are reminded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy, rights
from bot.domain.agenda import awaits
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.rights import Action
from bot.domain.working_days import last_working
from bot.domain.workshops.planning import short, standing_pillar
from storage import people, pillars
from storage.folding import words
from storage.groups import dates as asked
from storage.groups import tasks as store
from storage.groups.tasks import Task, TaskReminder
from storage.people import Person
from storage.pillars import Pillar

WHAT = 300  # characters
DAYS = (7, 2, 0)  # before a task is due
MORNING = time(9)
FURTHEST = timedelta(days=730)
MOST = 6  # people of similar names to choose from
AT_ONCE = 200  # reminders in one transaction


class DuePast(Refusal):
    """It would be overdue already."""


class DueTooFar(Refusal):
    """In more than two years."""


class NotInPillar(Refusal):
    """Tasks are for people of the pillar."""


class TaskOver(Refusal):
    """It is done, or nobody wants it any more."""


@dataclass(frozen=True, slots=True)
class Given:
    """An open task, with its owner and what the reader may do with it."""

    task: Task
    owner: Person
    may_end: bool


@dataclass(frozen=True, slots=True)
class List:
    """`pillar` is None for the reader's own tasks of all pillars."""

    pillar: Pillar | None
    tasks: Sequence[Given]
    may_run: bool


@dataclass(frozen=True, slots=True)
class Reminded:
    """`key` tells it from all other reminders; `owner` may be beyond reach."""

    task: Task
    pillar: Pillar
    owner: Person
    days: int

    @property
    def key(self) -> str:
        return f"gt{self.task.key}:{self.task.due_on:%y%m%d}:{self.days}"


async def may_give(session: AsyncSession, pillar_id: int, me: Person, now: datetime) -> None:
    """Raises `Gone` and `NotAllowed`."""
    await rights.require(session, me, Action.RUN_PILLAR, now, pillar_id=pillar_id)
    await standing_pillar(session, pillar_id, now)


async def candidates(
    session: AsyncSession, pillar_id: int, name: str, now: datetime
) -> Sequence[Person]:
    """People of the pillar in whose names every word typed begins a word."""
    typed = words(name)
    if not typed:
        return []
    found = [
        key
        for key, named in await asked.names(session, pillar_id, now)
        if all(any(word.startswith(each) for word in words(named)) for each in typed)
    ]
    matching = [await people.find(session, key) for key in found[:MOST]]
    return [person for person in matching if person is not None]


async def give(
    session: AsyncSession,
    pillar_id: int,
    me: Person,
    what: str,
    owner_id: int,
    due_on: date,
    zone: tzinfo,
    now: datetime,
    *,
    minutes_id: int | None = None,
) -> tuple[Task, Person]:
    """Raises what `may_give` does, `NotInPillar`, `DuePast`, `DueTooFar` and `BadLength`."""
    await may_give(session, pillar_id, me, now)
    owner = await people.find(session, owner_id)
    if owner is None or not await belongs(session, pillar_id, owner, me, now):
        raise NotInPillar
    check_due(due_on, now.astimezone(zone).date())
    task = Task(
        pillar_id=pillar_id,
        minutes_id=minutes_id,
        what=short(what, WHAT),
        person_id=owner.key,
        due_on=due_on,
        given_by=me.key,
        given_at=now,
    )
    session.add(task)
    await session.flush()
    session.add_all(reminders(task, zone, now))
    await session.flush()
    return task, owner


async def belongs(
    session: AsyncSession, pillar_id: int, owner: Person, me: Person, now: datetime
) -> bool:
    """Whether `me` may give them a task of the pillar."""
    return owner.key == me.key or await asked.is_asked(session, pillar_id, owner.key, now)


def check_due(due_on: date, today: date) -> None:
    """Raises `DuePast` and `DueTooFar`."""
    if due_on < today:
        raise DuePast
    if due_on > today + FURTHEST:
        raise DueTooFar


def reminders(task: Task, zone: tzinfo, now: datetime) -> list[TaskReminder]:
    """At 9:00 of working days, earlier rather than later; of two that fall together the later."""
    planned: dict[datetime, TaskReminder] = {}
    for days in DAYS:
        day = last_working(task.due_on - timedelta(days=days))
        due_at = datetime.combine(day, MORNING, zone)
        if due_at > now:
            planned[due_at] = TaskReminder(task_id=task.key, days=days, due_at=due_at)
    return list(planned.values())


async def of_pillar(session: AsyncSession, pillar_id: int, me: Person, now: datetime) -> List:
    """For its people. Raises `Gone` and `NotAllowed`."""
    pillar = await pillars.find(session, pillar_id)
    if pillar is None:
        raise Gone
    runs = await rights.may(session, me, Action.RUN_PILLAR, now, pillar_id=pillar_id)
    if not runs and not await asked.is_asked(session, pillar_id, me.key, now):
        raise NotAllowed
    found = await store.open_of_pillar(session, pillar_id)
    given = [Given(task, owner, runs or owner.key == me.key) for task, owner in found]
    return List(pillar, given, runs)


async def of_mine(session: AsyncSession, me: Person) -> List:
    found = await store.open_of_person(session, me.key)
    return List(None, [Given(task, me, may_end=True) for task in found], may_run=False)


async def look(session: AsyncSession, task_id: int, me: Person, now: datetime) -> Given:
    """Raises `Gone`, `NotAllowed` and `TaskOver`."""
    task = await store.find(session, task_id, lock=True)
    if task is None:
        raise Gone
    runs = await rights.may(session, me, Action.RUN_PILLAR, now, pillar_id=task.pillar_id)
    if not runs and task.person_id != me.key:
        raise NotAllowed
    if task.done_at is not None or task.dropped_at is not None:
        raise TaskOver
    owner = await people.find(session, task.person_id)
    assert owner is not None
    return Given(task, owner, may_end=True)


async def done(session: AsyncSession, task_id: int, me: Person, now: datetime) -> Given:
    """Raises what `look` does."""
    given = await look(session, task_id, me, now)
    given.task.done_at = now
    await session.flush()
    return given


async def drop(session: AsyncSession, task_id: int, me: Person, now: datetime) -> Given:
    """Nobody wants it any more, says whoever runs the pillar. Raises what `look` does."""
    given = await look(session, task_id, me, now)
    await rights.require(session, me, Action.RUN_PILLAR, now, pillar_id=given.task.pillar_id)
    given.task.dropped_at = now
    await session.flush()
    return given


async def remind(session: AsyncSession, now: datetime) -> list[Reminded]:
    """Each task once, by the last of its reminders that are due."""
    found: dict[int, Reminded] = {}
    for reminder, task in await store.due_reminders(session, now, AT_ONCE):
        reminder.told_at = now
        owner = await people.find(session, task.person_id)
        pillar = await pillars.find(session, task.pillar_id)
        assert owner is not None
        assert pillar is not None
        found[task.key] = Reminded(task, pillar, owner, reminder.days)
    return list(found.values())


@awaits
async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    return await store.next_due(session, now)


async def _give(session: AsyncSession, me: Person) -> Sequence[privacy.Record]:
    return [privacy.facts(each) for each in await store.of_person(session, me.key)]


async def _forget(session: AsyncSession, me: Person, now: datetime) -> None:
    """Whatever they had to do, they will not."""
    for task in await store.open_of_person(session, me.key):
        task.dropped_at = now


privacy.keep("tasks_of_pillars", Task, give=_give, forget=_forget)

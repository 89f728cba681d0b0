"""A task gets another day or another owner, and its reminders follow."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.groups.tasks import Given, NotInPillar, belongs, check_due, look, reminders
from bot.domain.refusals import Refusal
from bot.domain.rights import Action
from storage import people
from storage.groups import tasks as store
from storage.people import Person


class DayMoved(Refusal):
    """It has got another day since the proposal."""


@dataclass(frozen=True, slots=True)
class Moved:
    """From one day to another, or with `settled` False no more than proposed."""

    given: Given
    was: date
    due_on: date
    settled: bool


@dataclass(frozen=True, slots=True)
class Handed:
    """`before` had the task until now."""

    given: Given
    before: Person


async def led(session: AsyncSession, task_id: int, me: Person, now: datetime) -> Given:
    """For whoever runs the pillar. Raises `Gone`, `NotAllowed` and `TaskOver`."""
    given = await look(session, task_id, me, now)
    await rights.require(session, me, Action.RUN_PILLAR, now, pillar_id=given.task.pillar_id)
    return given


async def put_off(
    session: AsyncSession, task_id: int, me: Person, due_on: date, zone: tzinfo, now: datetime
) -> Given:
    """Or bring forward. Raises what `led` does, `DuePast` and `DueTooFar`."""
    given = await led(session, task_id, me, now)
    check_due(due_on, now.astimezone(zone).date())
    if given.task.due_on != due_on:
        given.task.due_on = due_on
        await store.drop_reminders(session, task_id)
        session.add_all(reminders(given.task, zone, now))
        await session.flush()
    return given


async def agree(
    session: AsyncSession,
    task_id: int,
    me: Person,
    was: date,
    due_on: date,
    zone: tzinfo,
    now: datetime,
) -> Given:
    """To what its owner has proposed when it was due on `was`. Twice is as good as once.

    Raises what `put_off` does, and `DayMoved`.
    """
    given = await led(session, task_id, me, now)
    if given.task.due_on not in (was, due_on):
        raise DayMoved
    return await put_off(session, task_id, me, due_on, zone, now)


async def other_day(
    session: AsyncSession, task_id: int, me: Person, due_on: date, zone: tzinfo, now: datetime
) -> Moved:
    """Whoever runs the pillar settles it; the owner proposes, and nothing changes by that.

    Raises what `look` does, `DuePast` and `DueTooFar`.
    """
    given = await look(session, task_id, me, now)
    check_due(due_on, now.astimezone(zone).date())
    was, pillar_id = given.task.due_on, given.task.pillar_id
    settled = await rights.may(session, me, Action.RUN_PILLAR, now, pillar_id=pillar_id)
    if settled:
        await put_off(session, task_id, me, due_on, zone, now)
    return Moved(given, was, due_on, settled)


async def hand_over(
    session: AsyncSession, task_id: int, me: Person, owner_id: int, now: datetime
) -> Handed:
    """What it reminds of from now on, it reminds its new owner of.

    Raises what `led` does, and `NotInPillar`.
    """
    given = await led(session, task_id, me, now)
    owner = await people.find(session, owner_id)
    if owner is None or not await belongs(session, given.task.pillar_id, owner, me, now):
        raise NotInPillar
    given.task.person_id = owner.key
    await session.flush()
    return Handed(Given(given.task, owner, may_end=True), given.owner)

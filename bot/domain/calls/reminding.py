"""Reminders of deadlines: rows for those who follow a call, each told once, at 9:00.

They fall on working days, earlier rather than later. Whoever's organisation has said what became
of its bid is reminded no more, nor is anybody of a call that is closed or called off.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.agenda import awaits
from bot.domain.calls import runs
from bot.domain.calls.alerting import LIVE
from storage.calls import deadlines
from storage.calls import following as rows
from storage.calls.alerts import CallReminder, Interest
from storage.calls.records import Deadline, GrantCall
from storage.people import Person

DAYS = (60, 30, 14, 7, 2)
AT_ONCE = 200  # people reminded, or interests planned, in one transaction


@dataclass(frozen=True, slots=True)
class Goal:
    """Something to be reminded of; `day` is that of its own zone."""

    at: datetime
    day: date
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Coming:
    """A deadline that is near: the call's own, maybe of several activities, or the cluster's."""

    call: GrantCall
    at: datetime
    deadlines: tuple[Deadline, ...]  # none where it is internal

    @property
    def internal(self) -> bool:
        return not self.deadlines


@dataclass(frozen=True, slots=True)
class Reminded:
    """One message for one person; `key` tells it from all others."""

    person: Person
    key: int
    coming: tuple[Coming, ...]


async def plan_due(session: AsyncSession, zone: tzinfo, now: datetime) -> None:
    """Where a call has changed, its followers' reminders are planned anew."""
    interests = await rows.unplanned(session, AT_ONCE)
    if interests:
        await plan(session, interests, zone, now)


async def plan(
    session: AsyncSession, interests: Sequence[Interest], zone: tzinfo, now: datetime
) -> None:
    """Make the coming reminders those of the calls and days as they are now."""
    call_ids = {each.call_id for each in interests}
    calls = await deadlines.calls(session, call_ids)
    sure = await deadlines.sure(session, call_ids)
    goals = {key: list(_goals(call, sure, zone)) for key, call in calls.items()}
    people = {each.person_id for each in interests}
    had: dict[tuple[int, int], list[CallReminder]] = {}
    for reminder in await rows.reminders(session, people, call_ids):
        had.setdefault((reminder.person_id, reminder.call_id), []).append(reminder)
    superfluous: list[int] = []
    for interest in interests:
        mine = had.get((interest.person_id, interest.call_id), [])
        wanted = _wanted(interest, goals[interest.call_id], mine, zone, now)
        for reminder in mine:
            due = wanted.pop((reminder.deadline_at, reminder.days), None)
            if reminder.told_at is None and due is None:
                superfluous.append(reminder.key)
            elif reminder.told_at is None and due is not None:
                reminder.due_at, reminder.internal = due.due_at, due.internal
        session.add_all(wanted.values())
        interest.planned_at = now
    await rows.drop_reminders(session, superfluous)
    await session.flush()


def _goals(call: GrantCall, sure: Sequence[Deadline], zone: tzinfo) -> Iterator[Goal]:
    if call.state not in LIVE:
        return
    if call.internal_at is not None:
        day = call.internal_at.astimezone(zone).date()
        yield Goal(call.internal_at, day, internal=True)
    for deadline in sure:
        if deadline.call_id == call.key:
            yield Goal(deadline.at, deadline.at.astimezone(ZoneInfo(deadline.zone)).date())


def _wanted(
    interest: Interest,
    goals: Sequence[Goal],
    had: Sequence[CallReminder],
    zone: tzinfo,
    now: datetime,
) -> dict[tuple[datetime, int], CallReminder]:
    """By deadline and days. What was told of a day stays told where only its hour changes."""
    told = {
        (each.deadline_at.astimezone(zone).date(), each.days, each.internal)
        for each in had
        if each.told_at is not None
    }
    wanted: dict[tuple[datetime, int], CallReminder] = {}
    for goal in goals:
        for days in interest.days:
            due = runs.reminder(goal.day, days, zone)
            local = goal.at.astimezone(zone).date()
            if now < due < goal.at and (local, days, goal.internal) not in told:
                wanted[goal.at, days] = CallReminder(
                    person_id=interest.person_id,
                    call_id=interest.call_id,
                    deadline_at=goal.at,
                    internal=goal.internal,
                    days=days,
                    due_at=due,
                )
    return wanted


@awaits
async def next_reminder(session: AsyncSession, now: datetime) -> datetime | None:
    return await rows.next_due(session, now)


async def remind(session: AsyncSession, zone: tzinfo, now: datetime) -> list[Reminded]:
    """The next lot of people to be reminded now; what was missed is said once, while it helps."""
    if not runs.is_daytime(now, zone):
        return []
    people = await rows.due_people(session, now, AT_ONCE)
    if not people:
        return []
    due = await rows.due_of(session, [person.key for person in people], now)
    for reminder in due:
        reminder.told_at = now
    call_ids = {reminder.call_id for reminder in due}
    coming = await _coming(session, call_ids, now)
    homes = {person.organisation_id for person in people} - {None}
    handed = await rows.handed(session, [each for each in homes if each], call_ids)
    told: list[Reminded] = []
    for person in people:
        mine = [
            each
            for each in due
            if each.person_id == person.key
            and (person.organisation_id, each.call_id) not in handed
        ]
        said = _said(mine, coming)
        if said and person.is_member:
            told.append(Reminded(person, min(each.key for each in mine), said))
    return told


async def _coming(
    session: AsyncSession, call_ids: set[int], now: datetime
) -> dict[tuple[int, datetime], Coming]:
    """What may still be told of these calls, by call and moment."""
    calls = await deadlines.calls(session, call_ids)
    live = {key: call for key, call in calls.items() if call.state in LIVE}
    found: dict[tuple[int, datetime], Coming] = {}
    for key, call in live.items():
        if call.internal_at is not None and call.internal_at > now:
            found[key, call.internal_at] = Coming(call, call.internal_at, ())
    for each in await deadlines.sure(session, live):
        if each.at > now:
            before = found.get((each.call_id, each.at))
            others = before.deadlines if before else ()
            found[each.call_id, each.at] = Coming(live[each.call_id], each.at, (*others, each))
    return found


def _said(
    reminders: Sequence[CallReminder], coming: Mapping[tuple[int, datetime], Coming]
) -> tuple[Coming, ...]:
    """Each deadline once, the nearest first."""
    keys = dict.fromkeys((each.call_id, each.deadline_at) for each in reminders)
    return tuple(coming[key] for key in sorted(keys, key=lambda key: key[1]) if key in coming)

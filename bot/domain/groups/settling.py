"""A poll for a date ends: at its deadline or sooner, and one of the dates becomes an event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.groups import dates, proposing
from bot.domain.groups.proposing import PastDate
from bot.domain.refusals import Gone
from bot.domain.workshops import planning, reminders
from storage.audit import record
from storage.groups import dates as store
from storage.groups.meetings import DateOption, DatePoll
from storage.people import Person
from storage.workshops import Audience, Kind, State, Workshop

ROOM = 50  # seats at least: a meeting has room for whoever comes


@dataclass(frozen=True, slots=True)
class Settled:
    """`was_open`: people could have voted still. `is_new`: it has become an event just now."""

    poll: DatePoll
    workshop_id: int
    was_open: bool
    is_new: bool


async def close(session: AsyncSession, me: Person, poll_id: int, now: datetime) -> DatePoll:
    """Sooner than at the deadline. Raises `Gone`, `NotAllowed` and `PollOver`."""
    poll = await dates.locked(session, poll_id)
    await proposing.require(session, me, poll.pillar_id, now)
    if poll.closed_at is not None:
        raise dates.PollOver
    _close(poll, now)
    return poll


async def closed_there(session: AsyncSession, known_as: str, now: datetime) -> DatePoll | None:
    """Telegram tells us that it is closed; None when we know."""
    poll = await store.known_as(session, known_as)
    if poll is None or poll.closed_at is not None:
        return None
    _close(poll, now)
    return poll


async def close_due(session: AsyncSession, now: datetime) -> Sequence[DatePoll]:
    over = await store.to_close(session, now)
    for poll in over:
        _close(poll, now)
    return over


async def remind_due(session: AsyncSession, now: datetime) -> Sequence[DatePoll]:
    """Those whose silent people are to be reminded now, once."""
    due = await store.to_remind(session, now)
    for poll in due:
        poll.remind_at = None
    return due


def _close(poll: DatePoll, now: datetime) -> None:
    poll.closed_at, poll.remind_at = now, None


async def option(
    session: AsyncSession, me: Person, poll_id: int, position: int, now: datetime
) -> tuple[DatePoll, DateOption]:
    """One that can become an event. Raises `Gone`, `NotAllowed` and `PastDate`."""
    poll = await dates.locked(session, poll_id)
    await proposing.require(session, me, poll.pillar_id, now)
    options = await store.options(session, poll_id)
    found = next((each for each in options if each.position == position), None)
    if found is None:
        raise Gone
    if found.starts_at <= now and poll.workshop_id is None:
        raise PastDate(found.starts_at)
    return poll, found


async def settle(
    session: AsyncSession, me: Person, poll_id: int, position: int, zone: tzinfo, now: datetime
) -> Settled:
    """The date becomes an event for the pillar. Twice is as good as once.

    Raises what `option` does.
    """
    poll, chosen = await option(session, me, poll_id, position, now)
    was_open = poll.closed_at is None
    if poll.workshop_id is not None:
        return Settled(poll, poll.workshop_id, was_open=False, is_new=False)
    workshop = Workshop(
        title=poll.title,
        place=poll.place,
        kind=Kind.OTHER,
        audience=Audience.PILLAR,
        pillar_id=poll.pillar_id,
        planned_by=me.key,
        created_at=now,
    )
    workshop.refold()
    session.add(workshop)
    await session.flush()
    seats = max(ROOM, await store.count_asked(session, poll.pillar_id, now))
    ends_at = chosen.starts_at + timedelta(minutes=poll.minutes)
    part = planning.PartPlan(chosen.starts_at, ends_at, seats)
    planning.add(session, workshop.key, part, now)
    workshop.state = State.PUBLISHED
    await session.flush()
    event = await planning.locked(session, workshop.key)
    await reminders.replan(session, event, zone, now)
    poll.workshop_id = workshop.key
    if was_open:
        _close(poll, now)
    await record(session, me.key, "call_meeting", f"workshop:{workshop.key}", now, poll=poll_id)
    return Settled(poll, workshop.key, was_open, is_new=True)

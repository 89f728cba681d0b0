"""Dates for a meeting are proposed, by whoever runs the pillar, and put to the vote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from itertools import pairwise

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.groups.dates import locked
from bot.domain.refusals import Refusal
from bot.domain.rights import Action
from bot.domain.working_days import last_working
from bot.domain.workshops.planning import PLACE, TITLE, short, standing_pillar
from storage.audit import record
from storage.groups import dates as store
from storage.groups import places
from storage.groups.chats import GroupChat, Health
from storage.groups.meetings import DateOption, DatePoll
from storage.people import Person

FEWEST, MOST = 2, 12  # dates; more options Telegram does not take
LONGEST = timedelta(days=30)  # that a poll stays open, Telegram's
SHORTEST = timedelta(hours=1)
MORNING = time(9)
DAY = timedelta(days=1)
FRESH = timedelta(hours=4)  # whoever was asked since then needs no reminder


class OneDate(Refusal):
    """There is nothing to choose from."""


class TooManyDates(Refusal):
    """More than `MOST`."""


@dataclass(eq=False)
class SameDate(Refusal):
    at: datetime


@dataclass(eq=False)
class PastDate(Refusal):
    at: datetime


class BadDeadline(Refusal):
    """Sooner than `SHORTEST` or later than `LONGEST` from now."""


@dataclass(eq=False)
class DeadlineAfterDate(Refusal):
    """Somebody would still vote when the first of the dates, `at`, has come."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    title: str
    place: str  # may be empty
    minutes: int
    starts: Sequence[datetime]
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Order:
    """A poll that is to be sent into a group."""

    poll: DatePoll
    options: Sequence[DateOption]
    group: GroupChat


def checked(starts: Sequence[datetime], now: datetime) -> list[datetime]:
    """In the order of time. Raises `OneDate`, `TooManyDates`, `SameDate` and `PastDate`."""
    ordered = sorted(starts)
    for before, after in pairwise(ordered):
        if before == after:
            raise SameDate(after)
    if ordered and ordered[0] <= now:
        raise PastDate(ordered[0])
    if len(ordered) < FEWEST:
        raise OneDate
    if len(ordered) > MOST:
        raise TooManyDates
    return ordered


def check_deadline(closes_at: datetime, first: datetime, now: datetime) -> None:
    """Raises `BadDeadline` and `DeadlineAfterDate`."""
    if not now + SHORTEST <= closes_at <= now + LONGEST:
        raise BadDeadline
    if closes_at >= first:
        raise DeadlineAfterDate(first)


def reminder(closes_at: datetime, now: datetime, zone: tzinfo) -> datetime | None:
    """9:00 of the last working day before the deadline, or of its own day; None where whoever
    was asked at `now` remembers, or nobody would have time left."""
    day = closes_at.astimezone(zone).date()
    for each in (last_working(day - DAY), day):
        at = datetime.combine(each, MORNING, zone)
        if now + FRESH <= at <= closes_at - SHORTEST:
            return at
    return None


async def require(session: AsyncSession, me: Person, pillar_id: int, now: datetime) -> None:
    """Raises `Gone` and `NotAllowed`: meetings are called by whoever runs the pillar."""
    await rights.require(session, me, Action.RUN_PILLAR, now, pillar_id=pillar_id)
    await standing_pillar(session, pillar_id, now)


async def begin(
    session: AsyncSession, me: Person, pillar_id: int, plan: Plan, zone: tzinfo, now: datetime
) -> DatePoll:
    """Raises what `require`, `checked` and `check_deadline` do, and `BadLength`."""
    await require(session, me, pillar_id, now)
    starts = checked(plan.starts, now)
    check_deadline(plan.closes_at, starts[0], now)
    group = await places.of_pillar(session, pillar_id)
    poll = DatePoll(
        pillar_id=pillar_id,
        group_id=group.key if group and group.health != Health.LOST else None,
        title=short(plan.title, TITLE),
        place=short(plan.place, PLACE) if plan.place else "",
        minutes=plan.minutes,
        begun_by=me.key,
        begun_at=now,
        closes_at=plan.closes_at,
        remind_at=reminder(plan.closes_at, now, zone),
    )
    session.add(poll)
    await session.flush()
    options = [
        DateOption(poll_id=poll.key, position=n, starts_at=at) for n, at in enumerate(starts)
    ]
    session.add_all(options)
    await session.flush()
    await record(session, me.key, "find_date", f"pillar:{pillar_id}", now, poll=poll.key)
    return poll


async def to_send(session: AsyncSession, poll_id: int) -> Order | None:
    """None when it has been sent, or need not be any more."""
    poll = await store.find(session, poll_id)
    if poll is None or poll.poll_id is not None or poll.closed_at is not None:
        return None
    group = await places.find(session, poll.group_id) if poll.group_id else None
    if group is None:
        return None
    return Order(poll, await store.options(session, poll_id), group)


async def sent(session: AsyncSession, poll_id: int, known_as: str, message_id: int) -> None:
    poll = await locked(session, poll_id)
    poll.poll_id, poll.message_id = known_as, message_id


async def may_send_again(session: AsyncSession, me: Person, poll_id: int, now: datetime) -> bool:
    """Whether it makes sense to: nobody knows of one in the group, and people can vote still.

    Raises `Gone` and `NotAllowed`.
    """
    poll = await locked(session, poll_id)
    await require(session, me, poll.pillar_id, now)
    return await to_send(session, poll_id) is not None


async def ask_in_private(session: AsyncSession, poll_id: int) -> DatePoll:
    """The group does not take the poll."""
    poll = await locked(session, poll_id)
    poll.group_id = None
    return poll

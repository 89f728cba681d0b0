"""A date for a meeting of a pillar: proposed by its guarantor, voted on until a deadline.

The votes come from a poll in the pillar's group; where it has none, everybody is asked in private.
A vote may be changed or taken back for as long as the poll is open, here as well as there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy, rights
from bot.domain.agenda import awaits
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.rights import Action
from bot.domain.working_days import last_working
from bot.domain.workshops.planning import PLACE, TITLE, short, standing_pillar
from storage import pillars
from storage.audit import record
from storage.groups import dates as store
from storage.groups import places
from storage.groups.chats import GroupChat, Health
from storage.groups.meetings import DateOption, DatePoll, DateVote
from storage.people import Person
from storage.pillars import Pillar

FEWEST, MOST = 2, 12  # dates; more options Telegram does not take
LONGEST = timedelta(days=30)  # that a poll stays open, Telegram's
SHORTEST = timedelta(hours=1)
KEPT = timedelta(days=90)  # who voted for what, after the poll
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


class PollOver(Refusal):
    """Nobody can vote any more."""


@dataclass(frozen=True, slots=True)
class Plan:
    title: str
    place: str  # may be empty
    minutes: int
    starts: Sequence[datetime]
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    option: DateOption
    people: int
    organisations: int
    mine: bool


@dataclass(frozen=True, slots=True)
class Result:
    """How a poll stands, as one person may see it."""

    poll: DatePoll
    pillar: Pillar
    choices: Sequence[Choice]
    voted: int
    silent: int
    voted_myself: bool
    may_run: bool

    @property
    def is_open(self) -> bool:
        return self.poll.closed_at is None

    @property
    def best(self) -> int:
        """What the most people have chosen."""
        return max((choice.people for choice in self.choices), default=0)


@dataclass(frozen=True, slots=True)
class Order:
    """A poll that is to be sent into a group."""

    poll: DatePoll
    options: Sequence[DateOption]
    group: GroupChat


def checked(starts: Sequence[datetime], now: datetime) -> list[datetime]:
    """In the order of time. Raises `OneDate`, `TooManyDates`, `SameDate` and `PastDate`."""
    ordered = sorted(starts)
    for before, after in zip(ordered, ordered[1:], strict=False):
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


async def ask_in_private(session: AsyncSession, poll_id: int) -> DatePoll:
    """The group does not take the poll."""
    poll = await locked(session, poll_id)
    poll.group_id = None
    return poll


async def vote(
    session: AsyncSession, known_as: str, telegram_id: int, chosen: Sequence[int], now: datetime
) -> None:
    """As it was done in the group; choosing nothing takes a vote back."""
    poll = await store.known_as(session, known_as)
    if poll is None or poll.workshop_id is not None:
        return
    count = len(await store.options(session, poll.key))
    valid = sorted({each for each in chosen if 0 <= each < count})
    row = await store.vote(session, poll.key, telegram_id)
    if valid:
        _put(session, row, poll.key, telegram_id, valid, now)
    elif row is not None:
        await session.delete(row)
    await session.flush()


async def choose(
    session: AsyncSession, me: Person, poll_id: int, position: int | None, now: datetime
) -> None:
    """Take a date or leave it; None: no date suits me. Raises `Gone`, `NotAllowed`, `PollOver`."""
    poll = await locked(session, poll_id)
    await _require_sight(session, me, poll, now)
    if poll.closed_at is not None or poll.closes_at <= now:
        raise PollOver
    assert me.telegram_id is not None
    options = await store.options(session, poll_id)
    if position is not None and position not in range(len(options)):
        raise Gone
    row = await store.vote(session, poll_id, me.telegram_id)
    before = set(row.chosen) if row else set()
    chosen = set[int]() if position is None else before ^ {position}
    if position is not None and not chosen and row is not None:
        await session.delete(row)
    else:
        _put(session, row, poll_id, me.telegram_id, sorted(chosen), now)
    await session.flush()


def _put(
    session: AsyncSession,
    row: DateVote | None,
    poll_id: int,
    telegram_id: int,
    chosen: list[int],
    now: datetime,
) -> None:
    if row is None:
        row = DateVote(poll_id=poll_id, telegram_id=telegram_id, voted_at=now)
        session.add(row)
    row.chosen, row.voted_at = chosen, now


async def result(session: AsyncSession, me: Person, poll_id: int, now: datetime) -> Result:
    """Raises `Gone` and `NotAllowed`."""
    poll = await store.find(session, poll_id)
    if poll is None:
        raise Gone
    may_run = await _require_sight(session, me, poll, now)
    return await result_for(session, me, poll, now, may_run=may_run)


async def result_for(
    session: AsyncSession, me: Person, poll: DatePoll, now: datetime, *, may_run: bool
) -> Result:
    pillar = await pillars.find(session, poll.pillar_id)
    assert pillar is not None
    mine = await store.vote(session, poll.key, me.telegram_id) if me.telegram_id else None
    votes = await store.votes(session, poll.key)
    choices = []
    for option in await store.options(session, poll.key):
        homes = [home for chosen, home in votes if option.position in chosen]
        chosen_by_me = mine is not None and option.position in mine.chosen
        known = {home for home in homes if home is not None}
        choices.append(Choice(option, len(homes), len(known), chosen_by_me))
    silent = await store.count_silent(session, poll, now)
    return Result(poll, pillar, choices, len(votes), silent, mine is not None, may_run)


async def locked(session: AsyncSession, poll_id: int) -> DatePoll:
    """Raises `Gone`."""
    poll = await store.find(session, poll_id, lock=True)
    if poll is None:
        raise Gone
    return poll


async def _require_sight(session: AsyncSession, me: Person, poll: DatePoll, now: datetime) -> bool:
    """Whether they run the pillar, too. Raises `NotAllowed`."""
    runs = await rights.may(session, me, Action.RUN_PILLAR, now, pillar_id=poll.pillar_id)
    if not runs and not await store.is_asked(session, poll.pillar_id, me.key, now):
        raise NotAllowed
    return runs


@awaits
async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    return await store.next_due(session, now)


async def prune(session: AsyncSession, now: datetime) -> None:
    await store.prune(session, now - KEPT)


async def _give(session: AsyncSession, me: Person) -> Sequence[privacy.Record]:
    if me.telegram_id is None:
        return []
    rows = await store.of_voter(session, me.telegram_id)
    return [{"meeting": title, "chosen": chosen, "at": at} for title, chosen, at in rows]


async def _forget(session: AsyncSession, me: Person, _now: datetime) -> None:
    if me.telegram_id is not None:
        await store.forget(session, me.telegram_id)


privacy.keep("votes_for_dates", DateVote, give=_give, forget=_forget)

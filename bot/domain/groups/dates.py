"""A date for a meeting of a pillar is voted on until a deadline.

The votes come from a poll in the pillar's group; where it has none, everybody is asked in private.
A vote may be changed or taken back for as long as the poll is open, here as well as there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy, rights
from bot.domain.agenda import awaits
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.rights import Action
from storage import pillars
from storage.groups import dates as store
from storage.groups.meetings import DateOption, DatePoll, DateVote
from storage.people import Person
from storage.pillars import Pillar

NAMES = 20  # on a page
DOUBT = timedelta(minutes=2)  # after which a poll should have arrived in its group
KEPT = timedelta(days=90)  # who voted for what, after the poll


class PollOver(Refusal):
    """Nobody can vote any more."""


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
class Silent:
    """A page of those who have not voted, with the short names of their organisations."""

    poll: DatePoll
    people: Sequence[tuple[Person, str | None]]
    count: int
    page: int  # from 0
    pages: int


async def vote(
    session: AsyncSession, known_as: str, telegram_id: int, chosen: Sequence[int], now: datetime
) -> None:
    """As it was done in the group; choosing nothing takes a vote back."""
    poll = await store.known_as(session, known_as) or await _recognised(session, known_as, now)
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


async def _recognised(session: AsyncSession, known_as: str, now: datetime) -> DatePoll | None:
    """Of a poll whose sending ended in doubt, the first vote tells us Telegram's id."""
    nameless = await store.nameless(session, now - DOUBT)
    if len(nameless) != 1:
        return None
    nameless[0].poll_id = known_as
    return nameless[0]


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


async def silent(
    session: AsyncSession, me: Person, poll_id: int, page: int, now: datetime
) -> Silent:
    """For whoever runs the pillar. Raises `Gone` and `NotAllowed`."""
    poll = await store.find(session, poll_id)
    if poll is None:
        raise Gone
    await rights.require(session, me, Action.RUN_PILLAR, now, pillar_id=poll.pillar_id)
    count = await store.count_silent(session, poll, now)
    pages = max(1, -(-count // NAMES))
    page = min(max(page, 0), pages - 1)
    people = await store.silent_at_home(session, poll, now, skip=page * NAMES, limit=NAMES)
    return Silent(poll, people, count, page, pages)


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

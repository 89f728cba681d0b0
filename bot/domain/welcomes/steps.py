"""The series and their steps: who begins, whose turn it is, what has been done already."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.agenda import awaits
from bot.domain.attention import next_moment
from bot.domain.refusals import Gone
from storage import people
from storage.people import Person
from storage.welcomes import Ending, Series, Welcome, deeds, newcomers
from storage.welcomes import keeping as store

DAYS = (0, 2, 7, 30)  # after the beginning
NEW = timedelta(days=3)  # so long somebody is new; who came before the series did is left in peace
QUIET = timedelta(days=120)
MOST = 200  # people in one go
Done = Callable[[AsyncSession, int], Awaitable[bool]]

# What each step invites to, with how to tell that it has been done: of the person, of the
# organisation or pillar that it is about; None where there is nothing to be done.
STEPS: Mapping[Series, tuple[Done | None, ...]] = {
    Series.PERSON: (
        deeds.joined_pillar,
        deeds.chose_calls,
        deeds.signed_up,
        None,
    ),
    Series.ORGANISATION: (
        deeds.has_colleagues,
        deeds.declared_pillar,
        deeds.offers_instrument,
        deeds.has_profile,
    ),
    Series.OWNER: (None, deeds.published_window, None, None),
    Series.LEAD: (None, deeds.linked_group, deeds.met, deeds.has_topic),
    Series.QUIET: (None, deeds.chose_calls, deeds.joined_pillar, None),
}
ABOUT_PEOPLE = (Series.PERSON, Series.QUIET)


@dataclass(frozen=True)
class Step:
    """`about` is the id of the organisation or pillar, 0 where it is about the person alone."""

    welcome: Welcome
    person: Person
    number: int
    about: int


def steps_of(series: Series) -> int:
    return len(STEPS[series])


async def begin(session: AsyncSession, zone: tzinfo, now: datetime) -> None:
    """Everybody who is new to something, once."""
    since, year = now - NEW, now.astimezone(zone).year
    for series, found in (
        (Series.PERSON, await newcomers.people(session, since, MOST)),
        (Series.ORGANISATION, await newcomers.contacts(session, since, MOST)),
        (Series.OWNER, await newcomers.owners(session, since, MOST)),
        (Series.LEAD, await newcomers.leads(session, since, MOST)),
        (Series.QUIET, await newcomers.quiet(session, now - QUIET, year, MOST)),
    ):
        await store.begin(session, series, found, now)


async def due(session: AsyncSession, zone: tzinfo, now: datetime) -> Sequence[Step]:
    """Whose turn it is, moved on to the next step. What has been done already is passed over;
    who has nothing left to do, or has gone, is in no series any more. Nobody's turn is at night
    or on a holiday: two steps would come together on the morning after it."""
    if next_moment(now, zone) > now:
        return []
    found = []
    for welcome, person in await store.due(session, now, MOST):
        if not person.is_member or not person.reachable:
            store.end(welcome, Ending.LEFT, now)
            continue
        number = await _next(session, welcome, now)
        if number is None:
            store.end(welcome, Ending.ACTED, now)
            continue
        found.append(Step(welcome, person, number, _about(welcome)))
        _move_on(welcome, number, now)
    return found


@awaits
async def next_step(session: AsyncSession, now: datetime) -> datetime | None:
    return await store.next_due(session, now)


async def decline(session: AsyncSession, welcome_id: int, who: Person, now: datetime) -> None:
    """Raises `Gone` when it is not theirs."""
    welcome = await store.find(session, welcome_id)
    if welcome is None or welcome.person_id != who.key:
        raise Gone
    if welcome.ended_at is None:
        store.end(welcome, Ending.DECLINED, now)


async def _next(session: AsyncSession, welcome: Welcome, now: datetime) -> int | None:
    """The number of the first step from here on that is still of use."""
    if welcome.series == Series.QUIET and await _is_heard_of(session, welcome):
        return None
    steps = STEPS[welcome.series]
    for number in range(welcome.step, len(steps)):
        done = steps[number]
        if done is None or not await done(session, _whose(welcome)):
            return number
    return None


async def _is_heard_of(session: AsyncSession, welcome: Welcome) -> bool:
    person = await people.find(session, welcome.person_id)
    where = person.organisation_id if person else None
    return where is not None and await newcomers.is_heard_of(session, where, welcome.began_at)


def _move_on(welcome: Welcome, number: int, now: datetime) -> None:
    """Steps keep their distance, even where one came late."""
    welcome.step = number + 1
    if welcome.step >= len(STEPS[welcome.series]):
        store.end(welcome, Ending.THROUGH, now)
        return
    pause = timedelta(days=DAYS[welcome.step] - DAYS[number])
    welcome.next_at = max(welcome.began_at + timedelta(days=DAYS[welcome.step]), now + pause)


def _whose(welcome: Welcome) -> int:
    return welcome.person_id if welcome.series in ABOUT_PEOPLE else _about(welcome)


def _about(welcome: Welcome) -> int:
    """`o12`, `o12:2027`, `p3`, or nothing."""
    number = welcome.occasion[1:].partition(":")[0]
    return int(number) if number.isdecimal() else 0

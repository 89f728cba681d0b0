"""Monday's digest: what did not come at once, in one message, each thing once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.agenda import awaits_there
from bot.domain.announcements import responses
from bot.domain.attention.hours import (
    digest_in_week_of,
    last_digest,
    next_digest,
    next_moment,
)
from bot.domain.attention.wishes import quiet_of
from bot.domain.refusals import Gone
from storage import announcements, settings
from storage.announcements import Announcement, Content
from storage.people import Person
from storage.pushes import Push, Way, waiting

AT_ONCE = 200  # people in one transaction
OUT = "digest"  # the setting that says which one is out for everybody


@dataclass(frozen=True, slots=True)
class Line:
    """`says` is what an announcement says in its reader's language; empty for anything else."""

    push: Push
    says: Sequence[Content] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """One message; `at` is the Monday that it belongs to, `leaves` when its reader is awake."""

    person: Person
    at: datetime
    leaves: datetime
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Lot:
    """Digests of some people; `dropped` is how many lines were over before they could come."""

    digests: Sequence[Digest]
    dropped: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """Announcements that are still worth opening, with all that they say."""

    announcements: Mapping[int, Announcement]
    contents: Mapping[int, Sequence[Content]]

    def to(self, push: Push, language: str) -> Sequence[Content]:
        """In order; empty for one that was taken back, and for what is no announcement."""
        made = self.announcements.get(push.announcement_id or 0)
        if made is None or made.stopped_at is not None or made.recalled_at is not None:
            return ()
        said = self.contents[made.key]
        own = [each for each in said if each.language == language]
        return own or [each for each in said if not each.language]


async def is_due(session: AsyncSession, zone: tzinfo, now: datetime) -> bool:
    """One that is late, after a fault, comes in working hours all the same."""
    if next_moment(now, zone) > now:
        return False
    return await settings.find(session, OUT) != last_digest(now, zone).isoformat()


async def assemble(session: AsyncSession, zone: tzinfo, now: datetime) -> Lot:
    """For the next lot of people; what has been in one is in no other."""
    at = last_digest(now, zone)
    readers = await waiting.waiting(session, at, AT_ONCE)
    if not readers:
        await settings.put(session, OUT, at.isoformat())
    keys = [person.key for person in readers]
    manners = await waiting.manners(session, keys)
    pushes = await waiting.lines(session, keys, at)
    spoken = await _spoken(session, pushes)
    digests = []
    for person in readers:
        theirs = [push for push in pushes if push.person_id == person.key]
        leaves = next_moment(now, zone, quiet_of(manners.get(person.key)))
        kept = [Line(push, spoken.to(push, person.language)) for push in _once(theirs)]
        kept = [line for line in kept if _holds(line, person, leaves)]
        if kept:
            digests.append(Digest(person, at, leaves, kept))
    shown = {line.push.line for digest in digests for line in digest.lines}
    over = {push.line for push in pushes} - shown
    await waiting.settle(session, at, {Way.DIGEST: shown, Way.LATE: over})
    return Lot(digests, len(over))


@awaits_there
async def next_one(session: AsyncSession, zone: tzinfo, now: datetime) -> datetime | None:
    return next_digest(now, zone) if await waiting.are_there(session) else None


async def last(session: AsyncSession, me: Person, zone: tzinfo, now: datetime) -> Digest:
    """The latest that I have had. Raises `Gone`."""
    at = await waiting.last_of(session, me.key)
    if at is None:
        raise Gone
    return await of_week(session, at.astimezone(zone).date(), me, zone, now)


async def of_week(
    session: AsyncSession, day: date, me: Person, zone: tzinfo, now: datetime
) -> Digest:
    """The one that I have had in the week of that day. Raises `Gone`."""
    at = digest_in_week_of(day, zone)
    pushes = await waiting.of_digest(session, me.key, at)
    if not pushes:
        raise Gone
    spoken = await _spoken(session, pushes)
    shown = [Line(push, spoken.to(push, me.language)) for push in pushes]
    return Digest(me, at, now, [each for each in shown if each.says or _opens(each.push)])


async def open_line(session: AsyncSession, push_id: int, me: Person, now: datetime) -> Line:
    """What one of my lines leads to; of an announcement it is noted that I did. Raises `Gone`."""
    push = await waiting.line(session, push_id)
    if push is None or push.person_id != me.key:
        raise Gone
    line = Line(push, (await _spoken(session, [push])).to(push, me.language))
    if not line.says and not _opens(push):
        raise Gone
    if push.announcement_id is not None:
        await responses.tapped(session, push.announcement_id, me, now)
    return line


def _once(pushes: Sequence[Push]) -> Collection[Push]:
    """Of those that lead to the same thing, the last."""
    return {push.opens or push.key: push for push in pushes}.values()


def _holds(line: Line, person: Person, leaves: datetime) -> bool:
    if not person.reachable or person.telegram_id is None:
        return False
    expires = line.push.expires_at
    return bool(line.says or _opens(line.push)) and (expires is None or expires > leaves)


def _opens(push: Push) -> bool:
    return bool(push.opens)


async def _spoken(session: AsyncSession, pushes: Sequence[Push]) -> Spoken:
    keys = sorted({each.announcement_id for each in pushes if each.announcement_id is not None})
    found = {each.key: each for each in await announcements.several(session, keys)}
    return Spoken(found, await announcements.contents_of(session, keys))

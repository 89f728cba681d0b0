"""What members would like to speak of at a meeting of their pillar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy, rights
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.rights import Action
from bot.domain.workshops.card import Cancelled, visible
from bot.domain.workshops.planning import short
from storage import people, pillars
from storage.groups import minutes as store
from storage.groups.meetings import AgendaPoint, Minutes
from storage.people import Person
from storage.pillars import Pillar
from storage.workshops import Audience, Event, State

WORDS = 300  # characters
EACH = 5  # points that one person may put


class NoMeeting(Refusal):
    """The event is no meeting of a pillar."""


class MeetingBegun(Refusal):
    """The agenda is what it is now."""


@dataclass(eq=False)
class EnoughPoints(Refusal):
    """The person has put `limit` already."""

    limit: int


@dataclass(frozen=True, slots=True)
class Meeting:
    event: Event
    pillar: Pillar
    points: Sequence[tuple[AgendaPoint, Person]]
    minutes: Minutes | None
    may_run: bool
    now: datetime

    @property
    def has_begun(self) -> bool:
        return self.event.starts_at <= self.now

    @property
    def takes_points(self) -> bool:
        return not self.has_begun and self.event.state != State.CANCELLED


async def meeting(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Meeting:
    """Raises `Gone`, `NotForYou` and `NoMeeting`; a cancelled one can be looked at."""
    event = await visible(session, workshop_id, me, now)
    if event.audience != Audience.PILLAR or event.pillar_id is None:
        raise NoMeeting
    pillar = await pillars.find(session, event.pillar_id)
    if pillar is None:
        raise Gone
    may_run = await rights.may(session, me, Action.RUN_PILLAR, now, pillar_id=pillar.key)
    points = await store.points(session, workshop_id)
    minutes = await store.of_meeting(session, workshop_id)
    return Meeting(event, pillar, points, minutes, may_run, now)


async def may_put(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Meeting:
    """Raises what `meeting` does, `Cancelled`, `MeetingBegun` and `EnoughPoints`."""
    found = await meeting(session, workshop_id, me, now)
    if found.event.state == State.CANCELLED:
        raise Cancelled
    if found.has_begun:
        raise MeetingBegun
    if sum(who.key == me.key for _, who in found.points) >= EACH:
        raise EnoughPoints(EACH)
    return found


async def put(
    session: AsyncSession, workshop_id: int, words: str, me: Person, now: datetime
) -> None:
    """The same words twice are one point. Raises what `may_put` does, and `BadLength`."""
    await people.lock(session, me.key)
    found = await may_put(session, workshop_id, me, now)
    text = short(words, WORDS)
    if any(point.text == text for point, _ in found.points):
        return
    session.add(AgendaPoint(workshop_id=workshop_id, person_id=me.key, text=text, put_at=now))
    await session.flush()


async def drop(session: AsyncSession, point_id: int, me: Person, now: datetime) -> int:
    """One's own, or anybody's for whoever runs the pillar; the id of its event.

    Raises `Gone`, `NotAllowed` and `MeetingBegun`.
    """
    point = await store.point(session, point_id)
    if point is None:
        raise Gone
    found = await meeting(session, point.workshop_id, me, now)
    if point.person_id != me.key and not found.may_run:
        raise NotAllowed
    if found.has_begun:
        raise MeetingBegun
    point.dropped_at = point.dropped_at or now
    await session.flush()
    return point.workshop_id


async def _give(session: AsyncSession, me: Person) -> Sequence[privacy.Record]:
    return [privacy.facts(each) for each in await store.points_of(session, me.key)]


async def _forget(session: AsyncSession, me: Person, now: datetime) -> None:
    await store.empty_points(session, me.key, now)


privacy.keep("agenda_points", AgendaPoint, give=_give, forget=_forget)

"""An event comes to be: planned as a draft, then published, or thrown away."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from bot.domain.workshops import reminders
from bot.domain.workshops.card import Cancelled
from storage import pillars
from storage.audit import record
from storage.people import Person
from storage.workshops import Audience, Event, Kind, Part, PartKind, State, Workshop, twins
from storage.workshops import events as store

TITLE = PLACE = 120  # characters
ABOUT = 1000
PART_NAME = 40
CAPACITY = 100_000
PARTS = 8
HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")  # Unicode categories


class BadTimes(Refusal):
    """It would end before it starts."""


class InPast(Refusal):
    """It would have begun already."""


@dataclass(eq=False)
class BadLength(Refusal):
    """A text is empty or longer than `limit` characters."""

    limit: int


class BadCapacity(Refusal):
    """Fewer than one seat, or more than `CAPACITY`."""


class TooManyParts(Refusal):
    """There would be more than `PARTS` of them."""


class AlreadyPublished(Refusal):
    """Others have seen it: it can only be cancelled."""


@dataclass(frozen=True, slots=True)
class PartPlan:
    starts_at: datetime
    ends_at: datetime
    capacity: int
    name: str = ""
    usual: bool = True
    kind: PartKind = PartKind.DAY
    place: str = ""
    link: str = ""


async def plan(
    session: AsyncSession,
    me: Person,
    now: datetime,
    *,
    title: str,
    place: str,
    parts: Sequence[PartPlan],
    kind: Kind = Kind.WORKSHOP,
    audience: Audience = Audience.PUBLIC,
    pillar_id: int | None = None,
) -> int:
    """A draft that only the team sees; its id."""
    await rights.require(session, me, Action.PLAN_EVENT, now)
    workshop = Workshop(
        title=short(title, TITLE),
        place=short(place, PLACE),
        kind=kind,
        audience=audience,
        planned_by=me.key,
        created_at=now,
    )
    if audience == Audience.PILLAR:
        workshop.pillar_id = await standing_pillar(session, pillar_id, now)
    workshop.refold()
    session.add(workshop)
    await session.flush()
    for part in parts:
        add(session, workshop.key, part, now)
    await session.flush()
    await record(session, me.key, "plan", f"workshop:{workshop.key}", now, title=workshop.title)
    return workshop.key


async def standing_pillar(session: AsyncSession, pillar_id: int | None, now: datetime) -> int:
    """Raises `Gone` for one that is not in force."""
    standing = await pillars.standing(session, now)
    if pillar_id is None or pillar_id not in {pillar.key for pillar in standing}:
        raise Gone
    return pillar_id


async def publish(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime, zone: tzinfo
) -> Event:
    """From now on everybody whom it is for sees it. Twice is as good as once."""
    await rights.require(session, me, Action.PUBLISH_EVENT, now)
    event = await locked(session, workshop_id)
    if event.state == State.CANCELLED:
        raise Cancelled
    if event.state == State.PUBLISHED:
        return event
    if event.starts_at <= now:
        raise InPast
    workshop = await store.row(session, workshop_id)
    assert workshop is not None
    workshop.state = State.PUBLISHED
    await session.flush()
    event = await locked(session, workshop_id)
    await reminders.replan(session, event, zone, now)
    await record(session, me.key, "publish", f"workshop:{workshop_id}", now)
    return event


async def discard(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> None:
    """Throw a draft away. Raises `AlreadyPublished` when people may have seen it."""
    await rights.require(session, me, Action.PLAN_EVENT, now)
    event = await locked(session, workshop_id)
    if event.state != State.DRAFT:
        raise AlreadyPublished
    await twins.clear(session, workshop_id)
    await store.remove(session, workshop_id)
    await record(session, me.key, "discard", f"workshop:{workshop_id}", now, title=event.title)


def add(session: AsyncSession, workshop_id: int, part: PartPlan, now: datetime) -> None:
    """Raises `BadTimes`, `InPast`, `BadCapacity` and `BadLength`."""
    check_times(part.starts_at, part.ends_at, now)
    session.add(
        Part(
            workshop_id=workshop_id,
            name=short(part.name, PART_NAME) if part.name else "",
            starts_at=part.starts_at,
            ends_at=part.ends_at,
            capacity=checked_capacity(part.capacity),
            usual=part.usual,
            kind=part.kind,
            place=short(part.place, PLACE) if part.place else "",
            link=part.link,
        )
    )


def check_times(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if ends_at <= starts_at:
        raise BadTimes
    if starts_at <= now:
        raise InPast


def checked_capacity(capacity: int) -> int:
    if not 1 <= capacity <= CAPACITY:
        raise BadCapacity
    return capacity


def short(text: str, limit: int) -> str:
    """In one line, without signs that turn or hide letters. Raises `BadLength`."""
    return _fitting(" ".join(_legible(text).split()), limit)


def long(text: str, limit: int) -> str:
    """The same for a text with lines."""
    return _fitting("\n".join(_legible(line) for line in text.strip().splitlines()), limit)


def _fitting(text: str, limit: int) -> str:
    if not 1 <= len(text) <= limit:
        raise BadLength(limit)
    return text


def _legible(line: str) -> str:
    spaced = unicodedata.normalize("NFC", line).replace("\t", " ").replace("\n", " ")
    return "".join(sign for sign in spaced if unicodedata.category(sign) not in HIDDEN).strip()


async def locked(session: AsyncSession, workshop_id: int) -> Event:
    event = await store.find(session, workshop_id, lock=True)
    if event is None:
        raise Gone
    return event

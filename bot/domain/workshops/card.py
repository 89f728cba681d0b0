"""An event as one person sees it: when and where it is, what is free, what is theirs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from bot.domain.workshops import leading, rules
from bot.domain.workshops.audience import require_sight
from storage import pillars
from storage.people import Person
from storage.pillars import Pillar
from storage.workshops import Audience, Event, Slot, State, lines, seats
from storage.workshops import events as store
from storage.workshops.seats import Place, Standing


class Cancelled(Refusal):
    """The event will not take place."""


@dataclass(frozen=True, slots=True)
class PartCard:
    """A part with its numbers, and what the reader has in it.

    `limit` is how many seats an organisation may have for now, None where nothing limits it;
    `ours` is how many that of the reader has, None for whoever belongs to none.
    """

    slot: Slot
    sitting: int
    waiting: int
    seated: bool = False
    number_in_line: int | None = None  # from 1
    confirmed: bool = False
    limit: int | None = None
    ours: int | None = None
    in_rush: bool = False  # a free seat goes to whoever of those who wait taps first

    @property
    def taken(self) -> int:
        return self.sitting + self.waiting

    @property
    def left(self) -> int:
        return max(0, self.slot.capacity - self.sitting)

    @property
    def has_place(self) -> bool:
        return self.seated or self.number_in_line is not None

    @property
    def at_limit(self) -> bool:
        """Their organisation has as many seats as it may have for now."""
        return self.limit is not None and self.ours is not None and self.ours >= self.limit

    @property
    def has_seat_for_me(self) -> bool:
        """Whoever signs up now need not wait."""
        return self.left > 0 and not self.at_limit and not (self.in_rush and self.waiting)

    @property
    def up_for_grabs(self) -> bool:
        """The reader waits, and a tap would give them a seat."""
        return self.in_rush and self.left > 0 and self.number_in_line is not None


@dataclass(frozen=True, slots=True)
class Card:
    event: Event
    parts: tuple[PartCard, ...]
    now: datetime
    is_member: bool = False  # who looks at it
    pillar: Pillar | None = None  # whose members the event is for

    @property
    def mine(self) -> tuple[PartCard, ...]:
        return tuple(part for part in self.parts if part.has_place)

    @property
    def open_parts(self) -> tuple[PartCard, ...]:
        """Those that have not begun, where the event is on."""
        if self.event.state != State.PUBLISHED:
            return ()
        return tuple(part for part in self.parts if part.slot.starts_at > self.now)

    @property
    def takes_people(self) -> bool:
        """Somebody could sign up now."""
        return bool(self.open_parts) and rules.is_open(self.event, self.now)

    @property
    def is_over(self) -> bool:
        return self.event.ends_at <= self.now

    def after_taking(self, places: Mapping[int, Place]) -> "Card":
        """The same card once the person has these places, by the ids of the parts."""
        parts = tuple(_with_place(part, places.get(part.slot.id)) for part in self.parts)
        return replace(self, parts=parts)


@dataclass(frozen=True, slots=True)
class Led:
    """An event as those see it who lead it; a guarantor does so without being of the team."""

    card: Card
    is_team: bool
    may_publish: bool
    may_change: bool


def _with_place(part: PartCard, place: Place | None) -> PartCard:
    if place is None:
        return part
    if place.seated_at is None:
        return replace(part, waiting=part.waiting + 1, number_in_line=part.waiting + 1)
    ours = None if part.ours is None else part.ours + 1
    return replace(part, sitting=part.sitting + 1, seated=True, ours=ours)


async def look(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Card:
    """Raises `Gone`, `MembersOnly` and `NotForYou`; a cancelled event can be looked at."""
    event = await visible(session, workshop_id, me, now)
    return await card_of(session, event, me, now)


async def lead(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Led:
    """Raises what `look` does, and `NotAllowed`."""
    event = await store.find(session, workshop_id)
    if event is None:
        raise Gone
    await leading.require_sight(session, event, me, now)
    card = await look(session, workshop_id, me, now)
    may_change = await leading.may_change(session, event, me, now)
    return Led(
        card,
        is_team=await rights.may(session, me, Action.PLAN_EVENT, now),
        may_publish=await rights.may(session, me, Action.PUBLISH_EVENT, now),
        may_change=may_change,
    )


async def visible(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime, *, lock: bool = False
) -> Event:
    """Raises `Gone`, `MembersOnly` and `NotForYou`."""
    event = await store.find(session, workshop_id, lock=lock)
    if event is None:
        raise Gone
    if event.state == State.DRAFT and not await rights.may(session, me, Action.PLAN_EVENT, now):
        raise Gone
    await require_sight(session, event, me, now)
    return event


async def card_of(session: AsyncSession, event: Event, me: Person, now: datetime) -> Card:
    standings = await seats.standing(session, event.id, me.key)
    ours: Mapping[int, int] = {}
    if event.organisation_limit is not None and me.organisation_id is not None:
        ours = await seats.of_organisation(session, event.id, me.organisation_id)
    parts = [
        await _part_card(
            session,
            _of_part(event, slot, me, ours.get(slot.id, 0), now),
            standings.get(slot.id, seats.NOBODY),
        )
        for slot in event.parts
    ]
    pillar = None
    if event.audience == Audience.PILLAR and event.pillar_id is not None:
        pillar = await pillars.find(session, event.pillar_id)
    return Card(event, tuple(parts), now, me.is_member, pillar)


def _of_part(event: Event, slot: Slot, me: Person, ours: int, now: datetime) -> PartCard:
    limit, rush = rules.limit_of(event, slot, now), rules.is_rush(slot, now)
    counted = limit is not None and me.organisation_id is not None
    return PartCard(slot, 0, 0, limit=limit, ours=ours if counted else None, in_rush=rush)


async def _part_card(session: AsyncSession, part: PartCard, standing: Standing) -> PartCard:
    part = replace(part, sitting=standing.sitting, waiting=standing.waiting)
    if standing.mine is None:
        return part
    if standing.seated_at is not None:
        return replace(part, seated=True, confirmed=standing.confirmed_at is not None)
    number = await lines.number(session, part.slot.id, standing.mine, part.limit)
    return replace(part, number_in_line=number)

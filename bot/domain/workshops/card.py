"""An event as one person sees it: when and where it is, what is free, what is theirs."""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage.people import Person
from storage.workshops import Audience, Event, Slot, State, seats
from storage.workshops import events as store


class Cancelled(Refusal):
    """The event will not take place."""


@dataclass(frozen=True, slots=True)
class PartCard:
    slot: Slot
    taken: int
    place: int | None  # the person's own in the queue, from 1

    @property
    def left(self) -> int:
        return max(0, self.slot.capacity - self.taken)

    @property
    def waiting(self) -> int:
        return max(0, self.taken - self.slot.capacity)

    @property
    def seated(self) -> bool:
        return self.place is not None and self.place <= self.slot.capacity

    @property
    def number_in_line(self) -> int | None:
        """From 1, among those who wait; None for whoever does not."""
        if self.place is None or self.seated:
            return None
        return self.place - self.slot.capacity


@dataclass(frozen=True, slots=True)
class Card:
    event: Event
    parts: tuple[PartCard, ...]
    now: datetime

    @property
    def mine(self) -> tuple[PartCard, ...]:
        return tuple(part for part in self.parts if part.place is not None)

    @property
    def open_parts(self) -> tuple[PartCard, ...]:
        """Those that have not begun, where the event is on."""
        if self.event.state != State.PUBLISHED:
            return ()
        return tuple(part for part in self.parts if part.slot.starts_at > self.now)

    def after_taking(self, parts: Set[int]) -> "Card":
        """The same card once the person is the last in the queues of `parts` (ids)."""
        taken = (
            replace(part, taken=part.taken + 1, place=part.taken + 1)
            if part.slot.id in parts
            else part
            for part in self.parts
        )
        return replace(self, parts=tuple(taken))

    @property
    def is_over(self) -> bool:
        return self.event.ends_at <= self.now


async def look(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Card:
    """Raises `Gone` and `MembersOnly`; a cancelled event can be looked at."""
    event = await visible(session, workshop_id, me, now)
    return await card_of(session, event, me, now)


async def lead(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime
) -> tuple[Card, bool]:
    """For the team: the card, and whether the person may publish, change and cancel it."""
    await rights.require(session, me, Action.PLAN_EVENT, now)
    card = await look(session, workshop_id, me, now)
    return card, await rights.may(session, me, Action.PUBLISH_EVENT, now)


async def visible(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime, *, lock: bool = False
) -> Event:
    """Raises `Gone` and `MembersOnly`."""
    event = await store.find(session, workshop_id, lock=lock)
    if event is None:
        raise Gone
    if event.state == State.DRAFT and not await rights.may(session, me, Action.PLAN_EVENT, now):
        raise Gone
    await rights.require(session, me, _seeing(event), now)
    return event


async def card_of(session: AsyncSession, event: Event, me: Person, now: datetime) -> Card:
    standings = await seats.standing(session, event.id, me.key)
    parts = [
        await _part_card(session, slot, standings.get(slot.id, seats.NOBODY))
        for slot in event.parts
    ]
    return Card(event, tuple(parts), now)


async def _part_card(session: AsyncSession, slot: Slot, standing: seats.Standing) -> PartCard:
    place = None
    if standing.mine is not None:
        place = await seats.place(session, slot.id, standing.mine)
    return PartCard(slot, standing.taken, place)


def _seeing(event: Event) -> Action:
    return Action.SEE_PUBLIC if event.audience == Audience.PUBLIC else Action.SEE_MEMBERS

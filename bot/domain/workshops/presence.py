"""Who was there: whoever was checked in to a part; where nobody was at all, whoever had a seat."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.refusals import Gone, Refusal
from bot.domain.workshops.card import Cancelled
from storage.people import Person
from storage.workshops import Event, Slot, State, check_ins
from storage.workshops import events as store
from storage.workshops import presence as rows


class WasNotThere(Refusal):
    """We know of no part of the event at which the person was."""


class NotOverYet(Refusal):
    """Nothing of it at which the person was is over."""


@dataclass(frozen=True, slots=True)
class Presence:
    """The parts that have begun and at which somebody was, in the order of time.

    `checked_in` is whether we know it from the door, and not from their seat alone.
    """

    event: Event
    slots: tuple[Slot, ...]
    checked_in: bool

    def over(self, now: datetime) -> tuple[Slot, ...]:
        """Raises `WasNotThere` and `NotOverYet`."""
        if not self.slots:
            raise NotOverYet if self.event.ends_at > now else WasNotThere
        ended = tuple(slot for slot in self.slots if slot.ends_at <= now)
        if not ended:
            raise NotOverYet
        return ended


async def presence(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Presence:
    """Raises `Gone` and `Cancelled`."""
    event = await store.find(session, workshop_id)
    if event is None or event.state == State.DRAFT:
        raise Gone
    if event.state == State.CANCELLED:
        raise Cancelled
    mine = await check_ins.presences(session, workshop_id, me.key)
    came = tuple(slot for slot in event.parts if mine[slot.id].came_at is not None)
    if came or await rows.anybody_came(session, workshop_id):
        return Presence(event, came, bool(came))
    begun = (slot for slot in event.parts if slot.starts_at <= now)
    sat = tuple(slot for slot in begun if mine[slot.id].seated_at is not None)
    return Presence(event, sat, False)

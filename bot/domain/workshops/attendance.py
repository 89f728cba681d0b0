"""Who is coming: for those who lead the event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.refusals import Gone
from bot.domain.workshops import leading
from storage.audit import record
from storage.people import Person
from storage.workshops import Event, Slot, seats
from storage.workshops import events as store
from storage.workshops.seats import Attendee

EVERYBODY = 1_000_000


@dataclass(frozen=True, slots=True)
class Roster:
    """Some of those with a place in a part: those who sit, then those who wait, each in their
    order; and how many there are."""

    event: Event
    slot: Slot
    attendees: Sequence[Attendee]
    sitting: int
    waiting: int

    @property
    def taken(self) -> int:
        return self.sitting + self.waiting


async def roster(
    session: AsyncSession,
    workshop_id: int,
    part_id: int | None,
    me: Person,
    now: datetime,
    *,
    start: int = 0,
    size: int = EVERYBODY,
) -> Roster:
    """Without `part_id` of the first part. Raises `Gone` and `NotAllowed`."""
    event = await _led(session, workshop_id, me, now)
    slot = next((part for part in event.parts if part_id in (None, part.id)), None)
    if slot is None:
        raise Gone
    sitting, waiting = await seats.counts(session, slot.id)
    attendees = await seats.attendees(session, slot.id, start, start + size)
    return Roster(event, slot, attendees, sitting, waiting)


async def take_out(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> None:
    """Note that the list leaves the house. Raises `Gone` and `NotAllowed`."""
    await _led(session, workshop_id, me, now)
    await record(session, me.key, "export_attendees", f"workshop:{workshop_id}", now)


async def _led(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Event:
    event = await store.find(session, workshop_id)
    if event is None:
        raise Gone
    await leading.require_sight(session, event, me, now)
    return event

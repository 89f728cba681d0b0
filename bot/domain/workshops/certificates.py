"""Certificates of attendance, for those who were checked in at the door."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.workshops.presence import Presence, WasNotThere, presence
from storage import organisations
from storage.people import Person
from storage.workshops import Event, Slot


@dataclass(frozen=True, slots=True)
class Certificate:
    event: Event
    slots: tuple[Slot, ...]  # that the person attended
    person: Person
    organisation: str
    number: str

    @property
    def length(self) -> timedelta:
        return sum((slot.ends_at - slot.starts_at for slot in self.slots), timedelta())


async def check(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Presence:
    """Raises `Gone`, `Cancelled`, `WasNotThere` and `NotOverYet`."""
    there = await presence(session, workshop_id, me, now)
    there.over(now)
    if not there.checked_in:
        raise WasNotThere
    return there


async def issue(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Certificate:
    """Raises what `check` raises."""
    there = await check(session, workshop_id, me, now)
    where = me.organisation_id
    home = await organisations.find(session, where) if where else None
    event = there.event
    return Certificate(
        event, there.over(now), me, home.name if home else "", number(event, me.key)
    )


def number(event: Event, person_id: int) -> str:
    """The same for ever: the year of the event, the event, the person."""
    return f"{event.starts_at.year}/{event.id}-{person_id}"

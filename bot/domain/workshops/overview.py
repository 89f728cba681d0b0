"""An event in numbers: seats, the line, who said that they come, what they answered, who came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from bot.domain.workshops import forecast
from bot.domain.workshops.forecast import Expected, History
from storage.people import Person
from storage.workshops import Event, Slot, counts
from storage.workshops import events as store
from storage.workshops.counts import AnswerCount, PartCount

NOBODY = PartCount(part_id=0, seated=0, waiting=0, confirmed=0)


@dataclass(frozen=True, slots=True)
class PartOverview:
    slot: Slot
    seated: int
    waiting: int
    confirmed: int
    came: int
    expected: Expected | None  # of those who sit, before the part begins


@dataclass(frozen=True, slots=True)
class Overview:
    event: Event
    parts: tuple[PartOverview, ...]
    people: int  # who sit in any part
    confirmed: int  # of these
    answers: Sequence[AnswerCount]
    organisations: Sequence[tuple[str, int]]  # people who sit, the most first; "" has none

    @property
    def silent(self) -> int:
        return self.people - self.confirmed


async def look_over(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime
) -> Overview:
    """Raises `Gone` and `NotAllowed`."""
    await rights.require(session, me, Action.SEE_ATTENDEES, now)
    overview = await of_event(session, workshop_id, now)
    if overview is None:
        raise Gone
    return overview


async def of_event(session: AsyncSession, workshop_id: int, now: datetime) -> Overview | None:
    event = await store.find(session, workshop_id)
    if event is None:
        return None
    ids = [slot.id for slot in event.parts]
    taken, came = await counts.by_part(session, ids), await counts.came(session, ids)
    past = await forecast.history(session, now)
    parts = [
        _part(slot, taken.get(slot.id, NOBODY), came.get(slot.id, 0), past, now)
        for slot in event.parts
    ]
    people, confirmed = await counts.people(session, ids)
    return Overview(
        event,
        tuple(parts),
        people,
        confirmed,
        await counts.answers(session, workshop_id),
        await counts.by_organisation(session, ids),
    )


def _part(slot: Slot, taken: PartCount, came: int, past: History, now: datetime) -> PartOverview:
    silent = taken.seated - taken.confirmed
    ahead = slot.starts_at > now
    expected = forecast.expect(past, taken.confirmed, silent) if ahead else None
    return PartOverview(slot, taken.seated, taken.waiting, taken.confirmed, came, expected)


async def arrivals(session: AsyncSession, event: Event) -> Sequence[datetime]:
    """When each of those with a place signed up, the earliest first."""
    return await counts.arrivals(session, [slot.id for slot in event.parts])

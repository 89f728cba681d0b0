"""When an instrument is out of service, and whom that concerns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.instruments import windows
from bot.domain.instruments.caring import lock
from bot.domain.instruments.similar import similar
from bot.domain.refusals import Refusal
from storage import audit
from storage.instruments import Instrument, Outage
from storage.instruments import caring as store
from storage.instruments.windows import Booking, Window
from storage.people import Person

WHY = 200  # characters


class EndsInPast(Refusal):
    """It would be over already."""


@dataclass(frozen=True)
class Concerned:
    """Somebody who has booked it for that time or waits for an answer, and what they could have
    instead. `window` is None for those with an enquiry."""

    person: Person
    window: Window | None
    instead: Sequence[Instrument]


@dataclass(frozen=True)
class Announced:
    instrument: Instrument
    outage: Outage
    concerned: Sequence[Concerned]


async def announce(
    session: AsyncSession,
    instrument_id: int,
    until: datetime | None,
    why: str,
    me: Person,
    now: datetime,
) -> Announced:
    """From now on; `until` None: nobody knows. It takes the place of an earlier one.
    Raises `EndsInPast`."""
    instrument = await lock(session, instrument_id, me, now)
    if until is not None and until <= now:
        raise EndsInPast
    await store.end_outages(session, instrument_id, now)
    outage = Outage(instrument_id=instrument_id, since=now, until=until, why=why[:WHY])
    await store.add_outage(session, outage)
    told = until.isoformat() if until else ""
    subject = f"instrument:{instrument_id}"
    await audit.record(session, me.key, "instrument.out_of_service", subject, now, until=told)
    return Announced(instrument, outage, await _concerned(session, instrument, outage, now))


async def end(session: AsyncSession, instrument_id: int, me: Person, now: datetime) -> None:
    """It works again."""
    await lock(session, instrument_id, me, now)
    if await store.end_outages(session, instrument_id, now):
        subject = f"instrument:{instrument_id}"
        await audit.record(session, me.key, "instrument.in_service", subject, now)


async def _concerned(
    session: AsyncSession, instrument: Instrument, outage: Outage, now: datetime
) -> list[Concerned]:
    found = await windows.affected(session, instrument.key, outage.since, outage.until)
    people: dict[int, tuple[Person, Window | None]] = {}
    for _, _, person in found.enquiries:
        people[person.key] = (person, None)
    bookings: Sequence[tuple[Booking, Window, Person]] = found.bookings
    for _, window, person in bookings:
        people[person.key] = (person, window)
    return [
        Concerned(person, window, await similar(session, instrument, person, now))
        for person, window in people.values()
    ]

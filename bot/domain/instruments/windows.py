"""Windows in which an owner lets others use an instrument: published, shown, withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.instruments import enquiries
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.rights import Action
from storage import organisations, people
from storage.instruments import Booking, Condition, Demand, Enquiry, Instrument, Window
from storage.instruments import enquiries as asked
from storage.instruments import windows as store
from storage.organisations import Organisation
from storage.people import Person

AHEAD = timedelta(days=28)
SHORTEST, LONGEST = timedelta(minutes=30), timedelta(hours=24)
OFFERED = 12  # free windows that are shown


class WindowPast(Refusal):
    """It would begin before now."""


class WindowTooFar(Refusal):
    """More than four weeks ahead."""


class BadWindow(Refusal):
    """Not from half an hour to a day, or not at quarters of an hour."""


class WindowsOverlap(Refusal):
    def __init__(self, starts_at: datetime) -> None:
        self.starts_at = starts_at


class OutOfService(Refusal):
    """The instrument does not work at that time."""

    def __init__(self, starts_at: datetime) -> None:
        self.starts_at = starts_at


class WindowBegun(Refusal):
    """It has begun already."""


@dataclass(frozen=True)
class Slot:
    """A window as somebody may see it; who has it is for the owner and for themselves."""

    window: Window
    instrument: Instrument
    booking: Booking | None = None
    booker: Person | None = None
    booker_from: Organisation | None = None
    mine: bool = False  # I have booked it
    keeps: bool = False  # I speak for the owner


@dataclass(frozen=True)
class Affected:
    """Who plans to use an instrument at some time, and who asks for it."""

    bookings: Sequence[tuple[Booking, Window, Person]]
    enquiries: Sequence[tuple[Enquiry, Demand, Person]]


async def of_instrument(
    session: AsyncSession, instrument_id: int, me: Person, now: datetime
) -> tuple[Instrument, list[Slot], bool]:
    """The windows to come: all of them for the owner; those that are free, and my own, for
    others; and whether I speak for the owner. Raises `Gone`, `MembersOnly`.
    """
    await rights.require(session, me, Action.SEE_MEMBERS, now)
    instrument = await store.instrument(session, instrument_id)
    keeps = instrument is not None and await enquiries.keeps(session, instrument, me, now)
    if instrument is None or (instrument.condition == Condition.HIDDEN and not keeps):
        raise Gone
    slots = [
        await _slot(session, instrument, window, booking, me, keeps=keeps)
        for window, booking in await store.coming(session, instrument_id, now)
    ]
    if keeps:
        return instrument, slots, True
    free = [slot for slot in slots if slot.booking is None or slot.mine]
    return instrument, free[:OFFERED], False


async def look(session: AsyncSession, window_id: int, me: Person, now: datetime) -> Slot:
    """Raises `Gone`, `MembersOnly`."""
    await rights.require(session, me, Action.SEE_MEMBERS, now)
    window = await store.find(session, window_id)
    if window is None or window.withdrawn_at is not None:
        raise Gone
    return await slot_of(session, window, me, now)


async def slot_of(session: AsyncSession, window: Window, me: Person, now: datetime) -> Slot:
    instrument = await store.instrument(session, window.instrument_id)
    assert instrument is not None
    keeps = await enquiries.keeps(session, instrument, me, now)
    booking = await store.booking_of(session, window.key)
    return await _slot(session, instrument, window, booking, me, keeps=keeps)


async def _slot(
    session: AsyncSession,
    instrument: Instrument,
    window: Window,
    booking: Booking | None,
    me: Person,
    *,
    keeps: bool,
) -> Slot:
    mine = booking is not None and booking.person_id == me.key
    booker = home = None
    if booking is not None and (keeps or mine):
        booker = await people.find(session, booking.person_id)
        where = booking.organisation_id
        home = await organisations.find(session, where) if where else None
    return Slot(window, instrument, booking, booker, home, mine, keeps)


async def publish(
    session: AsyncSession,
    instrument_id: int,
    spans: Sequence[tuple[datetime, datetime]],
    me: Person,
    now: datetime,
) -> list[Window]:
    """All of them or none. Raises `Gone`, `NotAllowed`, `WindowPast`, `WindowTooFar`,
    `BadWindow`, `WindowsOverlap`, `OutOfService`.
    """
    await kept(session, instrument_id, me, now)
    made = []
    for starts_at, ends_at in spans:
        check(starts_at, ends_at, now)
        for other in await store.overlapping(session, instrument_id, starts_at, ends_at):
            raise WindowsOverlap(other.starts_at)
        if await store.outage(session, instrument_id, starts_at, ends_at) is not None:
            raise OutOfService(starts_at)
        window = Window(
            instrument_id=instrument_id, starts_at=starts_at, ends_at=ends_at, person_id=me.key
        )
        await store.add(session, window)
        made.append(window)
    return made


def check(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raises `WindowPast`, `WindowTooFar`, `BadWindow`."""
    if starts_at <= now:
        raise WindowPast
    if starts_at > now + AHEAD:
        raise WindowTooFar
    odd = any(
        moment.timestamp() % store.QUARTER.total_seconds() for moment in (starts_at, ends_at)
    )
    if odd or not SHORTEST <= ends_at - starts_at <= LONGEST:
        raise BadWindow


async def withdraw(
    session: AsyncSession, window_id: int, me: Person, now: datetime
) -> tuple[Slot, Booking | None]:
    """Returns whose booking ends with it. Raises `Gone`, `NotAllowed`, `WindowBegun`."""
    window = await store.find(session, window_id)
    if window is None:
        raise Gone
    await kept(session, window.instrument_id, me, now)
    window = await store.find(session, window_id)
    if window is None or window.withdrawn_at is not None:
        raise Gone
    if window.starts_at <= now:
        raise WindowBegun
    slot = await slot_of(session, window, me, now)
    if slot.booking is not None:
        cancel(slot.booking, now)
    await store.withdraw(session, window, now)
    return slot, slot.booking


def cancel(booking: Booking, now: datetime) -> None:
    booking.cancelled_at, booking.remind_at = now, None
    booking.sequence += 1


async def affected(
    session: AsyncSession, instrument_id: int, since: datetime, until: datetime | None
) -> Affected:
    """Whom it concerns when an instrument is out of service; `until` None: for ever."""
    bookings = []
    for window in await store.overlapping(session, instrument_id, since, until):
        booking = await store.booking_of(session, window.key)
        person = await people.find(session, booking.person_id) if booking else None
        if booking is not None and person is not None:
            bookings.append((booking, window, person))
    waiting = []
    for enquiry in await asked.running_for(session, instrument_id):
        demand = await asked.demand(session, enquiry.demand_id)
        person = await people.find(session, demand.person_id) if demand else None
        if demand is not None and person is not None:
            waiting.append((enquiry, demand, person))
    return Affected(bookings, waiting)


async def kept(session: AsyncSession, instrument_id: int, me: Person, now: datetime) -> Instrument:
    """The instrument, locked: windows change one after another. Raises `Gone`, `NotAllowed`."""
    instrument = await store.lock_instrument(session, instrument_id)
    if instrument is None:
        raise Gone
    if not await enquiries.keeps(session, instrument, me, now):
        raise NotAllowed
    return instrument

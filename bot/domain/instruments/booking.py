"""Booking a window, giving it back, and being reminded of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.agenda import awaits
from bot.domain.instruments import enquiries
from bot.domain.instruments.enquiries import OwnInstrument
from bot.domain.instruments.windows import OutOfService, Slot, WindowBegun, cancel, slot_of
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.rights import Action
from storage import people
from storage.instruments import Booking, Condition, Window
from storage.instruments import windows as store
from storage.people import Person

AT_MOST = 2  # coming bookings of an organisation on one instrument
AFTERNOON, DAY, HOUR = time(16), timedelta(days=1), timedelta(hours=1)
AT_ONCE = 50


class WindowTaken(Refusal):
    """Somebody else was faster."""


class BookedEnough(Refusal):
    """Their organisation has as many as it may."""


@dataclass(frozen=True)
class Booked:
    """`owners` are those who speak for the instrument; `fresh`: it was not theirs before."""

    slot: Slot
    owners: Sequence[Person]
    fresh: bool = True


@dataclass(frozen=True)
class Reminded:
    slot: Slot
    booker: Person
    owners: Sequence[Person]
    tomorrow: bool


async def take(
    session: AsyncSession, window_id: int, me: Person, zone: tzinfo, now: datetime
) -> Booked:
    """Pressing twice is as good as pressing once.

    Raises `MembersOnly`, `Gone`, `WindowBegun`, `WindowTaken`, `BookedEnough`, `OutOfService`,
    `OwnInstrument`.
    """
    await rights.require(session, me, Action.ASK_OWNER, now)
    window = await _locked(session, window_id)
    slot = await slot_of(session, window, me, now)
    if slot.mine:
        return Booked(slot, await _owners(session, slot, now), fresh=False)
    await _check(session, slot, me, now)
    booking = Booking(
        window_id=window_id,
        person_id=me.key,
        organisation_id=me.organisation_id,
        booked_at=now,
        remind_at=_next_reminder(window, zone, now),
    )
    session.add(booking)
    await session.flush()
    slot = await slot_of(session, window, me, now)
    return Booked(slot, await _owners(session, slot, now))


async def _check(session: AsyncSession, slot: Slot, me: Person, now: datetime) -> None:
    window, instrument = slot.window, slot.instrument
    if window.withdrawn_at is not None or instrument.condition == Condition.HIDDEN:
        raise Gone
    if window.starts_at <= now:
        raise WindowBegun
    if slot.booking is not None:
        raise WindowTaken
    own = instrument.organisation_id
    if own is not None and own == me.organisation_id:
        raise OwnInstrument
    if await store.outage(session, instrument.key, window.starts_at, window.ends_at):
        raise OutOfService(window.starts_at)
    booked = await store.count_booked(
        session, instrument.key, now, organisation_id=me.organisation_id, person_id=me.key
    )
    if booked >= AT_MOST:
        raise BookedEnough


async def give_back(session: AsyncSession, booking_id: int, me: Person, now: datetime) -> Booked:
    """The window is free again. Raises `Gone`, `NotAllowed`, `WindowBegun`."""
    booking = await store.booking(session, booking_id)
    if booking is None:
        raise Gone
    if booking.person_id != me.key:
        raise NotAllowed
    window = await _locked(session, booking.window_id)
    booking = await store.booking(session, booking_id)
    if booking is None or booking.cancelled_at is not None:
        raise Gone
    if window.starts_at <= now:
        raise WindowBegun
    slot = await slot_of(session, window, me, now)
    cancel(booking, now)
    await session.flush()
    return Booked(slot, await _owners(session, slot, now))


async def mine(session: AsyncSession, me: Person, now: datetime) -> list[Slot]:
    """The windows that they have booked and that are not over."""
    found = await store.bookings_of(session, me.key, now)
    return [await slot_of(session, window, me, now) for _, window in found]


@awaits
async def next_reminder(session: AsyncSession, now: datetime) -> datetime | None:
    return await store.next_due(session, now)


async def remind(session: AsyncSession, zone: tzinfo, now: datetime) -> list[Reminded]:
    """The afternoon before to both sides, and an hour before to who has booked."""
    told = []
    for booking in await store.due(session, now, AT_ONCE):
        window = await store.find(session, booking.window_id)
        booker = await people.find(session, booking.person_id)
        assert window is not None
        assert booker is not None
        tomorrow = now < window.starts_at - HOUR
        booking.remind_at = _next_reminder(window, zone, now)
        if window.starts_at > now and window.withdrawn_at is None:
            slot = await slot_of(session, window, booker, now)
            owners = await _owners(session, slot, now) if tomorrow else []
            told.append(Reminded(slot, booker, owners, tomorrow))
    return told


def _next_reminder(window: Window, zone: tzinfo, now: datetime) -> datetime | None:
    day = window.starts_at.astimezone(zone).date() - DAY
    moments = (
        datetime.combine(day, AFTERNOON, zone).astimezone(UTC),
        window.starts_at - HOUR,
    )
    return next((moment for moment in moments if moment > now), None)


async def _owners(session: AsyncSession, slot: Slot, now: datetime) -> list[Person]:
    """Who published it comes first, if they still speak for the owner."""
    instrument, who = slot.instrument, slot.window.person_id
    publisher = await people.find(session, who)
    found = await enquiries.owners_people(session, instrument.organisation_id, instrument, now)
    if (
        publisher is not None
        and enquiries.can_be_told(publisher)
        and await enquiries.keeps(session, instrument, publisher, now)
    ):
        found.insert(0, publisher)
    return list({person.key: person for person in found}.values())


async def _locked(session: AsyncSession, window_id: int) -> Window:
    """With its instrument locked, so that what is read now holds until the end."""
    window = await store.find(session, window_id)
    if window is None:
        raise Gone
    await store.lock_instrument(session, window.instrument_id)
    window = await store.find(session, window_id)
    if window is None:
        raise Gone
    return window

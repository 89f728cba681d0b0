"""A booked window as both sides are told of it, and as a file for their calendars."""

from bot.domain.instruments import booking as bookings
from bot.domain.instruments.windows import Slot
from bot.kit.buttons import Rows
from bot.kit.calendars import Appointment, calendar_file
from bot.kit.context import Context, Desk
from bot.kit.screens import Screen, lines
from bot.kit.texts import Texts
from handlers.equipment.enquiry import identity
from handlers.equipment.enquiry_ways import OpenWindow
from handlers.equipment.listing import name_in
from handlers.equipment.ways import ListWindows
from handlers.links import home
from storage.instruments import Booking
from storage.people import Person


def span(t: Texts, slot: Slot) -> str:
    return t.span(slot.window.starts_at, slot.window.ends_at)


async def booked(ctx: Context, told: bookings.Booked) -> None:
    """The owner's people learn who comes; everybody gets the file."""
    slot = told.slot
    if slot.booking is None:
        return
    await to_calendar(ctx, ctx.me, slot, slot.booking)
    for person in told.owners:
        t = ctx.texts_of(person)
        text = lines(
            t("📅 Booked: <b>{name}</b>", name=name_in(t, slot.instrument)),
            t("🕘 {when}", when=span(t, slot)),
            _comes(t, slot),
        )
        ctx.tell(person, Screen(text, _ways(t, slot)))
        await to_calendar(ctx, person, slot, slot.booking, quietly=True)


async def given_back(ctx: Context, told: bookings.Booked) -> None:
    slot = told.slot
    if slot.booking is None:
        return
    await to_calendar(ctx, ctx.me, slot, slot.booking)
    for person in told.owners:
        t = ctx.texts_of(person)
        text = lines(
            t("❌ Cancelled: <b>{name}</b>", name=name_in(t, slot.instrument)),
            t("🕘 {when}", when=span(t, slot)),
            _comes(t, slot),
            t("The window is free again."),
        )
        ctx.tell(person, Screen(text, _ways(t, slot)))
        await to_calendar(ctx, person, slot, slot.booking, quietly=True)


async def called_off_by_owner(desk: Desk, slot: Slot, booking: Booking, by: Person) -> None:
    """To who had booked it; the file takes it out of both calendars."""
    await to_calendar(desk, by, slot, booking, quietly=True)
    booker = slot.booker
    if booker is None:
        return
    t = desk.texts_of(booker)
    text = lines(
        t("😔 The owner had to cancel: <b>{name}</b>", name=name_in(t, slot.instrument)),
        t("🕘 {when}", when=span(t, slot)),
        t("Would another window suit you?"),
    )
    other = ListWindows(slot.instrument.key).labelled(t.label("📅 Free windows"))
    desk.tell(booker, Screen(text, ((other,), (home(t),))))
    await to_calendar(desk, booker, slot, booking, quietly=True)


def reminder(t: Texts, told: bookings.Reminded, *, to_owner: bool) -> Screen:
    slot = told.slot
    name, when = name_in(t, slot.instrument), slot.window.starts_at
    head = (
        t("⏰ Tomorrow: <b>{title}</b>", title=name)
        if told.tomorrow
        else t("⏰ Today at {time}: <b>{title}</b>", time=t.time(when), title=name)
    )
    place = slot.instrument.site
    text = lines(
        head,
        t("🕘 {when}", when=span(t, slot)),
        t("📍 {place}", place=place) if place and not to_owner else "",
        _comes(t, slot) if to_owner else t("🏢 {owner}", owner=slot.instrument.owner),
    )
    return Screen(text, _ways(t, slot))


async def to_calendar(
    desk: Desk, person: Person, slot: Slot, booking: Booking, *, quietly: bool = False
) -> None:
    t = desk.texts_of(person)
    cancelled = booking.cancelled_at is not None
    name = name_in(t, slot.instrument)
    appointment = Appointment(
        name=f"booking-{booking.key}",
        sequence=booking.sequence,
        starts_at=slot.window.starts_at,
        ends_at=slot.window.ends_at,
        title=name,
        place=slot.instrument.site or "",
        about=_about(slot, person),
        cancelled=cancelled,
    )
    content = calendar_file(desk.house, appointment, desk.now)
    caption = (
        t("Open it to take <b>{title}</b> out again.", title=name)
        if cancelled
        else t("Open it and <b>{title}</b> is in your calendar.", title=name)
    )
    end = "-cancelled" if cancelled else ""
    file = f"booking-{booking.key}{end}.ics"
    if person.reachable:
        await desk.send_file(person, file, content, caption, quietly=quietly)


def _about(slot: Slot, reader: Person) -> str:
    if slot.booker is None or slot.booker.key == reader.key:
        return slot.instrument.owner
    where = slot.booker_from
    return f"{slot.booker.name}, {where.name}" if where else slot.booker.name


def _comes(t: Texts, slot: Slot) -> str:
    return identity(t, slot.booker, slot.booker_from) if slot.booker else ""


def _ways(t: Texts, slot: Slot) -> Rows:
    return ((OpenWindow(slot.window.key).labelled(t.label("📅 Open")), home(t)),)

"""Booking a free window, giving it back, and the reminders of it."""

from datetime import timedelta

from bot.domain.instruments import booking, windows
from bot.domain.refusals import Gone
from bot.kit.context import Context, Desk
from bot.kit.routes import job, on
from bot.kit.screens import Screen, Toast
from handlers.equipment import appointments
from handlers.equipment.windows import (
    BookWindow,
    GiveWindowBack,
    ToMyCalendar,
    list_screen,
    window_screen,
)


@on(BookWindow)
async def book(ctx: Context, press: BookWindow) -> Screen:
    told = await booking.take(
        ctx.session, press.window_id, ctx.me, ctx.house.cluster.zone, ctx.now
    )
    if told.fresh:
        await appointments.booked(ctx, told)
    return await window_screen(ctx, press.window_id, ctx.t.plain("It is yours."))


@on(GiveWindowBack)
async def give_back(ctx: Context, press: GiveWindowBack) -> Screen:
    told = await booking.give_back(ctx.session, press.booking_id, ctx.me, ctx.now)
    await appointments.given_back(ctx, told)
    said = ctx.t.plain("Cancelled. I have let the owner know.")
    return await list_screen(ctx, told.slot.instrument.key, 0, said)


@on(ToMyCalendar)
async def to_my_calendar(ctx: Context, press: ToMyCalendar) -> Toast:
    slot = await windows.look(ctx.session, press.window_id, ctx.me, ctx.now)
    if slot.booking is None or not slot.mine:
        raise Gone
    await appointments.to_calendar(ctx, ctx.me, slot, slot.booking)
    return Toast(ctx.t.plain("Here is the file for your calendar."))


@job("windows", every=timedelta(minutes=1))
async def reminders(desk: Desk) -> None:
    told = await booking.remind(desk.session, desk.house.cluster.zone, desk.now)
    for each in told:
        assert each.slot.booking is not None
        when = "day" if each.tomorrow else "hour"
        start = each.slot.window.starts_at
        for person in (each.booker, *each.owners):
            key = f"b{each.slot.booking.key}:{when}:p{person.key}"
            to_owner = person is not each.booker
            screen = appointments.reminder(desk.texts_of(person), each, to_owner=to_owner)
            desk.tell(person, screen, key=key, expires_at=start)

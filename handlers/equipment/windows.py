"""The windows of an instrument: its owner's people publish them, others see which are free."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import Message

from bot.domain.instruments import windows
from bot.domain.instruments.windows import Slot
from bot.kit import forms
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.equipment import window_times
from handlers.equipment.appointments import called_off_by_owner, span
from handlers.equipment.enquiry import identity
from handlers.equipment.enquiry_ways import OpenWindow
from handlers.equipment.listing import name_in
from handlers.equipment.ways import ListWindows
from handlers.links import OpenInstrument, way_back

ON_A_PAGE = 6


@dataclass(frozen=True)
class TurnWindows(Button, prefix="iw.p"):
    instrument_id: int
    page: int


@dataclass(frozen=True)
class AddWindows(Button, prefix="iw.add"):
    instrument_id: int


@dataclass(frozen=True)
class BookWindow(Button, prefix="iw.take"):
    window_id: int


@dataclass(frozen=True)
class GiveWindowBack(Button, prefix="iw.back"):
    booking_id: int


@dataclass(frozen=True)
class ToMyCalendar(Button, prefix="iw.ics"):
    window_id: int


@dataclass(frozen=True)
class WithdrawWindow(Button, prefix="iw.no"):
    """Asks once more where somebody has booked it."""

    window_id: int


@dataclass(frozen=True)
class WithdrawWindowSurely(Button, prefix="iw.no.y"):
    window_id: int


@on(ListWindows, reading=True)
async def list_windows(ctx: Context, press: ListWindows) -> Screen:
    return await list_screen(ctx, press.instrument_id)


@on(TurnWindows, reading=True)
async def turn_windows(ctx: Context, press: TurnWindows) -> Screen:
    return await list_screen(ctx, press.instrument_id, press.page)


async def list_screen(
    ctx: Context, instrument_id: int, number: int = 0, toast: str = ""
) -> Screen:
    t = ctx.t
    instrument, slots, keeps = await windows.of_instrument(
        ctx.session, instrument_id, ctx.me, ctx.now
    )
    part = page(slots, number, ON_A_PAGE)
    rows: Rows = tuple((_face(t, slot),) for slot in part.items)
    turns = part.turns(lambda to: TurnWindows(instrument_id, to))
    add = AddWindows(instrument_id).labelled(t.label("➕ Add windows"))
    text = paragraphs(
        t("📅 <b>When {name} is free</b>", name=name_in(t, instrument)),
        _legend(t, keeps=keeps, some=bool(slots)),
    )
    deeds: Rows = (*((turns,) if turns else ()), *(((add,),) if keeps else ()))
    return Screen(text, (*rows, *deeds, *way_back(t, OpenInstrument(instrument_id))), toast)


def _legend(t: Texts, *, keeps: bool, some: bool) -> str:
    match keeps, some:
        case True, False:
            return t("No windows yet. Add when others may use it; I will take care of the rest.")
        case True, True:
            return t("🟢 free · 🔴 booked")
        case False, False:
            return t("No free windows in the next four weeks. Ask the owner instead.")
    return t("Choose a window; you take the whole of it.")


def _face(t: Texts, slot: Slot) -> Face:
    when = span(t, slot)
    if slot.mine:
        label = t.label("⭐ {when} · yours", when=when)
    elif slot.booker_from is not None:
        label = f"🔴 {when} · {slot.booker_from.short}"
    else:
        label = f"{'🔴' if slot.booking else '🟢'} {when}"
    return OpenWindow(slot.window.key).labelled(label)


@on(OpenWindow, reading=True)
async def open_window(ctx: Context, press: OpenWindow) -> Screen:
    return await window_screen(ctx, press.window_id)


async def window_screen(ctx: Context, window_id: int, toast: str = "") -> Screen:
    t = ctx.t
    slot = await windows.look(ctx.session, window_id, ctx.me, ctx.now)
    instrument = slot.instrument
    text = paragraphs(
        lines(
            t("📅 <b>{name}</b>", name=name_in(t, instrument)),
            t("🕘 {when}", when=span(t, slot)),
            t("📍 {place}", place=instrument.site) if instrument.site else "",
            t("🏢 {owner}", owner=instrument.owner),
        ),
        _whose(t, slot),
    )
    back = ListWindows(instrument.key)
    return Screen(text, (*_deeds(t, slot, ctx.now), *way_back(t, back)), toast)


def _whose(t: Texts, slot: Slot) -> str:
    if slot.mine:
        return t("✅ It is yours. I will remind you the day before and an hour before.")
    if slot.booker is not None:
        return lines(t("🔴 Booked by:"), identity(t, slot.booker, slot.booker_from))
    if slot.booking is not None:
        return t("🔴 Somebody has booked it already.")
    if slot.keeps:
        return t("🟢 Nobody has booked it yet.")
    return t("🟢 Free. The owner will see your name and organisation.")


def _deeds(t: Texts, slot: Slot, now: datetime) -> Rows:
    key, ahead = slot.window.key, slot.window.starts_at > now
    if slot.mine and slot.booking is not None:
        file = ToMyCalendar(key).labelled(t.label("📆 To my calendar"))
        back = GiveWindowBack(slot.booking.key).labelled(t.label("❌ Cancel"), "danger")
        return ((file, back),) if ahead else ((file,),)
    if not ahead:
        return ()
    if slot.keeps:
        return ((WithdrawWindow(key).labelled(t.label("🗑 Withdraw the window")),),)
    if slot.booking is None:
        return ((BookWindow(key).labelled(t.label("✅ Book it"), "success"),),)
    return ()


@on(WithdrawWindow)
async def withdraw_window(ctx: Context, press: WithdrawWindow) -> Screen:
    t = ctx.t
    slot = await windows.look(ctx.session, press.window_id, ctx.me, ctx.now)
    if slot.booking is None:
        return await _withdraw(ctx, press.window_id)
    text = t("🗑 It is booked. Shall I withdraw it, and let them know?")
    yes = WithdrawWindowSurely(press.window_id).labelled(t.label("🗑 Yes, withdraw it"), "danger")
    return Screen(text, ((yes,), *way_back(t, OpenWindow(press.window_id))))


@on(WithdrawWindowSurely)
async def withdraw_window_surely(ctx: Context, press: WithdrawWindowSurely) -> Screen:
    return await _withdraw(ctx, press.window_id)


async def _withdraw(ctx: Context, window_id: int) -> Screen:
    slot, booking = await windows.withdraw(ctx.session, window_id, ctx.me, ctx.now)
    if booking is not None:
        await called_off_by_owner(ctx, slot, booking, ctx.me)
    return await list_screen(ctx, slot.instrument.key, 0, ctx.t.plain("Withdrawn."))


@on(AddWindows)
async def add_windows(ctx: Context, press: AddWindows) -> Answer:
    instrument = await windows.kept(ctx.session, press.instrument_id, ctx.me, ctx.now)
    return await forms.begin(ctx, FORM, instrument=instrument.key, name=name_in(ctx.t, instrument))


def _ask(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    day = t.date((ctx.now + timedelta(days=3)).astimezone(t.zone).date())
    return Screen(
        paragraphs(
            t("➕ When can others use <b>{name}</b>?", name=answers["name"]),
            t(
                "Write each window on a line, such as <code>Tue 9–15</code> or "
                "<code>{day} 13:00–17:00</code>. At most four weeks ahead.",
                day=day,
            ),
        )
    )


def _read(ctx: Context, message: Message) -> list[list[str]]:
    spans = window_times.read(ctx.t, message.text or "", ctx.now)
    return [[start.isoformat(), end.isoformat()] for start, end in spans]


async def _published(ctx: Context, answers: Answers) -> Answer:
    spans = [
        (datetime.fromisoformat(start), datetime.fromisoformat(end))
        for start, end in answers["windows"]
    ]
    made = await windows.publish(ctx.session, answers["instrument"], spans, ctx.me, ctx.now)
    said = ctx.t.plain_n("{n} window published.", "{n} windows published.", len(made))
    return await list_screen(ctx, answers["instrument"], 0, said)


async def _left(ctx: Context, answers: Answers) -> Answer:
    return await list_screen(ctx, answers.get("instrument", 0))


FORM = Form("equipment.windows", (Question("windows", _ask, _read),), _published, _left)

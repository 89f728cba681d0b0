"""Who is coming: a page at a time in the chat, everybody in a spreadsheet."""

import io
from dataclasses import dataclass

import xlsxwriter

from bot.domain import workshops
from bot.domain.workshops import Roster
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.errands import Trip
from bot.kit.paging import Page
from bot.kit.routes import errand, on
from bot.kit.screens import Screen, Toast, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import way_back
from handlers.workshops.leading import Attendees
from handlers.workshops.ways import Lead
from handlers.workshops.words import part_name
from storage import people
from storage.workshops import find

SIZE = 20  # people on a page: they are read, not pressed
WIDTHS = (6, 30, 40, 14, 18)  # characters


@dataclass(frozen=True)
class Export(Button, prefix="ws.xlsx"):
    workshop_id: int


@on(Attendees, reading=True)
async def attendees(ctx: Context, press: Attendees) -> Screen:
    roster = await workshops.roster(
        ctx.session,
        press.workshop_id,
        press.part_id or None,
        ctx.me,
        ctx.now,
        start=press.page * SIZE,
        size=SIZE,
    )
    return _screen(ctx.t, roster, press.page)


def _screen(t: Texts, roster: Roster, number: int) -> Screen:
    event, slot = roster.event, roster.slot
    count = max(1, -(-roster.taken // SIZE))
    turns = Page((), number, count).turns(lambda page: Attendees(event.id, slot.id, page))
    text = paragraphs(
        t("👥 <b>{title}</b>", title=event.title),
        _summary(t, roster),
        lines(*(_line(t, roster, index) for index in range(len(roster.attendees)))),
    )
    export = (
        ((Export(event.id).labelled(t.label("📊 As a spreadsheet")),),) if roster.taken else ()
    )
    rows = (*_parts(t, roster), *((turns,) if turns else ()), *export)
    return Screen(text, (*rows, *way_back(t, Lead(event.id))))


def _summary(t: Texts, roster: Roster) -> str:
    slot = roster.slot
    part = part_name(t, slot) if len(roster.event.parts) > 1 else ""
    return lines(
        t("<b>{part}</b>", part=part) if part else "",
        t("🕘 {when}", when=t.span(slot.starts_at, slot.ends_at)),
        t(
            "💺 Seats taken: {seated} of {capacity}",
            seated=t.number(roster.sitting),
            capacity=t.number(slot.capacity),
        ),
        _waiting(t, roster.waiting),
        "" if roster.taken else t("Nobody has signed up yet."),
    )


def _waiting(t: Texts, number: int) -> str:
    return t.n("{n} person waits", "{n} people wait", number) if number else ""


def _line(t: Texts, roster: Roster, index: int) -> str:
    who = roster.attendees[index]
    values = {"place": who.place, "name": who.name, "organisation": who.organisation}
    if who.waits:
        return t("⏳ {place}. {name} <i>{organisation}</i>", **values)
    return t("{place}. {name} <i>{organisation}</i>", **values)


def _parts(t: Texts, roster: Roster) -> tuple[tuple[Face, ...], ...]:
    """A button for each other part."""
    others = (slot for slot in roster.event.parts if slot.id != roster.slot.id)
    return tuple(
        (Attendees(roster.event.id, slot.id).labelled(part_name(t, slot)),) for slot in others
    )


@on(Export)
async def export(ctx: Context, press: Export) -> Toast:
    await workshops.take_out(ctx.session, press.workshop_id, ctx.me, ctx.now)
    await ctx.errand("workshops.list", workshop_id=press.workshop_id, person_id=ctx.me.key)
    return Toast(ctx.t.plain("The spreadsheet is on its way."))


@errand("workshops.list")
async def export_list(trip: Trip, workshop_id: int, person_id: int) -> None:
    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
        event = await find(desk.session, workshop_id)
        slots = event.parts if me and event else ()
        rosters = [
            await workshops.roster(desk.session, workshop_id, slot.id, me, trip.now)
            for slot in slots
            if me
        ]
        t = desk.house.texts[me.language if me else None]
    content = await trip.aside(spreadsheet, t, rosters)
    async with trip.deliver() as desk:
        if me and event:
            caption = t("👥 <b>{title}</b>", title=event.title)
            await desk.send_file(me, f"event-{workshop_id}.xlsx", content, caption)


def spreadsheet(t: Texts, rosters: list[Roster]) -> bytes:
    """A sheet for each part. All cells are text: a name that begins with `=` is no formula."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    bold = book.add_format({"bold": True})
    for number, roster in enumerate(rosters, 1):
        sheet = book.add_worksheet(str(number))
        slot = roster.slot
        head = ": ".join(part for part in (roster.event.title, slot.name) if part)
        sheet.write_string(0, 0, head, bold)
        sheet.write_string(1, 0, t.span(slot.starts_at, slot.ends_at))
        for row, cells in enumerate([_titles(t), *_cells(t, roster)], 3):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell, bold if row == 3 else None)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
    book.close()
    return content.getvalue()


def _titles(t: Texts) -> list[str]:
    return [
        t.plain("No."),
        t.plain("Name"),
        t.plain("Organisation"),
        t.plain("State"),
        t.plain("Signed up"),
    ]


def _cells(t: Texts, roster: Roster) -> list[list[str]]:
    seated, waits = t.plain("has a seat"), t.plain("waits")
    return [
        [
            str(who.place),
            who.name,
            who.organisation,
            waits if who.waits else seated,
            t.moment(who.taken_at),
        ]
        for who in roster.attendees
    ]

"""When an event is: its parts, what overlaps, and whether the date is certain already."""

from dataclasses import dataclass

from bot.domain import workshops
from bot.domain.workshops import settings
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import way_back
from handlers.workshops.changes import promise_change
from handlers.workshops.editing import ChangeWhen
from handlers.workshops.leading import editor
from handlers.workshops.ways import Change
from handlers.workshops.words import part_name
from storage.workshops import Event, Slot, State

SHOWN = 3  # parts on a page, so that there are no more than six rows


@dataclass(frozen=True)
class EditPart(Button, prefix="ws.ed.p"):
    workshop_id: int
    part_id: int


@dataclass(frozen=True)
class AddPart(Button, prefix="ws.ed.add"):
    workshop_id: int


@dataclass(frozen=True)
class MakeProvisional(Button, prefix="ws.ed.prov"):
    workshop_id: int
    provisional: int


@dataclass(frozen=True)
class ConfirmDate(Button, prefix="ws.ed.sure"):
    """Asks once more: everybody with a place is told."""

    workshop_id: int


@on(ChangeWhen, reading=True)
async def change_when(ctx: Context, press: ChangeWhen) -> Screen:
    return await when_screen(ctx, press.workshop_id, page_number=press.page)


async def when_screen(
    ctx: Context, workshop_id: int, toast: str = "", *, page_number: int = 0
) -> Screen:
    event, _ = await workshops.editable(ctx.session, workshop_id, ctx.me, ctx.now)
    t, key = ctx.t, event.id
    shown = page(event.parts, page_number, SHOWN)
    turns = shown.turns(lambda number: ChangeWhen(key, number))
    text = paragraphs(
        t("🕘 <b>{title}</b>", title=event.title),
        *(part_lines(t, event, slot) for slot in event.parts),
        overlap_warning(t, event),
        _certainty(t, event),
    )
    rows = (
        *((EditPart(key, slot.id).labelled(_label(t, event, slot)),) for slot in shown.items),
        *((turns,) if turns else ()),
        (AddPart(key).labelled(t.label("➕ Add a part")), *_switch(t, event)),
        *way_back(t, Change(key)),
    )
    return Screen(text, rows, toast)


def part_lines(t: Texts, event: Event, slot: Slot) -> str:
    several = len(event.parts) > 1
    return lines(
        t("<b>{part}</b>", part=part_name(t, slot)) if several else "",
        t("🕘 {when}", when=t.span(slot.starts_at, slot.ends_at)),
        t.n("💺 {seats} seat", "💺 {seats} seats", slot.capacity, seats=t.number(slot.capacity)),
    )


def overlap_warning(t: Texts, event: Event) -> str:
    """Allowed, as people may choose between them; but it may as well be a slip."""
    return lines(
        *(
            t(
                "⚠️ At the same time: {one} and {other}",
                one=part_name(t, one),
                other=part_name(t, other),
            )
            for one, other in settings.overlapping(event)
        )
    )


def _label(t: Texts, event: Event, slot: Slot) -> str:
    if len(event.parts) == 1:
        return t.label("🕘 Time and seats")
    return t.label("🕘 {part}", part=part_name(t, slot))


def _certainty(t: Texts, event: Event) -> str:
    if not event.provisional:
        return ""
    return t("🗓 The date is provisional: it is shown as such and nobody is reminded of it.")


def _switch(t: Texts, event: Event) -> tuple[Face, ...]:
    if not event.provisional:
        return (MakeProvisional(event.id, 1).labelled(t.label("🗓 Date is provisional")),)
    label = t.label("✅ Date is certain")
    if event.state == State.PUBLISHED:
        return (ConfirmDate(event.id).labelled(label),)
    return (MakeProvisional(event.id, 0).labelled(label),)


@on(ConfirmDate, reading=True)
async def confirm_date(ctx: Context, press: ConfirmDate) -> Screen:
    t = ctx.t
    event, people = await workshops.editable(ctx.session, press.workshop_id, ctx.me, ctx.now)
    text = paragraphs(
        t("✅ Is this the final date of <b>{title}</b>?", title=event.title),
        *(t("🕘 {when}", when=t.span(slot.starts_at, slot.ends_at)) for slot in event.parts),
        t.n("{n} person will be told.", "{n} people will be told.", people) if people else "",
    )
    sure = MakeProvisional(event.id, 0).labelled(t.label("✅ Yes, it is certain"), "success")
    return Screen(text, ((sure,), *way_back(t, ChangeWhen(event.id))))


@on(MakeProvisional)
async def make_provisional(ctx: Context, press: MakeProvisional) -> Screen:
    change = await settings.make_provisional(
        editor(ctx, press.workshop_id), bool(press.provisional)
    )
    await promise_change(ctx, change)
    return await when_screen(ctx, press.workshop_id, ctx.t.plain("Changed."))

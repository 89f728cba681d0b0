"""The team changes a part of an event: when it is, how many sit, its name; or adds one."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain import workshops
from bot.domain.refusals import Gone
from bot.domain.workshops import PartPlan, planning
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import way_back
from handlers.workshops.editing import AddPart, EditPart, asks_if_sure, change_screen, left
from handlers.workshops.leading import editor
from handlers.workshops.questions import (
    CAPACITY,
    WHEN,
    ask_capacity,
    ask_when,
    choice,
    chosen,
    only_buttons,
    times,
    typed,
)
from handlers.workshops.telling import promise_change, promise_promoted
from handlers.workshops.ways import Change
from handlers.workshops.words import part_name
from storage.workshops import Event, Slot

Ask = Callable[[Context, Answers], Screen]


@dataclass(frozen=True)
class Move(Button, prefix="ws.p.move"):
    workshop_id: int
    part_id: int


@dataclass(frozen=True)
class Resize(Button, prefix="ws.p.size"):
    workshop_id: int
    part_id: int


@dataclass(frozen=True)
class NamePart(Button, prefix="ws.p.name"):
    workshop_id: int
    part_id: int


@dataclass(frozen=True)
class MakeUsual(Button, prefix="ws.p.usual"):
    workshop_id: int
    part_id: int
    usual: int


@dataclass(frozen=True)
class RemovePart(Button, prefix="ws.p.del"):
    workshop_id: int
    part_id: int


@on(EditPart, reading=True)
async def edit_part(ctx: Context, press: EditPart) -> Screen:
    return await _part_screen(ctx, press.workshop_id, press.part_id)


async def _part_screen(ctx: Context, workshop_id: int, part_id: int, toast: str = "") -> Screen:
    event, slot, _ = await _editable(ctx, workshop_id, part_id)
    t = ctx.t
    text = lines(
        t("<b>{part}</b>", part=part_name(t, slot) if len(event.parts) > 1 else event.title),
        t("🕘 {when}", when=t.span(slot.starts_at, slot.ends_at)),
        t.n("💺 {seats} seat", "💺 {seats} seats", slot.capacity, seats=t.number(slot.capacity)),
        _usual(t, slot) if len(event.parts) > 1 else "",
    )
    return Screen(text, (*_rows(t, event, slot), *way_back(t, Change(event.id))), toast)


async def _editable(ctx: Context, workshop_id: int, part_id: int) -> tuple[Event, Slot, int]:
    event, people = await workshops.editable(ctx.session, workshop_id, ctx.me, ctx.now)
    slot = next((part for part in event.parts if part.id == part_id), None)
    if slot is None:
        raise Gone
    return event, slot, people


def _usual(t: Texts, slot: Slot) -> str:
    if slot.usual:
        return t("Everybody who signs up for the event has it.")
    return t("People choose it by themselves.")


def _rows(t: Texts, event: Event, slot: Slot) -> Rows:
    ids = (event.id, slot.id)
    first = (
        Move(*ids).labelled(t.label("🕘 Time")),
        Resize(*ids).labelled(t.label("💺 Seats")),
    )
    if len(event.parts) == 1:
        return (first,)
    usual = t.label("Only by choice") if slot.usual else t.label("For all who sign up")
    return (
        first,
        (
            NamePart(*ids).labelled(t.label("Title")),
            MakeUsual(*ids, 1 - slot.usual).labelled(usual),
        ),
        (RemovePart(*ids).labelled(t.label("🗑 Remove the part")),),
    )


@on(MakeUsual)
async def make_usual(ctx: Context, press: MakeUsual) -> Screen:
    await editor(ctx, press.workshop_id).make_usual(press.part_id, bool(press.usual))
    return await _changed(ctx, press.workshop_id, press.part_id)


@on(RemovePart)
async def remove_part(ctx: Context, press: RemovePart) -> Screen:
    await editor(ctx, press.workshop_id).remove_part(press.part_id)
    return await change_screen(ctx, press.workshop_id, ctx.t.plain("The part is gone."))


@on(Move)
async def move(ctx: Context, press: Move) -> Answer:
    event, slot, people = await _editable(ctx, press.workshop_id, press.part_id)
    known = {"workshop_id": event.id, "part_id": slot.id, "people": people}
    old = ctx.t.span(slot.starts_at, slot.ends_at)
    return await begin(ctx, MOVE, **known, old=old)


@on(Resize)
async def resize(ctx: Context, press: Resize) -> Answer:
    event, slot, _ = await _editable(ctx, press.workshop_id, press.part_id)
    known = {"workshop_id": event.id, "part_id": slot.id}
    return await begin(ctx, RESIZE, **known, old=ctx.t.number(slot.capacity))


@on(NamePart)
async def name_part(ctx: Context, press: NamePart) -> Answer:
    event, slot, _ = await _editable(ctx, press.workshop_id, press.part_id)
    known = {"workshop_id": event.id, "part_id": slot.id}
    return await begin(ctx, RENAME, **known, old=part_name(ctx.t, slot))


@on(AddPart)
async def add_part(ctx: Context, press: AddPart) -> Answer:
    event, _ = await workshops.editable(ctx.session, press.workshop_id, ctx.me, ctx.now)
    return await begin(ctx, ADD, workshop_id=event.id)


def _ask_name(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("✏️ What is the part called? For example: Evening networking"))


def _with_old(ask: Ask) -> Ask:
    """The same question, with what there is now."""

    def ask_again(ctx: Context, answers: Answers) -> Screen:
        old = ctx.t("Now: <i>{old}</i>", old=answers["old"])
        return Screen(paragraphs(ask(ctx, answers).text, old))

    return ask_again


def _ask_usual(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    options = choice(
        "usual", ("yes", t.label("For all who sign up")), ("no", t.label("Only by choice"))
    )
    return Screen(
        t("Does the part belong to the event, or do people choose it by themselves?"), options
    )


def _times_differ(t: Texts, answers: Answers) -> str:
    new = t.span(*times(answers))
    return t("<s>{old}</s> → <b>{new}</b>", old=answers["old"], new=new)


async def _moved(ctx: Context, answers: Answers) -> Answer:
    ids = answers["workshop_id"], answers["part_id"]
    change = await editor(ctx, ids[0]).move(ids[1], *times(answers))
    await promise_change(ctx, change)
    return await _changed(ctx, *ids)


async def _resized(ctx: Context, answers: Answers) -> Answer:
    ids = answers["workshop_id"], answers["part_id"]
    raised = await editor(ctx, ids[0]).resize(ids[1], answers["capacity"])
    await promise_promoted(ctx, ids[0], raised)
    return await _changed(ctx, *ids)


async def _renamed(ctx: Context, answers: Answers) -> Answer:
    ids = answers["workshop_id"], answers["part_id"]
    await editor(ctx, ids[0]).name_part(ids[1], answers["name"])
    return await _changed(ctx, *ids)


async def _added(ctx: Context, answers: Answers) -> Answer:
    start, end = times(answers)
    usual = answers["usual"] == "yes"
    part = PartPlan(start, end, answers["capacity"], answers["name"], usual)
    await editor(ctx, answers["workshop_id"]).add_part(part)
    return await change_screen(ctx, answers["workshop_id"], ctx.t.plain("The part is added."))


async def _changed(ctx: Context, workshop_id: int, part_id: int) -> Screen:
    return await _part_screen(ctx, workshop_id, part_id, ctx.t.plain("Changed."))


NAME = Question("name", _ask_name, typed(planning.PART_NAME))
NEW_NAME = Question("name", _with_old(_ask_name), NAME.read)
NEW_TIME = Question("when", _with_old(ask_when), WHEN[0].read)
NEW_CAPACITY = Question("capacity", _with_old(ask_capacity), CAPACITY.read)
USUAL = Question("usual", _ask_usual, only_buttons, chosen("yes", "no"))
MOVE = Form("workshop.move", (NEW_TIME, WHEN[1], asks_if_sure(_times_differ)), _moved, left)
RESIZE = Form("workshop.resize", (NEW_CAPACITY,), _resized, left)
RENAME = Form("workshop.name", (NEW_NAME,), _renamed, left)
ADD = Form("workshop.part", (NAME, *WHEN, CAPACITY, USUAL), _added, left)

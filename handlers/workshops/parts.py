"""A part of an event: what it is called, of which kind it is, where, and who chooses it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.domain import workshops
from bot.domain.refusals import Gone
from bot.domain.workshops import Change, Editor, planning, settings
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, begin, chosen
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from bot.kit.typed import typed
from handlers.links import way_back
from handlers.workshops.changes import promise_change
from handlers.workshops.editing import NONE, ChangeWhen, asks, asks_if_sure, or_none
from handlers.workshops.leading import editor
from handlers.workshops.questions import link
from handlers.workshops.timing import EditPart, overlap_warning, part_lines, when_screen
from handlers.workshops.words import part_name
from storage.workshops import Event, PartKind, Slot


@dataclass(frozen=True)
class Move(Button, prefix="ws.p.move"):
    workshop_id: int
    part_id: int


@dataclass(frozen=True)
class Resize(Button, prefix="ws.p.size"):
    workshop_id: int
    part_id: int


@dataclass(frozen=True)
class EditPartText(Button, prefix="ws.p.t"):
    workshop_id: int
    part_id: int
    field: str


@dataclass(frozen=True)
class ChooseKind(Button, prefix="ws.p.kind"):
    workshop_id: int
    part_id: int


@dataclass(frozen=True)
class MakeKind(Button, prefix="ws.p.is"):
    workshop_id: int
    part_id: int
    kind: str


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
    return await part_screen(ctx, press.workshop_id, press.part_id)


async def part_screen(ctx: Context, workshop_id: int, part_id: int, toast: str = "") -> Screen:
    event, slot, _ = await editable_part(ctx, workshop_id, part_id)
    t = ctx.t
    where = slot.place or event.place
    text = paragraphs(
        lines(
            part_lines(t, event, slot),
            t("📍 {place}", place=where),
            _link(t, slot),
            _usual(t, slot) if len(event.parts) > 1 else "",
        ),
        overlap_warning(t, event),
    )
    return Screen(text, (*_rows(t, event, slot), *way_back(t, ChangeWhen(event.id))), toast)


async def editable_part(ctx: Context, workshop_id: int, part_id: int) -> tuple[Event, Slot, int]:
    """And how many people have a place in the event."""
    event, people = await workshops.editable(ctx.session, workshop_id, ctx.me, ctx.now)
    slot = next((part for part in event.parts if part.id == part_id), None)
    if slot is None:
        raise Gone
    return event, slot, people


def _link(t: Texts, slot: Slot) -> str:
    if slot.kind != PartKind.ONLINE:
        return ""
    if slot.link:
        return t("🔗 {link} (only those with a seat see it)", link=slot.link)
    return t("🔗 The link for joining is missing.")


def _usual(t: Texts, slot: Slot) -> str:
    if slot.usual:
        return t("Everybody who signs up for the event has it.")
    return t("People choose it by themselves.")


def _rows(t: Texts, event: Event, slot: Slot) -> Rows:
    ids = (event.id, slot.id)
    link = EditPartText(*ids, "link").labelled(t.label("🔗 Link"))
    rows: Rows = (
        (
            Move(*ids).labelled(t.label("🕘 Time")),
            Resize(*ids).labelled(t.label("💺 Seats")),
        ),
        (
            ChooseKind(*ids).labelled(t.label("Kind: {kind}", kind=kind_name(t, slot.kind))),
            *((link,) if slot.kind == PartKind.ONLINE else ()),
        ),
    )
    if len(event.parts) == 1:
        return rows
    usual = t.label("Only by choice") if slot.usual else t.label("For all who sign up")
    return (
        *rows,
        (
            EditPartText(*ids, "name").labelled(t.label("Title")),
            EditPartText(*ids, "place").labelled(t.label("Place")),
        ),
        (
            MakeUsual(*ids, 1 - slot.usual).labelled(usual),
            RemovePart(*ids).labelled(t.label("🗑 Remove the part")),
        ),
    )


def kind_name(t: Texts, kind: PartKind) -> str:
    match kind:
        case PartKind.DAY:
            return t.label("☀️ Day")
        case PartKind.EVENING:
            return t.label("🌙 Evening")
        case PartKind.EXCURSION:
            return t.label("🚌 Excursion")
        case PartKind.ONLINE:
            return t.label("💻 Online")


@on(ChooseKind, reading=True)
async def choose_kind(ctx: Context, press: ChooseKind) -> Screen:
    event, slot, _ = await editable_part(ctx, press.workshop_id, press.part_id)
    t = ctx.t
    rows = tuple(
        (MakeKind(event.id, slot.id, kind).labelled(kind_name(t, kind)),) for kind in PartKind
    )
    question = t("What kind of a part is <b>{part}</b>?", part=part_name(t, slot))
    return Screen(question, (*rows, *way_back(t, EditPart(event.id, slot.id))))


@on(MakeKind)
async def make_kind(ctx: Context, press: MakeKind) -> Screen:
    if press.kind not in list(PartKind):
        raise Gone
    change = await settings.make_part(
        editor(ctx, press.workshop_id), press.part_id, PartKind(press.kind)
    )
    await promise_change(ctx, change)
    return await part_changed(ctx, press.workshop_id, press.part_id)


@on(MakeUsual)
async def make_usual(ctx: Context, press: MakeUsual) -> Screen:
    await editor(ctx, press.workshop_id).make_usual(press.part_id, bool(press.usual))
    return await part_changed(ctx, press.workshop_id, press.part_id)


@on(RemovePart)
async def remove_part(ctx: Context, press: RemovePart) -> Screen:
    await editor(ctx, press.workshop_id).remove_part(press.part_id)
    return await when_screen(ctx, press.workshop_id, ctx.t.plain("The part is gone."))


@on(EditPartText)
async def edit_text(ctx: Context, press: EditPartText) -> Answer:
    event, slot, people = await editable_part(ctx, press.workshop_id, press.part_id)
    if press.field not in FORMS:
        raise Gone
    old = {"name": part_name(ctx.t, slot), "place": slot.place, "link": slot.link}[press.field]
    known = {"workshop_id": event.id, "part_id": slot.id, "people": people, "old": old}
    return await begin(ctx, FORMS[press.field], **known)


async def part_changed(ctx: Context, workshop_id: int, part_id: int) -> Screen:
    return await part_screen(ctx, workshop_id, part_id, ctx.t.plain("Changed."))


async def part_left(ctx: Context, answers: Answers) -> Answer:
    ids = answers.get("workshop_id", 0), answers.get("part_id", 0)
    return await part_screen(ctx, *ids)


def _new_place(t: Texts, answers: Answers) -> str:
    return t("📍 <b>{place}</b>", place=answers["place"] or t("where the event is"))


Act = Callable[[Editor, int, str], Awaitable[Change]]


def _form(field: str, questions: tuple[Question, ...], act: Act) -> Form:
    async def done(ctx: Context, answers: Answers) -> Answer:
        ids = answers["workshop_id"], answers["part_id"]
        await promise_change(ctx, await act(editor(ctx, ids[0]), ids[1], answers[field]))
        return await part_changed(ctx, *ids)

    return Form(f"workshop.part.{field}", questions, done, part_left)


def ask_name(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("✏️ What is the part called? For example: Evening networking"))


def _ask_new_name(ctx: Context, answers: Answers) -> Screen:
    old = ctx.t("Now: <i>{old}</i>", old=answers["old"])
    return Screen(paragraphs(ask_name(ctx, answers).text, old))


def _ask_link(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    question = t("🔗 By which link do people join? Only those with a seat will see it.")
    if not answers["old"]:
        return Screen(question)
    old = t("Now: <i>{old}</i>", old=answers["old"])
    none = Choose("link", NONE).labelled(t.label("🗑 Without a link"))
    return Screen(paragraphs(question, old), ((none,),))


NAME = Question("name", _ask_new_name, typed(planning.PART_NAME))
PLACE = Question(
    "place",
    or_none(
        "place",
        asks(lambda t: t("📍 Where is this part?")),
        lambda t: t.label("📍 Where the event is"),
    ),
    typed(planning.PLACE),
    chosen(NONE),
)
LINK = Question("link", _ask_link, link, chosen(NONE))
FORMS = {
    "name": _form("name", (NAME,), Editor.name_part),
    "place": _form("place", (PLACE, asks_if_sure(_new_place)), settings.place_part),
    "link": _form("link", (LINK,), settings.link_part),
}

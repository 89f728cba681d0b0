"""A part is moved, gets more seats or fewer, or is added."""

from bot.domain import workshops
from bot.domain.workshops import PartPlan, Seated, planning
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, begin, chosen, only_buttons
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from bot.kit.typed import typed
from handlers.workshops.changes import promise_change
from handlers.workshops.editing import Ask, asks_if_sure
from handlers.workshops.leading import editor
from handlers.workshops.parts import (
    Move,
    Resize,
    ask_name,
    editable_part,
    kind_name,
    part_changed,
    part_left,
)
from handlers.workshops.questions import CAPACITY, WHEN, ask_capacity, ask_when, choice, times
from handlers.workshops.timing import AddPart, when_screen
from storage.workshops import PartKind


@on(Move)
async def move(ctx: Context, press: Move) -> Answer:
    event, slot, people = await editable_part(ctx, press.workshop_id, press.part_id)
    known = {"workshop_id": event.id, "part_id": slot.id, "people": people}
    return await begin(ctx, MOVE, **known, old=ctx.t.span(slot.starts_at, slot.ends_at))


@on(Resize)
async def resize(ctx: Context, press: Resize) -> Answer:
    event, slot, _ = await editable_part(ctx, press.workshop_id, press.part_id)
    known = {"workshop_id": event.id, "part_id": slot.id}
    return await begin(ctx, RESIZE, **known, old=ctx.t.number(slot.capacity))


@on(AddPart)
async def add_part(ctx: Context, press: AddPart) -> Answer:
    event, _ = await workshops.editable(ctx.session, press.workshop_id, ctx.me, ctx.now)
    return await begin(ctx, ADD, workshop_id=event.id)


def _with_old(ask: Ask) -> Ask:
    def ask_again(ctx: Context, answers: Answers) -> Screen:
        old = ctx.t("Now: <i>{old}</i>", old=answers["old"])
        return Screen(paragraphs(ask(ctx, answers).text, old))

    return ask_again


def _times_differ(t: Texts, answers: Answers) -> str:
    new = t.span(*times(answers))
    return t("<s>{old}</s> → <b>{new}</b>", old=answers["old"], new=new)


async def _moved(ctx: Context, answers: Answers) -> Answer:
    ids = answers["workshop_id"], answers["part_id"]
    change = await editor(ctx, ids[0]).move(ids[1], *times(answers))
    await promise_change(ctx, change)
    return await part_changed(ctx, *ids)


async def _resized(ctx: Context, answers: Answers) -> Answer:
    """Fewer seats than people sit are refused, unless the last of them may go back to the line."""
    ids, capacity = (answers["workshop_id"], answers["part_id"]), answers["capacity"]
    try:
        await editor(ctx, ids[0]).resize(ids[1], capacity)
    except Seated as refusal:
        known = {"workshop_id": ids[0], "part_id": ids[1], "capacity": capacity}
        return await begin(ctx, PUSH_BACK, **known, seated=refusal.number)
    return await part_changed(ctx, *ids)


def _ask_to_push_back(ctx: Context, answers: Answers) -> Screen:
    t, seated = ctx.t, answers["seated"]
    surplus = seated - answers["capacity"]
    text = paragraphs(
        t.n(
            "💺 {n} person has a seat already; there cannot be fewer seats.",
            "💺 {n} people have a seat already; there cannot be fewer seats.",
            seated,
        ),
        lines(
            t.n(
                "Unless the last one goes back to the line.",
                "Unless the last {n} go back to the line.",
                surplus,
            ),
            t("They will be told, and are the first to get a seat again."),
        ),
        t("Or write another number of seats."),
    )
    label = t.plain_n("⏳ Move the last one", "⏳ Move the last {n}", surplus)
    return Screen(text, choice("sure", ("yes", label)))


async def _pushed_back(ctx: Context, answers: Answers) -> Answer:
    ids = answers["workshop_id"], answers["part_id"]
    if answers["sure"] != "yes":
        return await _resized(ctx, {**answers, "capacity": answers["sure"]})
    await editor(ctx, ids[0]).resize(ids[1], answers["capacity"], push_back=True)
    return await part_changed(ctx, *ids)


def _ask_kind(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    options = choice("kind", *((kind, kind_name(t, kind)) for kind in PartKind))
    return Screen(t("➕ What shall be added?"), options)


def _ask_usual(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    options = choice(
        "usual", ("yes", t.label("For all who sign up")), ("no", t.label("Only by choice"))
    )
    return Screen(
        t("Does the part belong to the event, or do people choose it by themselves?"), options
    )


async def _added(ctx: Context, answers: Answers) -> Answer:
    start, end = times(answers)
    usual, kind = answers["usual"] == "yes", PartKind(answers["kind"])
    part = PartPlan(start, end, answers["capacity"], answers["name"], usual, kind)
    await editor(ctx, answers["workshop_id"]).add_part(part)
    return await when_screen(ctx, answers["workshop_id"], ctx.t.plain("The part is added."))


async def _not_added(ctx: Context, answers: Answers) -> Answer:
    return await when_screen(ctx, int(answers.get("workshop_id", 0)))


NEW_TIME = Question("when", _with_old(ask_when), WHEN[0].read)
NEW_CAPACITY = Question("capacity", _with_old(ask_capacity), CAPACITY.read)
KIND = Question("kind", _ask_kind, only_buttons, chosen(*PartKind))
NAME = Question("name", ask_name, typed(planning.PART_NAME))
USUAL = Question("usual", _ask_usual, only_buttons, chosen("yes", "no"))
SURE = Question("sure", _ask_to_push_back, CAPACITY.read, chosen("yes"))
MOVE = Form("workshop.move", (NEW_TIME, WHEN[1], asks_if_sure(_times_differ)), _moved, part_left)
RESIZE = Form("workshop.resize", (NEW_CAPACITY,), _resized, part_left)
PUSH_BACK = Form("workshop.push_back", (SURE,), _pushed_back, part_left)
ADD = Form("workshop.part", (KIND, NAME, *WHEN, CAPACITY, USUAL), _added, _not_added)

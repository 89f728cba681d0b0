"""The team changes an event: its name, place, words, and for whom it is; part by part the rest."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.domain import workshops
from bot.domain.refusals import Gone
from bot.domain.workshops import Editor, planning
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.texts import Texts
from handlers.links import way_back
from handlers.workshops.leading import editor
from handlers.workshops.questions import choice, chosen, only_buttons, typed, typed_lines
from handlers.workshops.telling import promise_change
from handlers.workshops.ways import Change, Lead
from handlers.workshops.words import part_name, what_it_is
from storage.workshops import Audience, Event, Slot


@dataclass(frozen=True)
class EditText(Button, prefix="ws.ed.t"):
    workshop_id: int
    field: str


@dataclass(frozen=True)
class OpenTo(Button, prefix="ws.ed.for"):
    workshop_id: int
    audience: str


@dataclass(frozen=True)
class EditPart(Button, prefix="ws.ed.p"):
    workshop_id: int
    part_id: int


@dataclass(frozen=True)
class AddPart(Button, prefix="ws.ed.add"):
    workshop_id: int


@on(Change, reading=True)
async def change(ctx: Context, press: Change) -> Screen:
    return await change_screen(ctx, press.workshop_id)


async def change_screen(ctx: Context, workshop_id: int, toast: str = "") -> Screen:
    event, _ = await workshops.editable(ctx.session, workshop_id, ctx.me, ctx.now)
    t, key = ctx.t, event.id
    rows = (
        (
            EditText(key, "title").labelled(t.label("Title")),
            EditText(key, "place").labelled(t.label("Place")),
            EditText(key, "about").labelled(t.label("Description")),
        ),
        (_audience(t, event),),
        *((EditPart(key, slot.id).labelled(_part_label(t, event, slot)),) for slot in event.parts),
        (AddPart(key).labelled(t.label("➕ Add a part")),),
        *way_back(t, Lead(key)),
    )
    about = t("{about}", about=event.about) if event.about else ""
    return Screen(paragraphs(what_it_is(t, event), about, t("What shall change?")), rows, toast)


def _audience(t: Texts, event: Event) -> dict[str, object]:
    if event.audience == Audience.PUBLIC:
        return OpenTo(event.id, Audience.MEMBERS).labelled(t.label("🌍 For everybody → members"))
    return OpenTo(event.id, Audience.PUBLIC).labelled(t.label("🔒 For members → everybody"))


def _part_label(t: Texts, event: Event, slot: Slot) -> str:
    if len(event.parts) == 1:
        return t.label("🕘 Time and seats")
    return t.label("🕘 {part}", part=part_name(t, slot))


@on(OpenTo)
async def open_to(ctx: Context, press: OpenTo) -> Screen:
    if press.audience not in list(Audience):
        raise Gone
    await editor(ctx, press.workshop_id).open_to(Audience(press.audience))
    return await change_screen(ctx, press.workshop_id, ctx.t.plain("Changed."))


@on(EditText)
async def edit_text(ctx: Context, press: EditText) -> Answer:
    event, people = await workshops.editable(ctx.session, press.workshop_id, ctx.me, ctx.now)
    if press.field not in FORMS:
        raise Gone
    old = {"title": event.title, "place": event.place, "about": event.about}[press.field]
    form = FORMS[press.field]
    return await begin(ctx, form, workshop_id=event.id, people=people, old=old)


def _ask(words: Callable[[Texts], str]) -> Callable[[Context, Answers], Screen]:
    def ask(ctx: Context, answers: Answers) -> Screen:
        old = ctx.t("Now: <i>{old}</i>", old=answers["old"]) if answers["old"] else ""
        return Screen(paragraphs(words(ctx.t), old))

    return ask


def _ask_about(ctx: Context, answers: Answers) -> Screen:
    words = ctx.t("✏️ What should people know? The programme, what to bring …")
    if not answers["old"]:
        return Screen(words)
    old = ctx.t("Now: <i>{old}</i>", old=answers["old"])
    none = Choose("about", "").labelled(ctx.t.label("🗑 Without a description"))
    return Screen(paragraphs(words, old), ((none,),))


def asks_if_sure(difference: Callable[[Texts, Answers], str]) -> Question:
    """Shown before many people are told of a change."""

    def ask(ctx: Context, answers: Answers) -> Screen:
        t = ctx.t
        told = t.n("{n} person will be told.", "{n} people will be told.", answers["people"])
        yes = choice("sure", ("yes", t.label("✅ Yes, change it")))
        return Screen(paragraphs(difference(t, answers), told), yes)

    return Question("sure", ask, only_buttons, chosen("yes"), lambda a: a["people"] > 0)


def _old_and_new(field: str) -> Callable[[Texts, Answers], str]:
    def difference(t: Texts, answers: Answers) -> str:
        return t("<s>{old}</s> → <b>{new}</b>", old=answers["old"], new=answers[field])

    return difference


async def left(ctx: Context, answers: Answers) -> Answer:
    return await change_screen(ctx, int(answers.get("workshop_id", 0)))


def _form(field: str, questions: tuple[Question, ...], act: "Act") -> Form:
    async def done(ctx: Context, answers: Answers) -> Answer:
        change = await act(editor(ctx, answers["workshop_id"]), answers[field])
        await promise_change(ctx, change)
        return await change_screen(ctx, answers["workshop_id"], ctx.t.plain("Changed."))

    return Form(f"workshop.{field}", questions, done, left)


Act = Callable[[Editor, str], Awaitable[workshops.Change]]
TITLE = Question("title", _ask(lambda t: t("✏️ What is it called?")), typed(planning.TITLE))
PLACE = Question("place", _ask(lambda t: t("📍 Where is it?")), typed(planning.PLACE))
ABOUT = Question("about", _ask_about, typed_lines(planning.ABOUT), chosen(""))
FORMS = {
    "title": _form("title", (TITLE, asks_if_sure(_old_and_new("title"))), Editor.rename),
    "place": _form("place", (PLACE, asks_if_sure(_old_and_new("place"))), Editor.relocate),
    "about": _form("about", (ABOUT,), Editor.describe),
}

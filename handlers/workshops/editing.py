"""The team changes an event: four groups of settings, so that no screen is a wall of buttons.

Here is the first of them, what the event is: its name, place, words, project and topics.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain import workshops
from bot.domain.refusals import Gone
from bot.domain.workshops import Editor, leading, planning, settings
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, begin, chosen, only_buttons
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from bot.kit.typed import typed, typed_lines
from handlers.links import way_back
from handlers.workshops.changes import promise_change
from handlers.workshops.leading import editor
from handlers.workshops.questions import choice, moment
from handlers.workshops.ways import AskAttendees, Change, ChooseEventKind, Lead, SetRhythm
from handlers.workshops.words import event_kind, what_it_is
from storage.workshops import Event

NONE = ""
Ask = Callable[[Context, Answers], Screen]
Show = Callable[[Context, int, str], Awaitable[Screen]]
Act = Callable[[Editor, Any], Awaitable[workshops.Change]]


@dataclass(frozen=True)
class ChangeWhat(Button, prefix="ws.ed.what"):
    workshop_id: int


@dataclass(frozen=True)
class ChangeWhen(Button, prefix="ws.ed.when"):
    workshop_id: int
    page: int = 0


@dataclass(frozen=True)
class ChangeWho(Button, prefix="ws.ed.who"):
    workshop_id: int


@dataclass(frozen=True)
class ChangeRegistration(Button, prefix="ws.ed.reg"):
    workshop_id: int


@dataclass(frozen=True)
class EditText(Button, prefix="ws.ed.t"):
    workshop_id: int
    field: str


@on(Change, reading=True)
async def change(ctx: Context, press: Change) -> Screen:
    return await change_screen(ctx, press.workshop_id)


async def change_screen(ctx: Context, workshop_id: int, toast: str = "") -> Screen:
    event, _ = await workshops.editable(ctx.session, workshop_id, ctx.me, ctx.now)
    t, key = ctx.t, event.id
    what = (
        ChangeWhen(key).labelled(t.label("🕘 When and parts")),
        ChangeWhat(key).labelled(t.label("✏️ What and where")),
    )
    is_team = await leading.is_of_team(ctx.session, event, ctx.me, ctx.now)
    rows = (what, *(_of_team(t, key) if is_team else ()), *way_back(t, Lead(key)))
    return Screen(paragraphs(what_it_is(t, event), t("What shall change?")), rows, toast)


def _of_team(t: Texts, key: int) -> Rows:
    return (
        (
            ChangeWho(key).labelled(t.label("👥 For whom")),
            ChangeRegistration(key).labelled(t.label("🎟 Registration")),
        ),
        (
            AskAttendees(key).labelled(t.label("❓ Questions")),
            SetRhythm(key).labelled(t.label("⏰ Reminders")),
        ),
    )


@on(ChangeWhat, reading=True)
async def change_what(ctx: Context, press: ChangeWhat) -> Screen:
    return await _what_screen(ctx, press.workshop_id)


async def _what_screen(ctx: Context, workshop_id: int, toast: str = "") -> Screen:
    event, _ = await workshops.editable(ctx.session, workshop_id, ctx.me, ctx.now)
    t, key = ctx.t, event.id
    is_team = await leading.is_of_team(ctx.session, event, ctx.me, ctx.now)
    rows = (
        (
            EditText(key, "title").labelled(t.label("Title")),
            EditText(key, "place").labelled(t.label("Place")),
            EditText(key, "about").labelled(t.label("Description")),
        ),
        (
            EditText(key, "project").labelled(t.label("💶 Project")),
            EditText(key, "topics").labelled(t.label("💡 Topics")),
        ),
        *(_kind(t, event) if is_team else ()),
        *way_back(t, Change(key)),
    )
    about = t("{about}", about=event.about) if event.about else ""
    text = paragraphs(what_it_is(t, event), about, lines(_project(t, event), _topics(t, event)))
    return Screen(text, rows, toast)


def _kind(t: Texts, event: Event) -> Rows:
    label = t.label("🏷 Kind: {kind}", kind=event_kind(t, event.kind))
    return ((ChooseEventKind(event.id).labelled(label),),)


def _project(t: Texts, event: Event) -> str:
    if event.project:
        return t("💶 Project: {project}", project=event.project)
    return t("💶 No project number")


def _topics(t: Texts, event: Event) -> str:
    if event.topics_until:
        return t("💡 Topics can be proposed until {when}", when=t.moment(event.topics_until))
    return t("💡 Nobody is asked for topics")


@on(EditText)
async def edit_text(ctx: Context, press: EditText) -> Answer:
    event, people = await workshops.editable(ctx.session, press.workshop_id, ctx.me, ctx.now)
    if press.field not in FORMS:
        raise Gone
    t, until = ctx.t, event.topics_until
    old = {
        "title": event.title,
        "place": event.place,
        "about": event.about,
        "project": event.project,
        "topics": t.moment(until) if until else "",
    }
    known = {"workshop_id": event.id, "people": people, "old": old[press.field]}
    return await begin(ctx, FORMS[press.field], **known)


def asks(words: Callable[[Texts], str]) -> Ask:
    """A question with what there is now."""

    def ask(ctx: Context, answers: Answers) -> Screen:
        old = ctx.t("Now: <i>{old}</i>", old=answers["old"]) if answers["old"] else ""
        return Screen(paragraphs(words(ctx.t), old))

    return ask


def or_none(field: str, ask: Ask, label: Callable[[Texts], str]) -> Ask:
    """The same with a button for doing without, where there is something."""

    def ask_again(ctx: Context, answers: Answers) -> Screen:
        asked = ask(ctx, answers)
        if not answers["old"]:
            return asked
        return Screen(asked.text, ((Choose(field, NONE).labelled(label(ctx.t)),),))

    return ask_again


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


def setting(field: str, questions: tuple[Question, ...], act: Act, show: Show) -> Form:
    """A form that changes one thing and shows the screen it was begun from."""

    async def done(ctx: Context, answers: Answers) -> Answer:
        change = await act(editor(ctx, answers["workshop_id"]), answers[field])
        await promise_change(ctx, change)
        return await show(ctx, answers["workshop_id"], ctx.t.plain("Changed."))

    async def left(ctx: Context, answers: Answers) -> Answer:
        return await show(ctx, int(answers.get("workshop_id", 0)), "")

    return Form(f"workshop.{field}", questions, done, left)


def iso(typed: str) -> datetime | None:
    return datetime.fromisoformat(typed) if typed else None


async def _take_topics(editor: Editor, typed: str) -> workshops.Change:
    return await settings.take_topics(editor, iso(typed))


TITLE = Question("title", asks(lambda t: t("✏️ What is it called?")), typed(planning.TITLE))
PLACE = Question("place", asks(lambda t: t("📍 Where is it?")), typed(planning.PLACE))
ABOUT = Question(
    "about",
    or_none(
        "about",
        asks(lambda t: t("✏️ What should people know? The programme, what to bring …")),
        lambda t: t.label("🗑 Without a description"),
    ),
    typed_lines(planning.ABOUT),
    chosen(NONE),
)
PROJECT = Question(
    "project",
    or_none(
        "project",
        asks(lambda t: t("💶 What is the number of the project that pays for it?")),
        lambda t: t.label("🗑 Without a project"),
    ),
    typed(settings.PROJECT),
    chosen(NONE),
)
TOPICS = Question(
    "topics",
    or_none(
        "topics",
        asks(lambda t: t("💡 Until when can people propose topics?")),
        lambda t: t.label("🗑 Do not ask for topics"),
    ),
    moment("23:59"),
    chosen(NONE),
)
NEW_TITLE = (TITLE, asks_if_sure(_old_and_new("title")))
NEW_PLACE = (PLACE, asks_if_sure(_old_and_new("place")))
FORMS = {
    "title": setting("title", NEW_TITLE, Editor.rename, _what_screen),
    "place": setting("place", NEW_PLACE, Editor.relocate, _what_screen),
    "about": setting("about", (ABOUT,), Editor.describe, _what_screen),
    "project": setting("project", (PROJECT,), settings.name_project, _what_screen),
    "topics": setting("topics", (TOPICS,), _take_topics, _what_screen),
}

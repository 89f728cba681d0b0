"""A few questions, one after another. What was answered so far is a row, so the next answer may
come after a restart. There is no step counter: the step is the first question without an answer.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from telegram import Message

from bot.domain.refusals import Gone
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.screens import Answer, Screen, Toast
from storage import drafts
from storage.drafts import Draft

Answers = dict[str, Any]
ALBUM = "+album"  # among the answers: the album that came last


class Unclear(Exception):
    """The answer cannot be used. The message is Telegram HTML and says what would be."""


@dataclass(frozen=True)
class Choose(Button, prefix="f.is"):
    """A ready answer to a question, on a button."""

    question: str
    value: str


@dataclass(frozen=True)
class GiveUp(Button, prefix="f.no"):
    form: str


@dataclass(frozen=True)
class Question:
    """`ask` words it, maybe with `Choose` buttons; `read` makes a JSON value of a message or
    raises `Unclear`; `choose` makes one of a button's value; `asked` tells whether it applies.

    With `each` the question stays open: every value that is read goes there, and what it returns
    is shown, until a button is chosen. An album is many messages and gets one answer.
    """

    name: str
    ask: Callable[[Context, Answers], Screen]
    read: Callable[[Context, Message], Any]
    choose: Callable[[Context, str], Any] | None = None
    asked: Callable[[Answers], bool] = lambda _: True
    each: Callable[[Context, Answers, Any], Awaitable[Answer]] | None = None


@dataclass(frozen=True)
class Form:
    """`done` gets the answers once every question has one; `left` is shown after giving up."""

    name: str
    questions: tuple[Question, ...]
    done: Callable[[Context, Answers], Awaitable[Answer]]
    left: Callable[[Context, Answers], Awaitable[Answer]]
    known: ClassVar[dict[str, "Form"]] = {}

    def __post_init__(self) -> None:
        Form.known[self.name] = self

    def next(self, answers: Answers) -> Question | None:
        open_ones = (q for q in self.questions if q.name not in answers and q.asked(answers))
        return next(open_ones, None)


async def begin(ctx: Context, form: Form, **answers: Any) -> Answer:
    """Start asking; `answers` are those that are known already."""
    draft = Draft(person_id=ctx.me.key, form=form.name, answers=answers, touched_at=ctx.now)
    await drafts.put(ctx.session, draft)
    return await _go_on(ctx, form, answers)


async def answer(ctx: Context, draft: Draft, message: Message) -> Answer:
    """Take a message as the answer to the question that was asked last."""
    form = Form.known[draft.form]
    question = form.next(draft.answers)
    if question is None:
        return await _go_on(ctx, form, draft.answers)
    try:
        value = question.read(ctx, message)
    except Unclear as why:
        return _again(ctx, form, question, draft.answers, str(why))
    if question.each is not None:
        said = await question.each(ctx, draft.answers, value)
        return None if _continues_album(draft, message, ctx) else said
    return await _note(ctx, form, draft, question, value)


async def choose(ctx: Context, press: Choose) -> Answer:
    draft = await drafts.find(ctx.session, ctx.me.key)
    form = Form.known.get(draft.form) if draft else None
    question = form.next(draft.answers) if form and draft else None
    if draft is None or form is None or question is None or question.name != press.question:
        return _answered_already(ctx)
    if question.choose is None:
        raise Gone
    try:
        value = question.choose(ctx, press.value)
    except Unclear as why:
        return _again(ctx, form, question, draft.answers, str(why))
    return await _note(ctx, form, draft, question, value)


async def give_up(ctx: Context, press: GiveUp) -> Answer:
    """The form may have ended long ago, and another one may be open: that one stays."""
    draft = await drafts.find(ctx.session, ctx.me.key)
    form = Form.known.get(press.form)
    if draft is None or form is None or draft.form != press.form:
        return _answered_already(ctx)
    await drafts.drop(ctx.session, ctx.me.key)
    return await form.left(ctx, draft.answers)


def _answered_already(ctx: Context) -> Toast:
    return Toast(ctx.t.plain("This question has been answered already."))


async def _note(ctx: Context, form: Form, draft: Draft, question: Question, value: Any) -> Answer:
    answers = {**draft.answers, question.name: value}
    draft.answers, draft.touched_at = answers, ctx.now
    return await _go_on(ctx, form, answers)


async def keep(ctx: Context, **noted: Any) -> None:
    """Note something beside the answers, while a question stays open."""
    draft = await drafts.find(ctx.session, ctx.me.key)
    if draft is not None:
        draft.answers, draft.touched_at = {**draft.answers, **noted}, ctx.now


def _continues_album(draft: Draft, message: Message, ctx: Context) -> bool:
    album, last = message.media_group_id, draft.answers.get(ALBUM)
    draft.answers, draft.touched_at = {**draft.answers, ALBUM: album}, ctx.now
    return album is not None and album == last


async def _go_on(ctx: Context, form: Form, answers: Answers) -> Answer:
    question = form.next(answers)
    if question is not None:
        return _with_way_out(ctx, form, question.ask(ctx, answers))
    await drafts.drop(ctx.session, ctx.me.key)
    return await form.done(ctx, answers)


def _again(ctx: Context, form: Form, question: Question, answers: Answers, why: str) -> Screen:
    screen = question.ask(ctx, answers)
    return _with_way_out(ctx, form, Screen(f"{why}\n\n{screen.text}", screen.rows))


def _with_way_out(ctx: Context, form: Form, screen: Screen) -> Screen:
    way_out: Rows = ((GiveUp(form.name).labelled(ctx.t.label("Cancel")),),)
    return Screen(screen.text, (*screen.rows, *way_out), screen.toast)


def only_buttons(ctx: Context, _: Message) -> str:
    """How a question is read that nothing typed answers."""
    raise Unclear(ctx.t("Please press one of the buttons."))


def chosen(*known: str) -> Callable[[Context, str], str]:
    """How a button's value is read; raises `Gone` for one that we do not offer."""

    def choose(_: Context, value: str) -> str:
        if value not in known:
            raise Gone
        return value

    return choose

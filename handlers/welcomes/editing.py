"""The manager reads what newcomers get, and says it in other words."""

from dataclasses import dataclass

from markupsafe import Markup
from telegram import Message

from bot.domain import welcomes
from bot.domain.welcomes import DAYS, editing
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, Unclear, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from handlers.links import ListWelcomes, OpenAdmin, way_back
from handlers.welcomes.words import NAMES, WORDS
from storage.welcomes import Series

LANGUAGES = (("cs", "🇨🇿"), ("en", "🇬🇧"))


@dataclass(frozen=True)
class OpenSeries(Button, prefix="wel.is"):
    series: str


@dataclass(frozen=True)
class OpenStep(Button, prefix="wel.step"):
    series: str
    step: int


@dataclass(frozen=True)
class EditStep(Button, prefix="wel.ed"):
    series: str
    step: int
    language: str


@dataclass(frozen=True)
class BringBack(Button, prefix="wel.old"):
    """The text that came with Paprsek."""

    series: str
    step: int
    language: str


@on(ListWelcomes, reading=True)
async def list_welcomes(ctx: Context, _: ListWelcomes) -> Screen:
    t = ctx.t
    await editing.look(ctx.session, Series.PERSON, 0, ctx.me, ctx.now)
    rows: Rows = tuple(
        (OpenSeries(series).labelled(t.label(name)),) for series, name in NAMES.items()
    )
    words = t("A few short messages for those who are new to something. You can reword them.")
    return Screen(
        paragraphs(t("👋 <b>First steps</b>"), words), (*rows, *way_back(t, OpenAdmin()))
    )


@on(OpenSeries, reading=True)
async def open_series(ctx: Context, press: OpenSeries) -> Screen:
    t = ctx.t
    series = await editing.look(ctx.session, press.series, 0, ctx.me, ctx.now)
    shown, rows = [], []
    for step in range(welcomes.steps_of(series)):
        days = DAYS[step]
        day = t("<b>After {n} days</b>", n=days) if days else t("<b>On the first day</b>")
        shown.append(lines(day, await _words(ctx, series, step, t.language)))
        label = t.label("✏️ After {n} days", n=days) if days else t.label("✏️ First day")
        rows.append(OpenStep(series, step).labelled(label))
    pairs: Rows = tuple(tuple(rows[at : at + 2]) for at in range(0, len(rows), 2))
    title = t("<b>{name}</b>", name=t.plain(NAMES[series]))
    return Screen(paragraphs(title, *shown), (*pairs, *way_back(t, ListWelcomes())))


@on(OpenStep, reading=True)
async def open_step(ctx: Context, press: OpenStep) -> Screen:
    return await _step_screen(ctx, press.series, press.step)


async def _step_screen(ctx: Context, name: str, step: int, toast: str = "") -> Screen:
    t = ctx.t
    series = await editing.look(ctx.session, name, step, ctx.me, ctx.now)
    shown, rows = [], []
    for language, flag in LANGUAGES:
        own = await editing.text(ctx.session, series, step, language)
        shown.append(lines(flag, await _words(ctx, series, step, language)))
        row = [EditStep(series, step, language).labelled(t.label("{flag} Reword", flag=flag))]
        if own is not None:
            old = t.label("{flag} Original", flag=flag)
            row.append(BringBack(series, step, language).labelled(old))
        rows.append(tuple(row))
    return Screen(paragraphs(*shown), (*rows, *way_back(t, OpenSeries(series))), toast)


async def _words(ctx: Context, series: Series, step: int, language: str) -> Markup:
    own = await editing.text(ctx.session, series, step, language)
    if own is not None:
        return Markup(own)
    return ctx.house.texts[language](WORDS[series][step])


@on(BringBack)
async def bring_back(ctx: Context, press: BringBack) -> Screen:
    series = await editing.look(ctx.session, press.series, press.step, ctx.me, ctx.now)
    await editing.put(ctx.session, series, press.step, press.language, None, ctx.me, ctx.now)
    return await _step_screen(ctx, series, press.step, ctx.t.plain("The original holds again."))


@on(EditStep)
async def edit(ctx: Context, press: EditStep) -> Answer:
    series = await editing.look(ctx.session, press.series, press.step, ctx.me, ctx.now)
    return await begin(ctx, FORM, series=series.value, step=press.step, language=press.language)


def _ask(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    said = t("Write it as it is to be. Formatting stays as you make it.")
    english = t("In English, please.") if answers["language"] == "en" else t("In Czech, please.")
    return Screen(lines(said, english))


def _read(ctx: Context, message: Message) -> str:
    if not message.text:
        raise Unclear(ctx.t("Please send a text."))
    if len(message.text) > editing.LONGEST:
        limit = editing.LONGEST
        raise Unclear(ctx.t("This is too long: at most {limit} characters.", limit=limit))
    return message.text_html


async def _written(ctx: Context, answers: Answers) -> Answer:
    series, step = Series(answers["series"]), answers["step"]
    html, language = answers["html"], answers["language"]
    await editing.put(ctx.session, series, step, language, html, ctx.me, ctx.now)
    return await _step_screen(ctx, series, step, ctx.t.plain("Saved."))


async def _left(ctx: Context, answers: Answers) -> Answer:
    if "series" in answers:
        return await _step_screen(ctx, answers["series"], answers["step"])
    return await list_welcomes(ctx, ListWelcomes())


FORM = Form("welcome", (Question("html", _ask, _read),), _written, _left)

"""What somebody needs, in four questions: what, by when, samples, confidentiality."""

from datetime import date, timedelta

from telegram import Message

from bot.domain.instruments import enquiries
from bot.domain.instruments.asking import SAMPLES
from bot.domain.instruments.enquiries import LONGEST, Illegible
from bot.kit import dates
from bot.kit.buttons import LIMIT, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Question, Unclear
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts

PERIODS = {"soon": 0, "month": 30, "quarter": 91}  # days
FARTHEST = timedelta(days=3 * 365)


def _ask_what(ctx: Context, answers: Answers) -> Screen:
    t, said = ctx.t, answers.get("said", "")
    text = paragraphs(
        _to(t, answers["names"]),
        t(
            "1/4 <b>What do you need?</b> Write a sentence or two, such as <i>measure the "
            "thickness of a layer of SiO₂</i>."
        ),
        t("The owner will not learn who you are until you agree."),
    )
    ready: Rows = ((Choose("text", said).labelled(f"🔎 {said}"),),) if _fits(said) else ()
    return Screen(text, ready)


def _fits(said: str) -> bool:
    short = len(f"{Choose.prefix}:text:{said}".encode()) <= LIMIT
    return bool(said) and ":" not in said and short


def _to(t: Texts, names: list[str]) -> str:
    if not names:
        return t("📣 <b>A question to all members</b>")
    if len(names) == 1:
        return t("🔬 Enquiry about <b>{subject}</b>", subject=names[0])
    number = len(names)
    return t.n("🔬 Enquiry to {n} owner", "🔬 Enquiry to {n} owners", number)


def _read_text(ctx: Context, message: Message) -> str:
    return legible(ctx.t, message.text or "", LONGEST)


def _choose_text(ctx: Context, value: str) -> str:
    return legible(ctx.t, value, LONGEST)


def legible(t: Texts, text: str, most: int) -> str:
    try:
        return enquiries.said(text, most)
    except Illegible:
        raise Unclear(t("Please write a text of at most {n} characters.", n=most)) from None


def _ask_when(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    text = t(
        "2/4 <b>By when?</b> Choose, or write a day, such as <code>{day}</code>.", day=_day(ctx)
    )
    rows = (
        (Choose("when", "soon").labelled(t.label("As soon as possible")),),
        (
            Choose("when", "month").labelled(t.label("Within a month")),
            Choose("when", "quarter").labelled(t.label("Within 3 months")),
        ),
    )
    return Screen(text, rows)


def _day(ctx: Context) -> str:
    return ctx.t.date(_today(ctx) + timedelta(days=45))


def _today(ctx: Context) -> date:
    return ctx.now.astimezone(ctx.t.zone).date()


def _read_when(ctx: Context, message: Message) -> str:
    day, today = dates.day(ctx.t, message.text or "", ctx.now), _today(ctx)
    if day < today:
        raise Unclear(ctx.t("{when} has passed already.", when=ctx.t.date(day)))
    if day > today + FARTHEST:
        raise Unclear(ctx.t("Please choose a day within three years."))
    return day.isoformat()


def _choose_when(ctx: Context, value: str) -> str:
    """An ISO day; empty: as soon as possible."""
    days = PERIODS.get(value, 0)
    return (_today(ctx) + timedelta(days=days)).isoformat() if days else ""


def _ask_samples(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    text = t("3/4 <b>How many samples, and of what?</b> For example <i>6 pieces of SiO₂</i>.")
    return Screen(text, ((Choose("samples", "no").labelled(t.label("⏭ Skip")),),))


def _read_samples(ctx: Context, message: Message) -> str:
    return legible(ctx.t, message.text or "", SAMPLES)


def _ask_nda(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    row = (
        Choose("nda", "yes").labelled(t.label("🔏 Yes, NDA")),
        Choose("nda", "no").labelled(t.label("No")),
    )
    return Screen(t("4/4 <b>Is a non-disclosure agreement (NDA) needed?</b>"), (row,))


def _read_nda(ctx: Context, _: Message) -> bool:
    raise Unclear(ctx.t("Please press one of the buttons."))


QUESTIONS = (
    Question("text", _ask_what, _read_text, _choose_text),
    Question("when", _ask_when, _read_when, _choose_when),
    Question("samples", _ask_samples, _read_samples, lambda _ctx, _value: ""),
    Question("nda", _ask_nda, _read_nda, lambda _ctx, value: value == "yes"),
)

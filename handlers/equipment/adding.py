"""Adding an instrument: four questions, the rest on the screen where it is changed."""

from typing import Any

from telegram import Message

from bot.domain.instruments import caring, cells, wording
from bot.domain.instruments.cells import Fault
from bot.domain.refusals import Gone
from bot.kit.buttons import Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, Unclear, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines
from handlers.equipment import faults
from handlers.equipment.care_ways import AddInstrument
from handlers.equipment.editing import edit_screen
from handlers.equipment.keeping import shelf_screen

SKIP = "-"


@on(AddInstrument)
async def add(ctx: Context, press: AddInstrument) -> Answer:
    if press.organisation_id == 0:
        raise Gone
    await caring.require(ctx.session, press.organisation_id, ctx.me, ctx.now)
    return await begin(ctx, NEW, organisation_id=press.organisation_id)


def _typed(column: str) -> Any:
    def read(ctx: Context, message: Message) -> str:
        try:
            return str(cells.read(column, message.text or "") or "")
        except Fault as fault:
            raise Unclear(ctx.t("⚠️ {why}", why=faults.words(ctx.t, fault))) from None

    return read


def _made(ctx: Context, message: Message) -> str:
    """Two lines at most: the maker, the model."""
    text = cells.tidy(message.text or "")
    if not text or len(text) > cells.LINE:
        raise Unclear(ctx.t("Please write the maker and the model, with a comma between."))
    return text


def _ask_name(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    example = t("For example <i>Spectroscopic ellipsometer</i>.")
    return Screen(lines(t("🔬 What is it called?"), example))


def _ask_word(column: str) -> Any:
    def ask(ctx: Context, _: Answers) -> Screen:
        t = ctx.t
        asked = t("What is it?") if column == "kind" else t("In which field is it?")
        options = wording.choices(column, t.language)
        faces = [Choose(column, value).labelled(label) for value, label in options]
        rows: Rows = tuple(tuple(faces[at : at + 2]) for at in range(0, len(faces), 2))
        return Screen(asked, rows)

    return ask


def _ask_what(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("What is it used for? A sentence will do."), _skip(ctx, "what"))


def _ask_made(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    asked = lines(
        t("Who made it, and what is the model?"), t("For example <i>Woollam, M-2000</i>")
    )
    return Screen(asked, _skip(ctx, "made"))


def _skip(ctx: Context, question: str) -> Rows:
    return ((Choose(question, SKIP).labelled(ctx.t.label("Skip")),),)


def _word(column: str) -> Any:
    def choose(_: Context, value: str) -> str:
        if value not in dict(wording.choices(column, "en")):
            raise Gone
        return value

    return choose


def _skipped(_: Context, value: str) -> str:
    if value != SKIP:
        raise Gone
    return ""


async def _done(ctx: Context, answers: Answers) -> Answer:
    maker, _, model = (part.strip() for part in str(answers["made"]).partition(","))
    said = {column: str(answers[column]) for column in ("name", "kind", "category", "what")}
    told = {**said, "maker": maker, "model": model}
    home = int(answers["organisation_id"])
    it = await caring.add(ctx.session, home, told, ctx.me, ctx.now)
    return await edit_screen(ctx, it.key, ctx.t.plain("Added. You can say more about it here."))


async def _left(ctx: Context, answers: Answers) -> Answer:
    return await shelf_screen(ctx, int(answers.get("organisation_id", 0)))


NEW = Form(
    "equipment.new",
    (
        Question("name", _ask_name, _typed("name")),
        Question("kind", _ask_word("kind"), _typed("kind"), _word("kind")),
        Question("category", _ask_word("category"), _typed("category"), _word("category")),
        Question("what", _ask_what, _typed("what"), _skipped),
        Question("made", _ask_made, _made, _skipped),
    ),
    _done,
    _left,
)

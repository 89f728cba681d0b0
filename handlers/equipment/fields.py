"""Asking for a field of a record: its text is typed, or one of a few words is chosen."""

from typing import Any

from telegram import Message

from bot.domain.instruments import caring, cells, lists, wording
from bot.domain.instruments.cells import Fault
from bot.domain.refusals import Gone
from bot.kit.buttons import Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, Unclear, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.equipment import faults
from handlers.equipment.care_ways import EditField
from handlers.equipment.editing import GROUPS, WORDS, group_of, group_screen
from handlers.links import way_back

NONE = "-none"
COLLEAGUE = "-p"  # before the id of a person
COLLEAGUES = 5
NEEDED = ("name", "category", "kind", "owner")


@on(EditField)
async def edit_field(ctx: Context, press: EditField) -> Answer:
    if all(press.field not in fields for _, fields in GROUPS.values()):
        raise Gone
    kept = await caring.look(ctx.session, press.instrument_id, ctx.me, ctx.now)
    it, field = kept.instrument, press.field
    old = cells.written(field, lists.value(it, field), ctx.t.language)
    people: list[tuple[int, str]] = []
    if field == "guarantor":
        found = await caring.colleagues(ctx.session, it)
        people = [(each.key, each.name) for each in found[:COLLEAGUES]]
    known = {"instrument_id": it.key, "field": field, "old": old, "people": people}
    return await begin(ctx, FIELD, **known)


def _ask(ctx: Context, answers: Answers) -> Screen:
    t, field = ctx.t, str(answers["field"])
    old = t("Now: <i>{old}</i>", old=answers["old"]) if answers["old"] else ""
    asked = t("✏️ <b>{field}</b>", field=wording.heading(field, t.language))
    return Screen(paragraphs(lines(asked, _hint(t, field)), old), _ready(t, answers))


def _hint(t: Texts, field: str) -> str:
    match field:
        case "parameters":
            return t("One a line, for example:\n<code>Wavelength: 400–1000 nm</code>")
        case "price_members" | "price_academia" | "price_others":
            return t("In crowns, for example <code>500</code> or <code>500–800</code>")
        case "link":
            return t("It begins with https://")
        case "doi":
            return t("For example <code>10.1234/abc</code>")
        case "guarantor":
            return t("Choose a colleague, who will be asked too, or just write a name.")
        case "reference":
            return t("Your own number, by which a list is matched to the records.")
        case "samples":
            return t("How large, how heavy, what must not be brought?")
    return t("Choose one.") if field in WORDS else t("Please write it.")


def _ready(t: Texts, answers: Answers) -> Rows:
    """Buttons with answers: words to choose from, colleagues, and nothing at all."""
    field = str(answers["field"])
    options: list[tuple[str, str]] = []
    if field in WORDS:
        options = wording.choices(field, t.language)
    options += [(f"{COLLEAGUE}{key}", name) for key, name in answers.get("people", ())]
    if answers["old"] and field not in NEEDED:
        options.append((NONE, t.label("🗑 Leave empty")))
    return tuple((Choose("said", value).labelled(label),) for value, label in options)


def _read(ctx: Context, message: Message) -> str:
    """Checked once more when all is known; here only that there is a text."""
    text = message.text or ""
    if not cells.tidy(text):
        raise Unclear(ctx.t("Please write it as a text."))
    return text


def _choose(_: Context, value: str) -> str:
    return value


async def _done(ctx: Context, answers: Answers) -> Answer:
    t, key, field = ctx.t, int(answers["instrument_id"]), str(answers["field"])
    said = str(answers["said"])
    if said.startswith(COLLEAGUE) and field == "guarantor":
        await caring.entrust(ctx.session, key, _id(said), ctx.me, ctx.now)
        return await group_screen(ctx, key, group_of(field), t.plain("Changed."))
    try:
        text = "" if said == NONE else said
        it = await caring.change(ctx.session, key, field, text, ctx.me, ctx.now)
    except Fault as fault:
        return await _again(ctx, answers, fault)
    screen = await group_screen(ctx, key, group_of(field), t.plain("Changed."))
    odd = cells.unknown_units(it.parameters) if field == "parameters" else []
    return Screen(paragraphs(screen.text, odd_units(t, odd)), screen.rows, screen.toast)


async def _again(ctx: Context, answers: Answers, fault: Fault) -> Answer:
    """Ask the same once more, and say why."""
    known: dict[str, Any] = {name: value for name, value in answers.items() if name != "said"}
    asked = await begin(ctx, FIELD, **known)
    why = ctx.t("⚠️ {why}", why=faults.words(ctx.t, fault))
    assert isinstance(asked, Screen)
    return Screen(paragraphs(why, asked.text), asked.rows)


def odd_units(t: Texts, odd: list[str]) -> str:
    """What is kept as mere text."""
    if not odd:
        return ""
    told = lines(*(t("• {parameter}", parameter=each) for each in odd[:5]))
    return lines(t("⚠️ I do not know these units, so they cannot be searched by:"), told)


def _id(said: str) -> int:
    digits = said.removeprefix(COLLEAGUE)
    if not digits.isascii() or not digits.isdecimal():
        raise Gone
    return int(digits)


async def _left(ctx: Context, answers: Answers) -> Answer:
    if not answers:
        return Screen(ctx.t("Nothing was changed."), way_back(ctx.t))
    key, field = int(answers["instrument_id"]), str(answers["field"])
    return await group_screen(ctx, key, group_of(field))


FIELD = Form("equipment.field", (Question("said", _ask, _read, _choose),), _done, _left)

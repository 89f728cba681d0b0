"""Who sees a record and its fields, and its photo."""

from dataclasses import dataclass

from telegram import Message

from bot.domain.instruments import caring
from bot.domain.instruments.caring import KEPT_BACK
from bot.domain.instruments.visibility import RECORD, visibility
from bot.domain.refusals import Gone
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, Unclear, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.equipment.editing import EditPhoto, EditVisibility, edit_screen
from handlers.equipment.ways import EditInstrument
from handlers.links import way_back
from storage.instruments import Instrument, Visibility

NONE = "none"
LARGEST = 20 * 1024 * 1024  # bytes that Telegram gives out to bots
KINDS = {
    Visibility.PUBLIC: gettext_noop("🌍 everybody"),
    Visibility.MEMBERS: gettext_noop("👥 members"),
    Visibility.REQUEST: gettext_noop("🔒 on request"),
}
NAMES = {
    RECORD: gettext_noop("The record"),
    "guarantor": gettext_noop("Guarantor"),
    "price": gettext_noop("Prices"),
    "what": gettext_noop("Use"),
    "make": gettext_noop("Maker and model"),
    "parameters": gettext_noop("Parameters"),
    "site": gettext_noop("Place"),
    "samples": gettext_noop("Samples"),
    "access": gettext_noop("Access"),
    "photo": gettext_noop("Photo"),
    "link": gettext_noop("Link"),
}


@dataclass(frozen=True)
class ShowTo(Button, prefix="in.ed.vt"):
    """The next of the kinds of people who may see it."""

    instrument_id: int
    what: str
    to: str


@on(EditVisibility, reading=True)
async def edit_visibility(ctx: Context, press: EditVisibility) -> Screen:
    return await _visibility_screen(ctx, press.instrument_id)


@on(ShowTo)
async def show_to(ctx: Context, press: ShowTo) -> Screen:
    what, to = press.what, press.to
    await caring.show(ctx.session, press.instrument_id, what, to, ctx.me, ctx.now)
    return await _visibility_screen(ctx, press.instrument_id, ctx.t.plain("Changed."))


async def _visibility_screen(ctx: Context, instrument_id: int, toast: str = "") -> Screen:
    t, kept = ctx.t, await caring.look(ctx.session, instrument_id, ctx.me, ctx.now)
    it = kept.instrument
    fields = [_turn(t, it, what) for what in KEPT_BACK]
    pairs = (tuple(fields[at : at + 2]) for at in range(0, len(fields), 2))
    text = paragraphs(
        t("👁 <b>{name}</b>", name=it.name),
        lines(
            t("Who sees the record, and its fields? Tap to change it."),
            t("🌍 everybody · 👥 members · 🔒 you tell it to who asks"),
        ),
    )
    rows: Rows = ((_turn(t, it, RECORD),), *pairs, *way_back(t, EditInstrument(instrument_id)))
    return Screen(text, rows, toast)


def _turn(t: Texts, it: Instrument, what: str) -> dict[str, object]:
    """A button with who sees it now, which makes it the next kind of people."""
    kinds = [Visibility.PUBLIC, Visibility.MEMBERS]
    if what != RECORD:
        kinds.append(Visibility.REQUEST)
    now = visibility(it, caring.TOGETHER.get(what, (what,))[-1])
    to = kinds[(kinds.index(now) + 1) % len(kinds)] if now in kinds else Visibility.PUBLIC
    sign = t.label(KINDS[now])
    if what != RECORD:
        sign = sign.partition(" ")[0]
    label = t.label("{what}: {sign}", what=t.plain(NAMES[what]), sign=sign)
    return ShowTo(it.key, what, to.value).labelled(label)


@on(EditPhoto)
async def edit_photo(ctx: Context, press: EditPhoto) -> Answer:
    kept = await caring.look(ctx.session, press.instrument_id, ctx.me, ctx.now)
    known = {"instrument_id": kept.instrument.key, "old": bool(kept.instrument.photo)}
    return await begin(ctx, PHOTO, **known)


def _ask(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    away = Choose("photo", NONE).labelled(t.label("🗑 Without a photo"))
    return Screen(t("🖼 Send me a photo of it."), ((away,),) if answers["old"] else ())


def _read(ctx: Context, message: Message) -> str:
    t = ctx.t
    if message.photo:
        return message.photo[-1].file_id
    document = message.document
    if document is None:
        raise Unclear(t("This is no photo. Please send me a photo, or cancel."))
    if (document.file_size or 0) > LARGEST:
        raise Unclear(t("This file is too large. Please send it as a photo, not as a file."))
    if (document.mime_type or "").startswith("image/"):
        raise Unclear(t("This came as a file. Please send it as a photo, so that I can show it."))
    raise Unclear(t("This is a document, not a photo. Please send me a photo, or cancel."))


def _without(_: Context, value: str) -> str:
    if value != NONE:
        raise Gone
    return ""


async def _done(ctx: Context, answers: Answers) -> Answer:
    key, photo = int(answers["instrument_id"]), answers["photo"] or None
    await caring.depict(ctx.session, key, photo, ctx.me, ctx.now)
    said = ctx.t.plain("The photo is there.") if photo else ctx.t.plain("Changed.")
    return await edit_screen(ctx, key, said)


async def _left(ctx: Context, answers: Answers) -> Answer:
    if not answers:
        return Screen(ctx.t("Nothing was changed."), way_back(ctx.t))
    return await edit_screen(ctx, int(answers["instrument_id"]))


PHOTO = Form("equipment.photo", (Question("photo", _ask, _read, _without),), _done, _left)

"""Writing an announcement: a message is taken as it is, with its formatting or its file."""

from contextlib import suppress
from typing import Any

from telegram import Message, MessageEntity

from bot.domain import announcements, rights
from bot.domain.announcements import Card, Content
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from bot.kit import forms
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, Unclear
from bot.kit.routes import command, on
from bot.kit.screens import TEXT_LIMIT, Answer, Screen, paragraphs
from bot.kit.texts import gettext_noop
from handlers.announcements.cards import Discard, Rewrite, screen, show_content
from handlers.announcements.past import all_screen, list_screen
from handlers.links import (
    Announce,
    AnnounceTo,
    AnnounceToPillar,
    OpenAnnounced,
    OpenPillar,
    way_back,
)
from storage import workshops
from storage.announcements import EVERYBODY, Choice, Facet, audiences
from storage.workshops import Event

WAYS = "reply_markup"  # of a message's payload
LABEL = 40  # characters of a title on a button
CAPTION_LIMIT = 1024  # characters; people with Telegram Premium may write longer ones, bots not


@command(
    "oznameni", "announce", describe=gettext_noop("Write an announcement"), managers_only=True
)
async def write_by_command(ctx: Context, _: str) -> Answer:
    return await _begin(ctx)


@on(Announce)
async def write(ctx: Context, _: Announce) -> Answer:
    return await _begin(ctx)


@on(AnnounceTo)
async def write_to(ctx: Context, press: AnnounceTo) -> Answer:
    await rights.require(ctx.session, ctx.me, Action.DRAFT_ANNOUNCEMENT, ctx.now)
    event = await workshops.find(ctx.session, press.workshop_id)
    if event is None:
        raise Gone
    title = event.title if len(event.title) <= LABEL else f"{event.title[: LABEL - 1]}…"
    face = OpenAnnounced(event.id).labelled(f"📅 {title}")
    return await forms.begin(ctx, FORM, event=event.id, ways={"inline_keyboard": [[face]]})


@on(AnnounceToPillar)
async def write_to_pillar(ctx: Context, press: AnnounceToPillar) -> Answer:
    await announcements.begin_for(ctx.session, ctx.me, press.pillar_id, ctx.now)
    return await forms.begin(ctx, FORM, pillar=press.pillar_id)


@on(Rewrite)
async def rewrite(ctx: Context, press: Rewrite) -> Answer:
    await announcements.revise(ctx.session, press.announcement_id, ctx.me, ctx.now)
    card = await announcements.look(ctx.session, press.announcement_id, ctx.me, ctx.now)
    ways = card.contents[0].payload.get(WAYS) if card.contents else None
    return await forms.begin(ctx, FORM, instead_of=press.announcement_id, ways=ways)


@on(Discard)
async def discard(ctx: Context, press: Discard) -> Screen:
    card = await announcements.look(ctx.session, press.announcement_id, ctx.me, ctx.now)
    await announcements.discard(ctx.session, press.announcement_id, ctx.me, ctx.now)
    return await all_screen(ctx, card, toast=ctx.t.plain("Thrown away."))


async def _begin(ctx: Context) -> Answer:
    await rights.require(ctx.session, ctx.me, Action.DRAFT_ANNOUNCEMENT, ctx.now)
    return await forms.begin(ctx, FORM)


def _ask(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    title = t("📣 <b>A new announcement</b>")
    words = t(
        "Write the message, or send a picture or a document with a caption. "
        "Formatting stays as you make it. Nothing is sent yet."
    )
    weekly = t("It goes to the people of the pillar, who get one such message a week at most.")
    return Screen(paragraphs(title, words, weekly if "pillar" in answers else ""))


def _read(ctx: Context, message: Message) -> Answers:
    t = ctx.t
    if message.media_group_id:
        raise Unclear(t("An album cannot be announced. Please send one picture, with a caption."))
    if message.text:
        return _text(ctx, message)
    if message.photo:
        return _file(ctx, message, "sendPhoto", "photo", message.photo[-1].file_id)
    if message.document and not message.animation:
        return _file(ctx, message, "sendDocument", "document", message.document.file_id)
    raise Unclear(t("Only a text, a picture or a document can be announced. Please send one."))


def _text(ctx: Context, message: Message) -> Answers:
    text = message.text or ""
    if len(text) > TEXT_LIMIT:
        raise Unclear(ctx.t("This is too long: at most {limit} characters.", limit=TEXT_LIMIT))
    payload: dict[str, Any] = {"text": text, "entities": _plain(message.entities)}
    if message.link_preview_options:
        payload["link_preview_options"] = message.link_preview_options.to_dict()
    return {"method": "sendMessage", "payload": payload}


def _file(ctx: Context, message: Message, method: str, slot: str, file_id: str) -> Answers:
    caption = message.caption or ""
    if len(caption) > CAPTION_LIMIT:
        limit = CAPTION_LIMIT
        raise Unclear(ctx.t("The caption is too long: at most {limit} characters.", limit=limit))
    payload: dict[str, Any] = {slot: file_id}
    if caption:
        payload |= {"caption": caption, "caption_entities": _plain(message.caption_entities)}
    if message.show_caption_above_media:
        payload["show_caption_above_media"] = True
    if message.has_media_spoiler:
        payload["has_spoiler"] = True
    return {"method": method, "payload": payload}


def _plain(entities: tuple[MessageEntity, ...]) -> list[dict[str, Any]]:
    return [entity.to_dict() for entity in entities]


async def _written(ctx: Context, answers: Answers) -> Answer:
    content, replaced = Content(**answers["content"]), answers.get("instead_of")
    if ways := answers.get("ways"):
        content.payload[WAYS] = ways
    card = await announcements.write(
        ctx.session,
        ctx.me,
        content,
        ctx.now,
        instead_of=replaced,
        pillar_id=answers.get("pillar"),
    )
    if event := answers.get("event"):
        with suppress(Gone):  # then the audience is chosen as for any other
            card = await _address(ctx, card, event)
    show_content(ctx, card)
    return None


async def _address(ctx: Context, card: Card, event_id: int) -> Card:
    """To those who come; where nobody does yet, to those whom the event is for."""
    key, session, now = card.announcement.key, ctx.session, ctx.now
    registered = audiences.of(Facet.REGISTERED, event_id)
    card = await announcements.address(session, key, ctx.me, registered, now)
    event = await workshops.find(session, event_id)
    wider = _meant_by(event) if event is not None else None
    if card.people or wider is None:
        return card
    return await announcements.address(session, key, ctx.me, wider, now)


def _meant_by(event: Event) -> Choice | None:
    match event.audience:
        case workshops.Audience.PUBLIC:
            return EVERYBODY
        case workshops.Audience.MEMBERS:
            return audiences.of(Facet.MEMBERSHIP, audiences.MEMBERS)
        case workshops.Audience.PILLAR if event.pillar_id:
            return audiences.of(Facet.PILLAR, event.pillar_id)
    return None


async def _left(ctx: Context, answers: Answers) -> Answer:
    kept = answers.get("instead_of")
    if pillar_id := answers.get("pillar"):
        nothing = ctx.t("All right, nothing was changed.")
        return Screen(nothing, way_back(ctx.t, OpenPillar(pillar_id)))
    try:
        card = await announcements.look(ctx.session, kept or 0, ctx.me, ctx.now)
    except Gone:
        return await list_screen(ctx)
    return screen(ctx.t, card)


FORM = Form("announcement", (Question("content", _ask, _read),), _written, _left)

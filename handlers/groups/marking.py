"""What was said and should stand in the minutes: marked in the group, or passed on to us."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import (
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from bot.domain.groups import marking
from bot.domain.groups.marking import NothingToMark, Said
from bot.domain.refusals import Gone
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import command, group_command, on, taking
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.texts import gettext_noop
from handlers.groups.ways import ListMeetings
from handlers.links import ListPillars, way_back
from storage.pillars import Pillar

PILLARS = 8  # on one page


@dataclass(frozen=True)
class MoveMark(Button, prefix="pi.mk.to"):
    mark_id: int
    pillar_id: int


@dataclass(frozen=True)
class PageMark(Button, prefix="pi.mk.p"):
    """Other pillars to whose minutes it may belong; it is noted for that of `pillar_id`."""

    mark_id: int
    pillar_id: int
    page: int


@dataclass(frozen=True)
class Unmark(Button, prefix="pi.mk.no"):
    mark_id: int


@group_command("zapis", "minutes")
async def mark_here(ctx: Context, rest: str) -> Screen:
    """In reply to a message; what stands behind the command is marked where it replies to none."""
    message = ctx.message
    assert message is not None
    said = _answered(message, rest)
    thread = message.message_thread_id if message.is_topic_message else None
    chat_id = message.chat.id
    await marking.mark_here(ctx.session, ctx.me, chat_id, thread or 0, said, ctx.now)
    return Screen(ctx.t("📌 Noted for the minutes."))


def _answered(message: Message, rest: str) -> Said:
    about = message.reply_to_message
    if about is not None and (words := about.text or about.caption):
        return Said(words, _author(about), about.date, about.message_id)
    if rest:
        return Said(rest, _author(message), message.date, message.message_id)
    raise NothingToMark


def _author(message: Message) -> str:
    if message.sender_chat is not None:
        return message.sender_chat.title or ""
    return message.from_user.full_name if message.from_user else ""


@command("zapis", "minutes", describe=gettext_noop("Minutes of meetings"), listed=False)
async def explain(ctx: Context, _: str) -> Screen:
    t = ctx.t
    text = paragraphs(
        t("📌 <b>For the minutes</b>"),
        t("In the group of your pillar, reply /minutes to a message. Or forward it to me here."),
    )
    return Screen(text, way_back(t, ListPillars()))


@taking
async def passed_on(ctx: Context, text: str) -> Answer:
    """A forwarded message, from somebody of a pillar; everything else is left to others.

    People pass on several in a row, so each is noted at once and can be moved afterwards.
    """
    message = ctx.message
    if message is None or message.forward_origin is None or not text.strip():
        return None
    found = await marking.mine(ctx.session, ctx.me, ctx.now)
    if not found:
        return None
    said = Said(text, _said_by(message), message.forward_origin.date)
    mark = await marking.mark(ctx.session, ctx.me, found[0].key, said, ctx.now)
    return _noted(ctx, mark.key, found[0], found)


def _said_by(message: Message) -> str:
    match message.forward_origin:
        case MessageOriginUser(sender_user=user):
            return user.full_name
        case MessageOriginHiddenUser(sender_user_name=name):
            return name
        case MessageOriginChat(sender_chat=chat) | MessageOriginChannel(chat=chat):
            return chat.title or ""
    return ""


def _noted(
    ctx: Context, mark_id: int, pillar: Pillar, found: Sequence[Pillar], number: int = 0
) -> Screen:
    t = ctx.t
    name = pillar.name_in(t.language)
    text = t("📌 Noted for the next minutes of the pillar {pillar}.", pillar=name)
    part = page([each for each in found if each.key != pillar.key], number, PILLARS)
    others: Rows = tuple(
        (MoveMark(mark_id, each.key).labelled(f"↪️ {each.name_in(t.language)}"),)
        for each in part.items
    )
    if turns := part.turns(lambda to: PageMark(mark_id, pillar.key, to)):
        others = (*others, turns)
    undo = Unmark(mark_id).labelled(t.label("🗑 It does not belong there"))
    return Screen(text, (*others, (undo,), *way_back(t, ListMeetings(pillar.key))))


@on(PageMark, reading=True)
async def page_mark(ctx: Context, press: PageMark) -> Screen:
    found = await marking.mine(ctx.session, ctx.me, ctx.now)
    pillar = next((each for each in found if each.key == press.pillar_id), None)
    if pillar is None:
        raise Gone
    return _noted(ctx, press.mark_id, pillar, found, press.page)


@on(MoveMark)
async def move_mark(ctx: Context, press: MoveMark) -> Screen:
    key = press.mark_id
    pillar = await marking.move_mark(ctx.session, ctx.me, key, press.pillar_id, ctx.now)
    return _noted(ctx, key, pillar, await marking.mine(ctx.session, ctx.me, ctx.now))


@on(Unmark)
async def unmark(ctx: Context, press: Unmark) -> Screen:
    await marking.unmark(ctx.session, ctx.me, press.mark_id)
    return Screen(ctx.t("I have not noted it anywhere."), way_back(ctx.t, ListPillars()))

"""Writing to the manager: by a button, or by a reply to what the manager has sent."""

from telegram import Message

from bot.domain import letters
from bot.domain.letters import Content
from bot.kit import forms
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, Unclear
from bot.kit.routes import on, taking
from bot.kit.screens import SILENCE, Answer, Screen, paragraphs
from handlers.letters import passing
from handlers.letters.reading import read
from handlers.links import WriteToManager, way_back
from storage import announcements
from storage import letters as store


@on(WriteToManager)
async def write(ctx: Context, _: WriteToManager) -> Answer:
    """In a new message: it may stand under an answer of the manager."""
    shown = await forms.begin(ctx, FORM)
    assert isinstance(shown, Screen)
    return Screen(shown.text, shown.rows, fresh=True)


def _ask(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    words = t("Write what you need; you can send a picture or a document, too.")
    return Screen(paragraphs(t("✉️ <b>A letter to the manager</b>"), words))


def readable(ctx: Context, message: Message) -> Answers:
    content = read(message)
    if content is None:
        raise Unclear(ctx.t("This I cannot pass on. Please send a text, a picture or a file."))
    return {
        "method": content.method,
        "payload": content.payload,
        "message_id": message.message_id,
    }


async def _written(ctx: Context, answers: Answers) -> Answer:
    said = answers["content"]
    content = Content(said["method"], said["payload"])
    return await _send(ctx, content, said["message_id"])


async def _left(ctx: Context, _: Answers) -> Answer:
    return Screen(ctx.t("All right, nothing was sent."), way_back(ctx.t))


FORM = Form("letter", (Question("content", _ask, readable),), _written, _left)


@taking
async def reply(ctx: Context, _: str) -> Answer:
    """To an announcement, or to an answer; everything else is left to others."""
    message = ctx.message
    content = read(message) if message is not None else None
    if message is None or content is None:
        return None
    if message.media_group_id and await _belongs(ctx, message, content):
        return SILENCE
    if message.reply_to_message is None:
        return None
    place = (message.chat.id, message.reply_to_message.message_id)
    announcement_id = await announcements.of_message(ctx.session, *place)
    if announcement_id is not None:
        return await _send(ctx, content, message.message_id, announcement_id)
    answer = await store.shown_in(ctx.session, *place)
    if answer is None or answer.person_id != ctx.me.key:
        return None
    return await _send(ctx, content, message.message_id, answer.announcement_id)


async def _belongs(ctx: Context, message: Message, content: Content) -> bool:
    """To an album, of which the file before it is a letter or an answer already."""
    if await passing.goes_on(ctx, message, content, ctx.me):
        return True
    letter = await letters.add(
        ctx.session, ctx.me, content, ctx.now, message_id=message.message_id
    )
    if letter is not None:
        await passing.bring(ctx, letter, ctx.me)
    return letter is not None


async def _send(
    ctx: Context, content: Content, message_id: int, announcement_id: int | None = None
) -> Screen:
    letter = await letters.write(
        ctx.session,
        ctx.me,
        content,
        ctx.now,
        message_id=message_id,
        announcement_id=announcement_id,
    )
    await passing.bring(ctx, letter, ctx.me)
    t = ctx.t
    thanks = t("✅ The manager has your letter. The answer will come here.")
    return Screen(thanks, way_back(t))

"""What people press under an announcement: interest, an answer, words of their own."""

from collections.abc import Callable

from telegram import Message

from bot.domain.announcements import responses
from bot.kit import buttons, forms
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, Unclear
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, Toast, paragraphs
from handlers.announcements.cards import send_screen
from handlers.announcements.keyboard import BeInterested, ChooseOption, WriteBack
from handlers.links import way_back
from storage.outbox import Call

TICK = "✓ "
LIMIT = 1000  # characters
Look = Callable[[Button, str], Face | None]  # a button of ours as it is to be, or None: as it was


@on(BeInterested)
async def be_interested(ctx: Context, press: BeInterested) -> Toast:
    key, t = press.announcement_id, ctx.t
    change = responses.be_interested if press.yes else responses.lose_interest
    await change(ctx.session, key, ctx.me, ctx.now)
    _redraw(ctx, lambda button, label: _interest(button, label, press))
    if press.yes:
        return Toast(t.plain("Noted: you are interested. To take it back, press again."))
    return Toast(t.plain("Taken back."))


@on(ChooseOption)
async def choose(ctx: Context, press: ChooseOption) -> Toast:
    await responses.choose(ctx.session, press.announcement_id, press.option, ctx.me, ctx.now)
    _redraw(ctx, lambda button, label: _option(button, label, press))
    return Toast(ctx.t.plain("Thank you, noted. You can still change it."))


@on(WriteBack)
async def write_back(ctx: Context, press: WriteBack) -> None:
    """Asked below the announcement, which stays to be read and answered once more."""
    known = await responses.may_write(ctx.session, press.announcement_id, ctx.me)
    asked = await forms.begin(ctx, WORDS, announcement_id=press.announcement_id, known=known)
    assert isinstance(asked, Screen)
    send_screen(ctx, asked)


def _interest(button: Button, label: str, press: BeInterested) -> Face | None:
    if not isinstance(button, BeInterested) or button.announcement_id != press.announcement_id:
        return None
    return BeInterested(press.announcement_id, 1 - press.yes).labelled(_ticked(label, press.yes))


def _option(button: Button, label: str, press: ChooseOption) -> Face | None:
    if not isinstance(button, ChooseOption) or button.announcement_id != press.announcement_id:
        return None
    return button.labelled(_ticked(label, button.option == press.option))


def _ticked(label: str, sure: object) -> str:
    bare = label.removeprefix(TICK)
    return f"{TICK}{bare}" if sure else bare


def _redraw(ctx: Context, look: Look) -> None:
    """Only in their own chat: everybody else sees their own answer."""
    query = ctx.update.callback_query
    pressed = query.message if query else None
    if not isinstance(pressed, Message) or pressed.reply_markup is None:
        return
    rows = [
        [_face(face, look) for face in row]
        for row in pressed.reply_markup.to_dict()["inline_keyboard"]
    ]
    payload = {"message_id": pressed.message_id, "reply_markup": {"inline_keyboard": rows}}
    ctx.owe(Call("editMessageReplyMarkup", pressed.chat.id, payload))


def _face(face: Face, look: Look) -> Face:
    button = buttons.read(face.get("callback_data", ""))
    return (look(button, face["text"]) if button else None) or face


def _ask(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    known = answers.get("known")
    so_far = t("So far you wrote: {words}", words=known) if known else ""
    return Screen(paragraphs(t("✍️ Write your answer. The team of the cluster reads it."), so_far))


def _read(ctx: Context, message: Message) -> str:
    words = (message.text or "").strip()
    if not words:
        raise Unclear(ctx.t("Please write it in words."))
    if len(words) > LIMIT:
        raise Unclear(ctx.t("This is too long: at most {limit} characters.", limit=LIMIT))
    return words


async def _written(ctx: Context, answers: Answers) -> Answer:
    key, words = answers["announcement_id"], answers["words"]
    await responses.write(ctx.session, key, words, ctx.me, ctx.now)
    return Screen(ctx.t("Thank you, the answer has been passed on."), way_back(ctx.t))


async def _left(ctx: Context, _: Answers) -> Answer:
    return Screen(ctx.t("All right, nothing was sent."), way_back(ctx.t))


WORDS = Form("announcement.answer", (Question("words", _ask, _read),), _written, _left)

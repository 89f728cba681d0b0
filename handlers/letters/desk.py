"""Letters as the team deals with them: those that wait, one of them, and the answer."""

from datetime import timedelta

from telegram import Message

from bot.domain import letters, rights
from bot.domain.letters import Case, Content, forum
from bot.domain.letters.answering import Waiting
from bot.domain.rights import Action
from bot.kit import forms
from bot.kit.buttons import Face, Rows
from bot.kit.context import Context, Desk
from bot.kit.forms import Answers, Form, Question
from bot.kit.paging import page
from bot.kit.routes import job, on, on_reply
from bot.kit.screens import SILENCE, Answer, Screen, Toast, lines, paragraphs
from bot.kit.texts import Texts
from handlers.letters import passing
from handlers.letters.reading import read
from handlers.letters.ways import (
    AnswerLetter,
    CloseLetter,
    OfferForum,
    OpenLetter,
    ShowLetter,
)
from handlers.letters.writing import readable
from handlers.links import ListLetters, OpenAdmin, way_back
from storage import letters as store
from storage.outbox import Call
from storage.people import Person

GLIMPSE = 700  # characters of a letter, on its card
LABEL = 40  # of its button in the list


@on(ListLetters, reading=True)
async def list_letters(ctx: Context, press: ListLetters) -> Screen:
    return await _list(ctx, press.page)


async def _list(ctx: Context, number: int = 0, toast: str = "") -> Screen:
    t = ctx.t
    found = await letters.waiting(ctx.session, ctx.me, ctx.now)
    part = page(found, number)
    words = t.n("{n} letter waits, the oldest first.", "{n} letters wait, the oldest first.",
                len(found))  # fmt: skip
    if not found:
        words = t("No letter waits for an answer.")
    rows: Rows = tuple((_face(t, each),) for each in part.items)
    turns = part.turns(ListLetters)
    place, more = await _where(ctx)
    text = paragraphs(t("✉️ <b>Letters</b>"), words, place)
    ways: Rows = tuple(filter(None, (turns, more)))
    return Screen(text, (*rows, *ways, *way_back(t, OpenAdmin())), toast)


async def _where(ctx: Context) -> tuple[str, tuple[Face, ...]]:
    """Where new ones come, and how managers have them come to a group of the team."""
    t, title = ctx.t, await forum.title(ctx.session)
    if title:
        return t("New ones come to the group <b>{title}</b>.", title=title), ()
    here = t("New ones come to you here in the chat.")
    if not await rights.may(ctx.session, ctx.me, Action.KEEP_LETTER_DESK, ctx.now):
        return here, ()
    return here, (OfferForum().labelled(t.label("👥 Into a group of the team")),)


def _face(t: Texts, waiting: Waiting) -> Face:
    """With how it begins, so that several of one person are told apart."""
    day = t.short_date(waiting.letter.at.astimezone(t.zone).date())
    begins = " ".join(passing.content_of(waiting.letter).words.split()) or "📎"
    label = f"{day} {waiting.person.name}: {begins}"
    cut = label if len(label) <= LABEL else f"{label[: LABEL - 1].rstrip()}…"
    return OpenLetter(waiting.letter.key).labelled(cut)


@on(OpenLetter, reading=True)
async def open_letter(ctx: Context, press: OpenLetter) -> Screen:
    return await _card(ctx, press.letter_id)


async def _card(ctx: Context, letter_id: int, toast: str = "") -> Screen:
    case = await letters.look(ctx.session, letter_id, ctx.me, ctx.now)
    t, letter = ctx.t, case.letter
    whose = passing.head(t, case.person.name, case.organisation, case.announcement)
    title = t("<b>{whose}</b>", whose=whose)
    text = paragraphs(lines(title, t.moment(letter.at)), _said(t, case), *_history(t, case))
    return Screen(text, (*_ways(t, case), *way_back(t, ListLetters())), toast)


def _said(t: Texts, case: Case) -> str:
    content = passing.content_of(case.letter)
    words = content.words
    cut = words if len(words) <= GLIMPSE else f"{words[: GLIMPSE - 1]}…"
    file = t("📎 <i>with a file</i>") if content.is_file else ""
    return lines(t("{words}", words=cut) if cut else "", file)


def _history(t: Texts, case: Case) -> list[str]:
    told = [
        t(
            "↪️ {name}, {when}: {words}",
            name=who.name,
            when=t.moment(each.at),
            words=passing.content_of(each).words[:GLIMPSE] or "📎",
        )
        for each, who in case.answers[-3:]
    ]
    if not told and case.closed_by is not None:
        return [t("✔️ Put aside by {name}.", name=case.closed_by.name)]
    return [str(each) for each in told]


def _ways(t: Texts, case: Case) -> Rows:
    key = case.letter.key
    answer = AnswerLetter(key).labelled(t.label("✍️ Answer"))
    show = ShowLetter(key).labelled(t.label("👁 Show the message"))
    if case.letter.closed_at is not None:
        return ((answer, show),)
    return ((answer, CloseLetter(key).labelled(t.label("✔️ Done"))), (show,))


@on(ShowLetter, reading=True)
async def show(ctx: Context, press: ShowLetter) -> None:
    case = await letters.look(ctx.session, press.letter_id, ctx.me, ctx.now)
    chat = ctx.me.telegram_id
    if chat is not None and case.letter.payload:
        ctx.owe(Call(case.letter.method, chat, case.letter.payload))


@on(CloseLetter)
async def close(ctx: Context, press: CloseLetter) -> Answer:
    """Under the copy of a letter its buttons change; on its card comes the next one."""
    letter = await letters.close(ctx.session, press.letter_id, ctx.me, ctx.now)
    await passing.mark(ctx, letter, ctx.me)
    ours = ctx.house.texts[ctx.house.cluster.language]
    aside = ours("✔️ Put aside by {name}.", name=ctx.me.name)
    await passing.mark_in_forum(ctx, letter, Screen(aside))
    said = ctx.t.plain("Put aside.")
    if await _is_copy(ctx):
        return Toast(said)
    return await _list(ctx, toast=said)


async def _is_copy(ctx: Context) -> bool:
    query = ctx.update.callback_query
    pressed = query.message if query else None
    if pressed is None:
        return False
    found = await store.shown_in(ctx.session, pressed.chat.id, pressed.message_id)
    return found is not None


@on(AnswerLetter)
async def begin_answer(ctx: Context, press: AnswerLetter) -> Answer:
    """In a new message: the letter stays in sight."""
    case = await letters.look(ctx.session, press.letter_id, ctx.me, ctx.now)
    shown = await forms.begin(ctx, FORM, letter_id=press.letter_id, name=case.person.name)
    assert isinstance(shown, Screen)
    return Screen(shown.text, shown.rows, fresh=True)


def _ask(ctx: Context, answers: Answers) -> Screen:
    words = ctx.t("✍️ What shall I answer to <b>{name}</b>?", name=answers["name"])
    return Screen(words)


async def _written(ctx: Context, answers: Answers) -> Answer:
    said = answers["content"]
    content = Content(said["method"], said["payload"])
    return await _answer(ctx, answers["letter_id"], content, said["message_id"])


async def _left(ctx: Context, answers: Answers) -> Answer:
    if "letter_id" not in answers:
        return await _list(ctx)
    return await _card(ctx, answers["letter_id"])


FORM = Form("letter.answer", (Question("content", _ask, readable),), _written, _left)


@on_reply
async def reply(ctx: Context, message: Message) -> Answer:
    """To a letter, where the team sees it; before a form that may be open for something else."""
    answered = message.reply_to_message
    assert answered is not None
    letter = await store.shown_in(ctx.session, message.chat.id, answered.message_id)
    if letter is None or letter.person_id == ctx.me.key:
        return None
    content = read(message)
    if content is None:
        words = ctx.t("This I cannot pass on. Please send a text, a picture or a file.")
        return Screen(words, way_back(ctx.t))
    if await passing.goes_on(ctx, message, content, ctx.me):
        return SILENCE
    return await _answer(ctx, letter.key, content, message.message_id)


async def _answer(ctx: Context, letter_id: int, content: Content, message_id: int) -> Screen:
    place = (ctx.me.telegram_id or 0, message_id)
    done = await letters.answer(ctx.session, letter_id, ctx.me, content, ctx.now, place=place)
    await passing.bring_back(ctx, done)
    await passing.mark(ctx, done.letter, ctx.me)
    ours = ctx.house.texts[ctx.house.cluster.language]
    told = ours("↪️ {name}: {words}", name=ctx.me.name, words=content.words[:GLIMPSE] or "📎")
    await passing.mark_in_forum(ctx, done.letter, Screen(told))
    return Screen(passing.sent(ctx.t, done), way_back(ctx.t, ListLetters()))


@job("letters", every=timedelta(minutes=1))
async def look_after(desk: Desk) -> None:
    """Whoever wrote an answer that did not arrive hears of it, and the letter waits again."""
    for author, person, letter in await letters.settle(desk.session, desk.now):
        desk.tell(author, _lost(desk.texts_of(author), person, letter.key))


def _lost(t: Texts, person: Person, letter_id: int) -> Screen:
    words = t(
        "⚠️ Your answer to <b>{name}</b> did not arrive: they cannot be reached in Telegram."
        " The letter waits again.",
        name=person.name,
    )
    open_it = OpenLetter(letter_id).labelled(t.label("✉️ Open the letter"))
    return Screen(words, ((open_it,), *way_back(t)))

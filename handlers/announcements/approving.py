"""An assistant has prepared an announcement; a manager has the last word."""

from dataclasses import dataclass

from telegram import Message

from bot.domain import announcements
from bot.domain.announcements import Card
from bot.domain.announcements.previewing import as_read
from bot.kit import forms
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, Unclear
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.texts import Texts
from handlers.announcements.cards import HandOver, OpenAnnouncement, Send, screen
from handlers.announcements.terms import enough, reach, terms
from handlers.announcements.titles import title
from handlers.links import way_back
from storage.announcements import readers
from storage.outbox import Call, Priority
from storage.people import Person

NOTE = 1000  # characters


@dataclass(frozen=True)
class GiveBack(Button, prefix="an.back"):
    """Not like this: the author is told why."""

    announcement_id: int


@on(HandOver)
async def hand_over(ctx: Context, press: HandOver) -> Screen:
    card, managers = await announcements.hand_over(
        ctx.session, press.announcement_id, ctx.me, ctx.now
    )
    for manager in managers:
        await _ask(ctx, manager, card)
    shown = screen(ctx, card)
    return Screen(shown.text, shown.rows, ctx.t.plain("The manager has been told."))


@on(GiveBack)
async def give_back(ctx: Context, press: GiveBack) -> Answer:
    await announcements.author_of(ctx.session, press.announcement_id, ctx.me, ctx.now)
    return await forms.begin(ctx, FORM, announcement=press.announcement_id)


async def _ask(ctx: Context, manager: Person, card: Card) -> None:
    """What it says, and below it the question."""
    made, chat = card.announcement, manager.telegram_id
    if chat is None or not manager.reachable:
        return
    key = f"a{made.key}:ready:{made.edition}:p{manager.key}"
    theirs = await readers.of(ctx.session, manager.key)
    for number, content in enumerate(as_read(card.contents, theirs)):
        look = Call(content.method, chat, content.payload, Priority.NOTICE)
        ctx.owe(look.keyed(f"{key}:{number}"))
    ctx.tell(manager, _request(ctx, manager, card), key=key)


def _request(ctx: Context, manager: Person, card: Card) -> Screen:
    t, made = ctx.texts_of(manager), card.announcement
    words = t(
        "📣 {name} has prepared an announcement: <b>{title}</b>",
        name=ctx.me.name,
        title=title(t, card.contents),
    )
    approve = t.label("✅ Approve and send")
    rows = (
        (Send(made.key, made.edition, 0).labelled(approve, "success"),),
        (GiveBack(made.key).labelled(t.label("↩️ Give it back with a note")),),
        (OpenAnnouncement(made.key).labelled(t.label("👁 Look at it")),),
        *way_back(t),
    )
    return Screen(paragraphs(words, reach(t, card), terms(t, card, enough(ctx))), rows)


def _ask_note(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    title = t("↩️ <b>What should be different?</b>")
    return Screen(paragraphs(title, t("The author gets your words with the draft.")))


def _read_note(ctx: Context, message: Message) -> str:
    note = (message.text or "").strip()
    if not note or len(note) > NOTE:
        raise Unclear(ctx.t("Please write something, {n} characters at most.", n=NOTE))
    return note


async def _returned(ctx: Context, answers: Answers) -> Answer:
    key, note = answers["announcement"], answers["note"]
    card, author = await announcements.author_of(ctx.session, key, ctx.me, ctx.now)
    if author is not None:
        ctx.tell(author, _note(ctx.texts_of(author), ctx.me.name, card, note))
    t = ctx.t
    told = t("All right, {name} knows what to change.", name=author.name if author else "—")
    look = OpenAnnouncement(key).labelled(t.label("👁 Look at it"))
    return Screen(told, ((look,), *way_back(t)))


def _note(t: Texts, name: str, card: Card, note: str) -> Screen:
    head = t(
        "↩️ {name} gives an announcement back: <b>{title}</b>",
        name=name,
        title=title(t, card.contents),
    )
    look = OpenAnnouncement(card.announcement.key).labelled(t.label("👁 Look at it"))
    return Screen(paragraphs(head, t("{words}", words=note)), ((look,), *way_back(t)))


async def _left(ctx: Context, answers: Answers) -> Answer:
    key = answers.get("announcement", 0)
    return screen(ctx, await announcements.look(ctx.session, key, ctx.me, ctx.now))


FORM = Form("announcement.note", (Question("note", _ask_note, _read_note),), _returned, _left)

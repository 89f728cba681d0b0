"""Sending an announcement: the second yes, the progress, the end."""

from datetime import timedelta

from bot.domain import announcements
from bot.domain.announcements import Card
from bot.kit.context import Context, Desk
from bot.kit.routes import job, on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.announcements.cards import (
    BackToDraft,
    HandOver,
    OpenAnnouncement,
    Send,
    Stop,
    result,
    screen,
    title,
)
from handlers.links import home
from storage import people
from storage.outbox import Call


@on(Send)
async def send(ctx: Context, press: Send) -> Screen:
    card = await announcements.send(
        ctx.session,
        press.announcement_id,
        ctx.me,
        ctx.now,
        edition=press.edition,
        sure=bool(press.sure),
    )
    if card.announcement.sent_at is None:
        return _second_question(ctx.t, card)
    return await _watched(ctx, card)


@on(Stop)
async def stop(ctx: Context, press: Stop) -> Screen:
    card = await announcements.stop(ctx.session, press.announcement_id, ctx.me, ctx.now)
    return await _watched(ctx, card)


@on(HandOver)
async def hand_over(ctx: Context, press: HandOver) -> Screen:
    card, managers = await announcements.hand_over(
        ctx.session, press.announcement_id, ctx.me, ctx.now
    )
    for manager in managers:
        t, key = ctx.texts_of(manager), f"a{card.announcement.key}:ready:p{manager.key}"
        ctx.tell(manager, _request(t, ctx.me.name, card), key=key)
    shown = screen(ctx.t, card)
    return Screen(shown.text, shown.rows, ctx.t.plain("The manager has been told."))


@job("announcements", every=timedelta(seconds=3))
async def report(desk: Desk) -> None:
    for card in await announcements.advance(desk.session, desk.now):
        await _redraw(desk, card)
        if card.announcement.done_at is not None:
            await _tell_the_end(desk, card)


async def _watched(ctx: Context, card: Card) -> Screen:
    query = ctx.update.callback_query
    assert query is not None
    assert query.message is not None
    shown_in = query.message.message_id
    key = card.announcement.key
    return screen(ctx.t, await announcements.watch(ctx.session, key, ctx.me, shown_in, ctx.now))


async def _redraw(desk: Desk, card: Card) -> None:
    """The key holds the count, so that a picture which has not changed is not drawn again."""
    made = card.announcement
    watcher = await people.find(desk.session, made.shown_to) if made.shown_to else None
    if watcher is None or watcher.telegram_id is None:
        return
    settled = "end" if made.done_at else card.people - card.waiting
    look = {"message_id": made.shown_in, **screen(desk.texts_of(watcher), card).payload}
    key = f"a{made.key}:progress:{settled}"
    desk.owe(Call("editMessageText", watcher.telegram_id, look, dedup=key))


async def _tell_the_end(desk: Desk, card: Card) -> None:
    made = card.announcement
    for key in {made.sender_id, made.author_id} - {None}:
        person = await people.find(desk.session, key or 0)
        if person is not None:
            told = result(desk.texts_of(person), card)
            desk.tell(person, told, key=f"a{made.key}:end:p{key}")


def _second_question(t: Texts, card: Card) -> Screen:
    made = card.announcement
    count = t.number(card.people)
    question = t.n(
        "<b>Really send it to {count} person?</b>",
        "<b>Really send it to {count} people?</b>",
        card.people,
        count=count,
    )
    words = t("It leaves at once. It can be stopped, but what has arrived cannot be taken back.")
    yes = t.plain_n(
        "📨 Yes, to {count} person", "📨 Yes, to {count} people", card.people, count=count
    )
    rows = (
        (BackToDraft(made.key).labelled(t.label("Not yet")),),
        (Send(made.key, made.edition, 1).labelled(yes, "success"),),
        (home(t),),
    )
    return Screen(paragraphs(question, words), rows)


def _request(t: Texts, name: str, card: Card) -> Screen:
    words = t(
        "📣 {name} has prepared an announcement: <b>{title}</b>",
        name=name,
        title=title(t, card.contents),
    )
    look = OpenAnnouncement(card.announcement.key).labelled(t.label("👁 Look at it"))
    return Screen(words, ((look,), (home(t),)))

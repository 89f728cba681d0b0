"""Sending an announcement: the second yes, the minute to think better of it, the end."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Self

from bot.domain import announcements
from bot.domain.announcements import Card
from bot.kit.buttons import Button
from bot.kit.context import Context, Desk
from bot.kit.routes import job, on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.announcements.cards import (
    BackToDraft,
    OpenAnnouncement,
    Send,
    followed,
    result,
    screen,
    show_content,
)
from handlers.announcements.running import Pause, Resume, Stop, TakeBack, stumbled
from handlers.announcements.titles import title
from handlers.links import home, way_back
from storage import announcements as store
from storage import people
from storage.announcements import Announcement, Delivery, Stage
from storage.outbox import Call


@dataclass(frozen=True)
class SendAt(Button, prefix="an.at"):
    """As `Send`, at a time of its own."""

    announcement_id: int
    edition: int
    minute: int  # of the epoch
    sure: int = 0

    @classmethod
    def of(cls, announcement_id: int, edition: int, at: datetime) -> Self:
        return cls(announcement_id, edition, int(at.timestamp()) // 60)

    @property
    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.minute * 60, UTC)


@on(Send)
async def send(ctx: Context, press: Send) -> Answer:
    return await ordered(ctx, press)


@on(SendAt)
async def send_at(ctx: Context, press: SendAt) -> Answer:
    return await ordered(ctx, press)


async def ordered(ctx: Context, press: Send | SendAt) -> Answer:
    """It has its time to leave, or a question before that; or it is shown as it is by now."""
    key = press.announcement_id
    try:
        card = await announcements.send(
            ctx.session,
            key,
            ctx.me,
            ctx.now,
            ctx.t.zone,
            edition=press.edition,
            sure=bool(press.sure),
            at=press.moment if isinstance(press, SendAt) else None,
        )
    except announcements.Changed:
        changed = ctx.t("⚠️ It was changed in the meantime. This is how it is now.")
        now = await announcements.look(ctx.session, key, ctx.me, ctx.now)
        show_content(ctx, now, changed)
        return None
    if card.announcement.stage is Stage.DRAFT:
        return _second_question(ctx.t, card, press)
    return await watched(ctx, card)


@on(TakeBack)
async def take_back(ctx: Context, press: TakeBack) -> Screen:
    key = press.announcement_id
    card = await announcements.take_back(ctx.session, key, ctx.me, ctx.now)
    shown = screen(ctx, card)
    return Screen(shown.text, shown.rows, ctx.t.plain("Taken back. Nothing was sent."))


@on(Stop)
async def stop(ctx: Context, press: Stop) -> Screen:
    key = press.announcement_id
    return await watched(ctx, await announcements.stop(ctx.session, key, ctx.me, ctx.now))


@on(Pause)
async def pause(ctx: Context, press: Pause) -> Screen:
    key = press.announcement_id
    return await watched(ctx, await announcements.pause(ctx.session, key, ctx.me, ctx.now))


@on(Resume)
async def resume(ctx: Context, press: Resume) -> Screen:
    key = press.announcement_id
    return await watched(ctx, await announcements.resume(ctx.session, key, ctx.me, ctx.now))


@job("announcements", every=timedelta(seconds=3))
async def report(desk: Desk) -> None:
    cluster = desk.house.cluster
    missed = await announcements.depart(
        desk.session, desk.now, cluster.zone, limit=cluster.weekly_pushes
    )
    for late, its_time in missed:
        await _tell_it_was_missed(desk, late, its_time)
    for card in await announcements.advance(desk.session, desk.now, cluster.zone):
        await _redraw(desk, card)
        if card.announcement.done_at is not None:
            await _tell_the_end(desk, card)
        elif card.announcement.paused_at == desk.now:
            await _tell_it_stumbled(desk, card)


@job("announcements.quiet", every=timedelta(minutes=1))
async def hush(desk: Desk) -> None:
    await announcements.hush(desk.session, desk.now, desk.house.cluster.zone)


async def watched(ctx: Context, card: Card) -> Screen:
    """Shown in the pressed message, which is kept up to date from now on."""
    query = ctx.update.callback_query
    if query is None or query.message is None:
        return screen(ctx, card)
    shown_in, key = query.message.message_id, card.announcement.key
    return screen(ctx, await announcements.watch(ctx.session, key, ctx.me, shown_in, ctx.now))


async def _redraw(desk: Desk, card: Card) -> None:
    """The key holds the count, so that a picture which has not changed is not drawn again."""
    made = card.announcement
    watcher = await people.find(desk.session, made.shown_to) if made.shown_to else None
    if watcher is None or watcher.telegram_id is None:
        return
    settled = "end" if made.done_at else str(card.people - card.waiting)
    if made.paused_at is not None:
        settled += f":{made.paused_at:%Y%m%d%H%M%S}"
    look = {"message_id": made.shown_in, **followed(desk.texts_of(watcher), card).payload}
    key = f"a{made.key}:progress:{settled}"
    desk.owe(Call("editMessageText", watcher.telegram_id, look, dedup=key))


async def _tell_the_end(desk: Desk, card: Card) -> None:
    made = card.announcement
    for key in {made.sender_id, made.author_id} - {None}:
        person = await people.find(desk.session, key or 0)
        if person is not None:
            told = result(desk.texts_of(person), card)
            desk.tell(person, told, key=f"a{made.key}:end:p{key}")


async def _tell_it_stumbled(desk: Desk, card: Card) -> None:
    made = card.announcement
    sender = await people.find(desk.session, made.sender_id or 0)
    if sender is None or made.paused_why in (None, announcements.NIGHT):
        return
    t = desk.texts_of(sender)
    words = title(t, card.contents)
    head = t("⏸ <b>The announcement rests:</b> {title}", title=words)
    asked = t("When you have seen to it, let it go on. Those who missed it get it then, too.")
    rows = (
        (Resume(made.key).labelled(t.label("▶️ Go on"), "success"),),
        (OpenAnnouncement(made.key).labelled(t.label("👁 Look at it")),),
        *way_back(t),
    )
    text = paragraphs(head, stumbled(t, made.paused_why or ""), asked)
    desk.tell(sender, Screen(text, rows), key=f"a{made.key}:rests:{desk.now:%Y%m%d%H%M%S}")


async def _tell_it_was_missed(desk: Desk, late: Announcement, its_time: datetime) -> None:
    sender = await people.find(desk.session, late.sender_id or 0)
    if sender is None:
        return
    t = desk.texts_of(sender)
    words = title(t, await store.contents(desk.session, late.key))
    head = t("⚠️ <b>This has not left:</b> {title}", title=words)
    asked = t(
        "Its time was {when}, but I was not running then. Is it still worth sending?",
        when=t.moment(its_time),
    )
    if desk.now - its_time <= announcements.GRACE:
        asked = t("Something by which its people are chosen is gone. Please choose them anew.")
    look = OpenAnnouncement(late.key).labelled(t.label("👁 Look at it"))
    key = f"a{late.key}:missed:{desk.now:%Y%m%d%H%M%S}"
    desk.tell(sender, Screen(paragraphs(head, asked), ((look,), *way_back(t))), key=key)


def _second_question(t: Texts, card: Card, press: Send | SendAt) -> Screen:
    made = card.announcement
    count = t.number(card.people)
    question = t.n(
        "<b>Really send it to {count} person?</b>",
        "<b>Really send it to {count} people?</b>",
        card.people,
        count=count,
    )
    night, words = "", t("It leaves in a minute. Until then it can be taken back.")
    if isinstance(press, SendAt):
        night = _night(t, card, press.moment)
        words = t(
            "It leaves {moment}. Until then it can be taken back.", moment=t.moment(press.moment)
        )
    yes = t.plain_n(
        "📨 Yes, to {count} person", "📨 Yes, to {count} people", card.people, count=count
    )
    rows = (
        (BackToDraft(made.key).labelled(t.label("Not yet")),),
        (replace(press, sure=1).labelled(yes, "success"),),
        (home(t),),
    )
    return Screen(paragraphs(lines(night, question), words), rows)


def _night(t: Texts, card: Card, at: datetime) -> str:
    silent = card.announcement.delivery is Delivery.DIGEST or not announcements.is_night(
        at, t.zone
    )
    if silent:
        return ""
    asked = t("<b>Really at {time}?</b>", time=t.time(at))
    return lines(asked, t("People rest then, and it may disturb them."))

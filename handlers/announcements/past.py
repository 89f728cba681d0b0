"""Announcements so far: drafts, those on their way, and how the others went."""

from collections.abc import Sequence

from bot.domain import announcements
from bot.domain.announcements import Card
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.texts import Texts
from handlers.announcements.cards import (
    LeaveProgress,
    OpenAnnouncement,
    ShowContent,
    origin,
    screen,
    show_content,
)
from handlers.announcements.results import results_screen
from handlers.announcements.titles import title
from handlers.links import Announce, ListAnnouncements, OpenAdmin, way_back
from storage import announcements as store
from storage.announcements import Announcement, Content, Stage


@on(ListAnnouncements, reading=True)
async def list_announcements(ctx: Context, press: ListAnnouncements) -> Screen:
    return await list_screen(ctx, press.page)


@on(OpenAnnouncement)
async def open_announcement(ctx: Context, press: OpenAnnouncement) -> Answer:
    key, query = press.announcement_id, ctx.update.callback_query
    assert query is not None
    assert query.message is not None
    card = await announcements.watch(ctx.session, key, ctx.me, query.message.message_id, ctx.now)
    if card.announcement.done_at is not None:
        return await results_screen(ctx, key)
    if card.announcement.stage is not Stage.DRAFT:
        return screen(ctx, card)
    show_content(ctx, card)
    return None


@on(ShowContent, reading=True)
async def show(ctx: Context, press: ShowContent) -> None:
    card = await announcements.look(ctx.session, press.announcement_id, ctx.me, ctx.now)
    show_content(ctx, card)


@on(LeaveProgress)
async def leave(ctx: Context, press: LeaveProgress) -> Screen:
    card = await announcements.look(ctx.session, press.announcement_id, ctx.me, ctx.now)
    await announcements.look_away(ctx.session, press.announcement_id, ctx.me, ctx.now)
    return await all_screen(ctx, card)


async def all_screen(ctx: Context, card: Card, *, toast: str = "") -> Screen:
    """Where one comes from: the list, or for a guarantor the pillar."""
    if card.may_address:
        return await list_screen(ctx, toast=toast)
    t = ctx.t
    words = toast or t.plain("It goes on by itself; I will tell you how it went.")
    return Screen(t("{words}", words=words), way_back(t, origin(card)), toast)


async def list_screen(ctx: Context, number: int = 0, *, toast: str = "") -> Screen:
    t = ctx.t
    part = page(await announcements.past(ctx.session, ctx.me, ctx.now), number)
    contents = await store.contents_of(ctx.session, [each.key for each in part.items])
    write = Announce().labelled(t.label("📣 New announcement"))
    head = t("📣 <b>Announcements</b>")
    rows = tuple(
        (OpenAnnouncement(each.key).labelled(_label(t, each, contents[each.key])),)
        for each in part.items
    )
    turns = part.turns(ListAnnouncements)
    nothing = "" if rows else t("Nothing has been announced yet. Write the first one.")
    shown = (*rows, *((turns,) if turns else ()), (write,), *way_back(t, OpenAdmin()))
    return Screen(paragraphs(head, nothing), shown, toast)


def _label(t: Texts, announcement: Announcement, contents: Sequence[Content]) -> str:
    words = title(t, contents)
    if announcement.sent_at is None:
        if announcement.leaves_at is not None:
            return f"🕗 {t.date(announcement.leaves_at.astimezone(t.zone).date())} · {words}"
        return t.label("📝 draft · {title}", title=words)
    date = t.date(announcement.sent_at.astimezone(t.zone).date())
    if announcement.done_at is None:
        return f"📨 {date} · {words}"
    return f"{_ended(announcement)} {date} · {words}"


def _ended(announcement: Announcement) -> str:
    if announcement.recalled_at is not None:
        return "🗑"
    return "⏹" if announcement.stopped_at is not None else "✅"

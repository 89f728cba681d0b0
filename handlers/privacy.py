"""Privacy: what is kept and why, one's own data in a file, and being forgotten."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import privacy
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context, Desk
from bot.kit.routes import command, job, on
from bot.kit.screens import Screen, Toast, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.links import (
    OpenCalendarFeed,
    OpenHabits,
    OpenPrivacy,
    OpenSettings,
    way_back,
)


@dataclass(frozen=True)
class DownloadMyData(Button, prefix="priv.get"):
    pass


@dataclass(frozen=True)
class EraseMe(Button, prefix="priv.del"):
    """Asks once more."""


@dataclass(frozen=True)
class EraseMeSurely(Button, prefix="priv.sure"):
    pass


@dataclass(frozen=True)
class KeepMe(Button, prefix="priv.keep"):
    pass


@command("soukromi", "privacy", describe=gettext_noop("What I know of you"), reading=True)
async def show(ctx: Context, _: str) -> Screen:
    return _screen(ctx)


@on(OpenPrivacy, reading=True)
async def open_privacy(ctx: Context, _: OpenPrivacy) -> Screen:
    return _screen(ctx)


@on(DownloadMyData)
async def download(ctx: Context, _: DownloadMyData) -> Toast:
    record = await privacy.export(ctx.session, ctx.me, ctx.now)
    content = json.dumps(record, ensure_ascii=False, indent=2).encode()
    caption = ctx.t("Everything I know of you, {day}.", day=_date(ctx.t, ctx.now))
    await ctx.send_me("paprsek.json", content, caption)
    return Toast(ctx.t.plain("The file is below."))


@on(EraseMe, reading=True)
async def erase(ctx: Context, _: EraseMe) -> Screen:
    t = ctx.t
    text = paragraphs(
        t("🗑 <b>Shall I forget you?</b>"),
        t(
            "On {day} I will erase your name, organisation, roles and messages. Until then you "
            "can change your mind. Seats at events stay counted, without a name.",
            day=_date(t, ctx.now + privacy.GRACE),
        ),
        t(
            "Only where a project paid for an event that you came to, its attendance list keeps "
            "your name, for ten years at most: the law wants it."
        ),
    )
    sure = EraseMeSurely().labelled(t.label("🗑 Yes, forget me"), "danger")
    return Screen(text, ((sure,), *way_back(t, OpenPrivacy())))


@on(EraseMeSurely)
async def erase_surely(ctx: Context, _: EraseMeSurely) -> Screen:
    await privacy.request_erasure(ctx.session, ctx.me, ctx.now)
    return _screen(ctx)


@on(KeepMe)
async def keep_me(ctx: Context, _: KeepMe) -> Screen:
    await privacy.take_back(ctx.session, ctx.me)
    return _screen(ctx, toast=ctx.t.plain("I am glad. Nothing will be erased."))


@job("erasures", every=timedelta(hours=1))
async def forget_those_due(desk: Desk) -> None:
    for person in await privacy.due(desk.session, desk.now):
        t = desk.texts_of(person)
        farewell = t("I have erased what I knew of you. If you ever wish to come back: /start")
        desk.tell(person, Screen(farewell), key=f"erased:p{person.key}")
        await privacy.forget(desk.session, person, desk.now)


def _date(t: Texts, moment: datetime) -> str:
    return t.date(moment.astimezone(t.zone))


def _screen(ctx: Context, toast: str = "") -> Screen:
    t, erase_at = ctx.t, ctx.me.erase_at
    text = paragraphs(
        t("🔒 <b>Your data</b>"),
        t("What I keep, and why:"),
        lines(
            t("• name, username and number from Telegram: to know whom I write to"),
            t("• organisation and roles: to know what you may see"),
            t("• seats at events and reminders: to count with you"),
            t(
                "• when you came to an event: for its attendance list, which proves to those who "
                "pay for it that it took place"
            ),
            t(
                "• answers to organisers: until 14 days after the event; those that you wanted me "
                "to remember, until you have them forgotten"
            ),
            t(
                "• what you ask owners of equipment, answer and book: until a year after its end, "
                "to carry it between you"
            ),
            t(
                "• which grant calls you want to hear of, follow or do not want: to bring you the "
                "right ones and to remind you; what I told you of, for a year"
            ),
            t(
                "• topics that you put forward, support or comment on: to carry them further; "
                "comments until a year after the topic is closed"
            ),
            t(
                "• in which pillars' groups you are, and for two years when you came and went: to "
                "keep their doors"
            ),
            t("• our messages, for a month: so that nothing gets lost"),
        ),
        t("Nobody outside the cluster gets any of it."),
        t("⏳ On {day} I will erase it all.", day=_date(t, erase_at)) if erase_at else "",
    )
    download = DownloadMyData().labelled(t.label("📥 Download my data"))
    keep_or_erase = (
        KeepMe().labelled(t.label("↩️ Do not erase"))
        if erase_at
        else EraseMe().labelled(t.label("🗑 Erase my data"))
    )
    habits = OpenHabits().labelled(t.label("💾 Remembered answers"))
    rows: Rows = ((habits,), (download,), (keep_or_erase,))
    if ctx.house.public_url:
        rows = ((OpenCalendarFeed().labelled(t.label("📆 My calendar")),), *rows)
    return Screen(text, (*rows, *way_back(t, OpenSettings())), toast)

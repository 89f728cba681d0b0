"""An event again on another day: a draft with all that was planned, and nobody in it."""

from datetime import date, datetime

from telegram import Message

from bot.domain import rights, workshops
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from bot.domain.workshops import copying
from bot.kit import dates
from bot.kit.buttons import Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, Unclear, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, paragraphs
from handlers.workshops.leading import lead_screen
from handlers.workshops.ways import CopyWorkshop


@on(CopyWorkshop)
async def copy(ctx: Context, press: CopyWorkshop) -> Answer:
    await rights.require(ctx.session, ctx.me, Action.PLAN_EVENT, ctx.now)
    card = await workshops.look(ctx.session, press.workshop_id, ctx.me, ctx.now)
    first = card.event.starts_at.astimezone(ctx.t.zone).date()
    return await begin(
        ctx,
        COPY,
        workshop_id=card.event.id,
        title=card.event.title,
        first=first.isoformat(),
    )


def _ask_day(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    first = date.fromisoformat(answers["first"])
    today = ctx.now.astimezone(t.zone).date()
    days: Rows = tuple(
        (Choose("day", day.isoformat()).labelled(t.day(_noon(ctx, day))),)
        for day in copying.suggested(first, today)
    )
    text = paragraphs(
        t("📋 A copy of <b>{title}</b>", title=answers["title"]),
        t("Everything is taken over except people. On which day does it start?"),
        t("For example <code>{day}</code>", day=t.date(copying.suggested(first, today)[0])),
    )
    return Screen(text, days)


def _noon(ctx: Context, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=ctx.t.zone)


def _day(ctx: Context, message: Message) -> str:
    day = dates.day(ctx.t, message.text or "", ctx.now)
    if day < ctx.now.astimezone(ctx.t.zone).date():
        raise Unclear(ctx.t("{when} has passed already.", when=ctx.t.date(day)))
    return day.isoformat()


def _chosen_day(_: Context, value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise Gone from None


async def _copied(ctx: Context, answers: Answers) -> Answer:
    day, zone = date.fromisoformat(answers["day"]), ctx.house.cluster.zone
    key = await copying.copy(ctx.session, answers["workshop_id"], ctx.me, day, ctx.now, zone)
    return await lead_screen(ctx, key, ctx.t.plain("Here is the copy. Nobody else sees it yet."))


async def _left(ctx: Context, answers: Answers) -> Answer:
    return await lead_screen(ctx, int(answers.get("workshop_id", 0)))


COPY = Form("workshop.copy", (Question("day", _ask_day, _day, _chosen_day),), _copied, _left)

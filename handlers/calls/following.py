"""Following a call from its card, and being reminded of its deadlines as many days before as one
likes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.calls import following
from bot.domain.calls.following import Followed
from bot.domain.calls.reminding import DAYS
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.calls import terms
from handlers.calls.cards import card_screen
from handlers.calls.ways import ChooseReminders, FollowCall, StopFollowing
from handlers.links import OpenCall, way_back


@dataclass(frozen=True)
class ToggleDays(Button, prefix="ca.days.of"):
    call_id: int
    days: int


@on(FollowCall)
async def follow(ctx: Context, press: FollowCall) -> Screen:
    zone = ctx.house.cluster.zone
    await following.follow(ctx.session, press.call_id, ctx.me, zone, ctx.now)
    toast = ctx.t.plain("You follow it: I will remind you of the deadline and of changes.")
    return await card_screen(ctx, press.call_id, toast=toast)


@on(StopFollowing)
async def stop(ctx: Context, press: StopFollowing) -> Screen:
    return await _left(ctx, press.call_id)


async def _left(ctx: Context, call_id: int) -> Screen:
    await following.leave(ctx.session, call_id, ctx.me, ctx.now)
    return await card_screen(ctx, call_id, toast=ctx.t.plain("You do not follow it any more."))


@on(ChooseReminders, reading=True)
async def choose(ctx: Context, press: ChooseReminders) -> Screen:
    followed = await following.look(ctx.session, press.call_id, ctx.me, ctx.now)
    return _screen(ctx.t, followed)


@on(ToggleDays)
async def toggle(ctx: Context, press: ToggleDays) -> Screen:
    zone = ctx.house.cluster.zone
    followed = await following.toggle_day(
        ctx.session, press.call_id, press.days, ctx.me, zone, ctx.now
    )
    return _screen(ctx.t, followed)


def _screen(t: Texts, followed: Followed) -> Screen:
    call = followed.call
    text = paragraphs(
        t("🗓 <b>{title}</b>", title=terms.title_in(t, call)),
        t(
            "How many days before a deadline shall I remind you? I do so at 9:00 of a working"
            " day, of internal deadlines too, until your organisation says that the bid is in."
        ),
        lines(t("<b>I will remind you:</b>") if followed.coming else "", *_coming(t, followed)),
    )
    days = [_day(t, followed, each) for each in DAYS]
    rows = (tuple(days[:3]), tuple(days[3:]), *way_back(t, OpenCall(call.key)))
    return Screen(text, rows)


def _coming(t: Texts, followed: Followed) -> Iterator[str]:
    if not followed.follows:
        yield t("You do not follow this call yet; choose days and you do.")
    elif not followed.days:
        yield t("None is chosen: I will tell you of changes only.")
    elif not followed.coming:
        yield t("None of these days is still to come.")
    for reminder in followed.coming:
        day = t.day(reminder.due_at)
        if reminder.internal:
            yield t("• {day} (internal deadline)", day=day)
        else:
            yield t("• {day}", day=day)


def _day(t: Texts, followed: Followed, days: int) -> Face:
    sign = "✅" if followed.follows and days in followed.days else "▫️"
    label = t.plain_n("{n} day", "{n} days", days)
    return ToggleDays(followed.call.key, days).labelled(f"{sign} {label}")

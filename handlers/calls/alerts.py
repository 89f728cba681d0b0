"""Alerts: a message about new calls for each run, and what is said to the calls in it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.domain.calls import alerting, following, subscribing
from bot.domain.calls.alerting import Item, Letter
from bot.domain.refusals import Gone
from bot.kit import routes
from bot.kit.buttons import Button
from bot.kit.context import Context, Desk
from bot.kit.pushing import News
from bot.kit.routes import job, on
from bot.kit.screens import Answer, Screen, paragraphs
from handlers.calls import terms
from handlers.calls.dropping import offer_rule, reason_rows
from handlers.calls.letters import (
    Aside,
    AskUnfit,
    FollowAlerted,
    SayUnfit,
    TakeUnfitBack,
    TurnLetter,
    WriteAtPace,
    letter_screen,
)
from handlers.calls.ways import SeekPartner
from handlers.links import OpenCall, OpenCallSettings
from storage.calls.alerts import Unfit
from storage.calls.subscriptions import Pace
from storage.pushes import PushKind, Way

ASIDE: dict[str, Callable[[int], Button]] = {
    "card": OpenCall,
    "seek": SeekPartner,
    "set": lambda _: OpenCallSettings(),
}


@job("calls.alerts", every=timedelta(seconds=10))
async def tell(desk: Desk) -> None:
    told = await alerting.tell(desk.session, desk.house.cluster.zone, desk.now)
    ways = await desk.push_all(PushKind.CALLS, [_news(desk, letter) for letter in told])
    for letter, way in zip(told, ways, strict=True):
        if way != Way.NOW:
            alerting.not_written(letter)


def _news(desk: Desk, letter: Letter) -> News:
    t, number = desk.texts_of(letter.person), len(letter.items)
    title = terms.title_in(t, letter.items[0].call)
    if number > 1:
        title = t.plain_n("{title} and {n} more", "{title} and {n} more", number - 1, title=title)
    screen, opens = letter_screen(t, letter, desk.now), TurnLetter(letter.key)
    return News(letter.person, screen, letter.dedup, title, opens, own_button=True)


@on(TurnLetter, reading=True)
async def turn(ctx: Context, press: TurnLetter) -> Screen:
    return await _shown(ctx, press.alert_id, press.page)


@on(FollowAlerted)
async def follow(ctx: Context, press: FollowAlerted) -> Screen:
    item = await _item(ctx, press.alert_id)
    if item.follows:
        await following.leave(ctx.session, item.call.key, ctx.me, ctx.now)
        return await _shown(ctx, press.alert_id, toast=ctx.t.plain("You do not follow it."))
    zone = ctx.house.cluster.zone
    await following.follow(ctx.session, item.call.key, ctx.me, zone, ctx.now)
    toast = ctx.t.plain("You follow it: I will remind you of the deadline and of changes.")
    return await _shown(ctx, press.alert_id, toast=toast)


@on(AskUnfit, reading=True)
async def ask_unfit(ctx: Context, press: AskUnfit) -> Screen:
    item = await _item(ctx, press.alert_id)
    text = paragraphs(
        ctx.t("👎 <b>{title}</b>", title=terms.title_in(ctx.t, item.call)),
        ctx.t("Why is it not for you? It helps me to bring what is."),
    )
    rows = reason_rows(ctx.t, lambda why: SayUnfit(press.alert_id, why.value))
    back = (TurnLetter(press.alert_id).labelled(ctx.t.label("◀ Back")),)
    return Screen(text, (*rows, back))


@on(SayUnfit)
async def say_unfit(ctx: Context, press: SayUnfit) -> Screen:
    item, why = await _item(ctx, press.alert_id), _unfit(press.why)
    rule = await following.drop(ctx.session, item.call.key, why, ctx.me, ctx.now)
    if rule is not None:
        await offer_rule(ctx, rule, why)
    return await _shown(ctx, press.alert_id, toast=ctx.t.plain("Noted, thank you."))


@on(TakeUnfitBack)
async def take_back(ctx: Context, press: TakeUnfitBack) -> Screen:
    item = await _item(ctx, press.alert_id)
    await following.take_back(ctx.session, item.call.key, ctx.me, ctx.now)
    return await _shown(ctx, press.alert_id)


@on(WriteAtPace)
async def write_at_pace(ctx: Context, press: WriteAtPace) -> Screen:
    pace = _pace(press.pace)
    await subscribing.set_pace(ctx.session, ctx.me, pace, ctx.now)
    was = _pace(press.was) if press.was else None
    return await _shown(ctx, press.alert_id, was=was)


@on(Aside)
async def aside(ctx: Context, press: Aside) -> Answer:
    if press.where not in ASIDE:
        raise Gone
    button = ASIDE[press.where](press.call_id)
    shown = await routes.presses[type(button)].act(ctx, button)
    return replace(shown, fresh=True) if isinstance(shown, Screen) else shown


def _unfit(value: str) -> Unfit:
    if value not in set(Unfit):
        raise Gone
    return Unfit(value)


def _pace(value: str) -> Pace:
    if value not in set(Pace):
        raise Gone
    return Pace(value)


async def _item(ctx: Context, alert_id: int) -> Item:
    letter = await alerting.letter_of(ctx.session, alert_id, ctx.me, ctx.now)
    return next(item for item in letter.items if item.alert.key == alert_id)


async def _shown(
    ctx: Context, alert_id: int, number: int = 0, *, was: Pace | None = None, toast: str = ""
) -> Screen:
    letter = await alerting.letter_of(ctx.session, alert_id, ctx.me, ctx.now)
    screen = letter_screen(ctx.t, letter, ctx.now, number, was=was)
    return replace(screen, toast=toast)

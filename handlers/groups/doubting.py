"""Whoever runs the pillar is asked whether a poll is in the group, when we cannot tell.

The connection broke, or we did, between sending it and hearing of it. Once somebody has voted in
it, we know it by that.
"""

from dataclasses import dataclass

from bot.domain.groups import linking, proposing
from bot.domain.groups.proposing import Order
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.errands import Trip
from bot.kit.routes import errand, on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.groups.circulating import waking
from handlers.groups.dates import dates_screen
from handlers.groups.meeting_ways import OpenDates
from handlers.links import home, way_back


@dataclass(frozen=True)
class PollIsThere(Button, prefix="pi.dt.yes"):
    """I see it in the group."""

    poll_id: int


@dataclass(frozen=True)
class SendPollAgain(Button, prefix="pi.dt.re"):
    poll_id: int


@errand("groups.doubtful_poll")
async def ask(trip: Trip, *, poll_id: int) -> None:
    async with trip.deliver() as desk:
        order = await proposing.to_send(desk.session, poll_id)
        if order is None:
            return
        awake = waking(desk.now, desk.house.cluster.zone)
        for person in await linking.in_charge(desk.session, order.poll.pillar_id, desk.now):
            desk.tell(person, _question(desk.texts_of(person), order), not_before=awake)


def _question(t: Texts, order: Order) -> Screen:
    key = order.poll.key
    text = paragraphs(
        t("❓ <b>{title}</b>", title=order.poll.title),
        t("The connection broke while I was sending the poll to the group {group}. Is it there?",
          group=order.group.title),
    )  # fmt: skip
    there = PollIsThere(key).labelled(t.label("✅ Yes, it is there"))
    again = SendPollAgain(key).labelled(t.label("🔁 No, send it again"))
    return Screen(text, ((there,), (again,), (home(t),)))


@on(PollIsThere)
async def poll_is_there(ctx: Context, press: PollIsThere) -> Screen:
    t = ctx.t
    await proposing.may_send_again(ctx.session, ctx.me, press.poll_id, ctx.now)
    text = t("Good. I count everybody who votes in it from now on.")
    return Screen(text, way_back(t, OpenDates(press.poll_id)))


@on(SendPollAgain)
async def send_again(ctx: Context, press: SendPollAgain) -> Screen:
    key = press.poll_id
    if not await proposing.may_send_again(ctx.session, ctx.me, key, ctx.now):
        return await dates_screen(ctx, key, ctx.t.plain("The poll is there already."))
    await ctx.call_off("groups.date_poll", poll_id=key)
    await ctx.errand("groups.date_poll", poll_id=key)
    return await dates_screen(ctx, key, ctx.t.plain("The poll is on its way."))

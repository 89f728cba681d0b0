"""Answers to what a person is told of their place: I will come, I cannot, I want the free seat."""

from bot.domain import workshops
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen
from handlers.workshops.card import after_leaving, changed, welcome
from handlers.workshops.telling import ClaimSeat
from handlers.workshops.ways import ConfirmPlace, DeclinePlace


@on(ConfirmPlace)
async def confirm(ctx: Context, press: ConfirmPlace) -> Screen:
    card = await workshops.confirm(ctx.session, press.workshop_id, ctx.me, ctx.now)
    return changed(ctx, card, ctx.t.plain("Thank you. We count on you."))


@on(DeclinePlace)
async def decline(ctx: Context, press: DeclinePlace) -> Screen:
    part_id = press.part_id or None
    left = await workshops.leave(ctx.session, press.workshop_id, ctx.me, ctx.now, part_id)
    words = ctx.t.plain("Thank you for telling me. Your place goes to those who wait.")
    if not left.places:
        words = ctx.t.plain("You have no place there any more, so nothing has changed.")
    return after_leaving(ctx, left, words)


@on(ClaimSeat)
async def claim(ctx: Context, press: ClaimSeat) -> Screen:
    ids = press.workshop_id, press.part_id
    card = await workshops.claim(ctx.session, *ids, ctx.me, ctx.now)
    taken = tuple(part for part in card.mine if part.slot.id == press.part_id)
    return changed(ctx, card, welcome(ctx.t, card, taken))

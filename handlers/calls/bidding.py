"""Handling a call for one's organisation: taking it, taking it over, giving it away."""

from dataclasses import dataclass

from bot.domain.calls import bids
from bot.domain.calls.bids import Handling
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context, Desk
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.calls.bid_card import bid_screen, head, title
from handlers.calls.bid_ways import LetGo, OfferCall, StillOnIt, TakeCall, TakeOver
from handlers.calls.ways import OpenBid
from handlers.links import home, way_back
from storage.people import Person


@dataclass(frozen=True)
class TakeOverSurely(Button, prefix="cb.over.y"):
    call_id: int
    person_id: int


@dataclass(frozen=True)
class LetGoSurely(Button, prefix="cb.off.y"):
    call_id: int


@on(TakeCall)
async def take(ctx: Context, press: TakeCall) -> Screen:
    zone = ctx.house.cluster.zone
    await bids.take(ctx.session, press.call_id, ctx.me, zone, ctx.now)
    said = ctx.t.plain("It is yours. Your colleagues see it on the call.")
    return await bid_screen(ctx, press.call_id, said)


@on(TakeOver, reading=True)
async def take_over(ctx: Context, press: TakeOver) -> Screen:
    t, key = ctx.t, press.call_id
    found = await bids.look(ctx.session, key, ctx.me, ctx.now)
    holder = found.holder
    if found.mine or holder is None or holder.key != press.person_id:
        return await bid_screen(ctx, key)
    text = paragraphs(
        await head(ctx, found.call, t),
        t(
            "🙋 Shall you handle it from now on, instead of <b>{name}</b>? I will tell them.",
            name=holder.name,
        ),
    )
    yes = TakeOverSurely(key, holder.key).labelled(t.label("🙋 Yes, I handle it"), "success")
    return Screen(text, ((yes,), *way_back(t, OpenBid(key))))


@on(TakeOverSurely)
async def take_over_surely(ctx: Context, press: TakeOverSurely) -> Screen:
    zone, key = ctx.house.cluster.zone, press.call_id
    found, before = await bids.take(ctx.session, key, ctx.me, zone, ctx.now, press.person_id)
    if before is not None and before.key != ctx.me.key:
        _tell_relieved(ctx, found, before)
    said = ctx.t.plain("It is yours. Your colleagues see it on the call.")
    return await bid_screen(ctx, key, said)


def _tell_relieved(ctx: Context, found: Handling, before: Person) -> None:
    t = ctx.texts_of(before)
    text = t(
        "🙋 {name} has taken over <b>{title}</b> from you.",
        name=ctx.me.name,
        title=title(t, found.call),
    )
    ctx.tell(before, Screen(text, (*to_bid(t, found), (home(t),))))


@on(StillOnIt)
async def still(ctx: Context, press: StillOnIt) -> Screen:
    zone = ctx.house.cluster.zone
    found = await bids.still(ctx.session, press.call_id, ctx.me, zone, ctx.now)
    said = ctx.t.plain("Thank you. Fingers crossed!") if found.mine else ""
    return await bid_screen(ctx, press.call_id, said)


@on(LetGo, reading=True)
async def let_go(ctx: Context, press: LetGo) -> Screen:
    t, key = ctx.t, press.call_id
    found = await bids.look(ctx.session, key, ctx.me, ctx.now)
    if not found.mine:
        return await bid_screen(ctx, key)
    text = paragraphs(
        await head(ctx, found.call, t),
        t("↩️ Shall nobody at {where} handle it then?", where=found.organisation.short),
    )
    yes = LetGoSurely(key).labelled(t.label("↩️ Yes, I let it go"), "danger")
    return Screen(text, ((yes,), *way_back(t, OpenBid(key))))


@on(LetGoSurely)
async def let_go_surely(ctx: Context, press: LetGoSurely) -> Screen:
    zone = ctx.house.cluster.zone
    await bids.let_go(ctx.session, press.call_id, ctx.me, zone, ctx.now)
    return await bid_screen(ctx, press.call_id, ctx.t.plain("Done. A colleague can take it now."))


@on(OfferCall)
async def offer(ctx: Context, press: OfferCall) -> Screen:
    t, zone, key = ctx.t, ctx.house.cluster.zone, press.call_id
    found, whom = await bids.offered(ctx.session, key, ctx.me, zone, ctx.now)
    for person in whom:
        tell_offer(ctx, found, person, await head(ctx, found.call, ctx.texts_of(person)))
    if whom:
        names = ", ".join(person.name for person in whom)
        said = t.plain("Asked: {names}. It stays yours until one of them takes it.", names=names)
        return await bid_screen(ctx, key, said[:200])
    if not found.mine:
        return await bid_screen(ctx, key)
    if found.bid is not None and found.bid.offered_at is not None:
        return await bid_screen(ctx, key, t.plain("Your colleagues have been asked already."))
    none = t.plain("None of your colleagues follows this call, so there is nobody to ask.")
    return await bid_screen(ctx, key, none, alert=True)


def tell_offer(
    desk: Desk, found: Handling, person: Person, about: str, key: str = "", days: int = 0
) -> None:
    """To a colleague: could they take it over? `days` working ones of silence are the reason."""
    t, holder = desk.texts_of(person), found.holder
    text = paragraphs(_why(t, holder, days), about, t("Could you take it over?"))
    over = TakeOverSurely(found.call.key, holder.key) if holder else TakeCall(found.call.key)
    rows = (
        (over.labelled(t.label("🙋 I take it over"), "success"),),
        (*to_bid(t, found)[0], home(t)),
    )
    desk.tell(person, Screen(text, rows), key=key)


def _why(t: Texts, holder: Person | None, days: int) -> str:
    if holder is None:
        return t("👥 Nobody at yours handles this call any more.")
    if not days:
        return t("👥 {name} handles this call and cannot go on.", name=holder.name)
    return t.n(
        "👥 {name} handles this call and has not answered for {n} working day.",
        "👥 {name} handles this call and has not answered for {n} working days.",
        days,
        name=holder.name,
    )


def to_bid(t: Texts, found: Handling) -> Rows:
    return ((OpenBid(found.call.key).labelled(t.label("📄 Who handles it")),),)

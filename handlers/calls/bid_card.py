"""How far an organisation is with a call: who handles it, whether it was handed in, the result."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.calls import bids, ideas
from bot.domain.calls.bids import WITH_SOMETHING, Handling
from bot.domain.calls.ideas import Collection
from bot.kit.buttons import Face, Rows, link
from bot.kit.context import Context, Desk
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.calls import terms
from handlers.calls.bid_ways import (
    AskResult,
    HandIn,
    HandWithPartner,
    LetGo,
    ListIdeas,
    OfferCall,
    OpenIdeas,
    StillOnIt,
    TakeCall,
    TakeOver,
    TellResult,
    UndoHanded,
)
from handlers.calls.ways import ListCallInstruments, OpenBid, SeekPartner
from handlers.links import OpenCall, way_back
from storage.calls import desk
from storage.calls.bids import Bid, Handed, Result
from storage.calls.records import GrantCall
from storage.people import Person

RESULTS = {
    Result.WON: gettext_noop("🏆 We won"),
    Result.RESERVE: gettext_noop("📋 In reserve"),
    Result.LOST: gettext_noop("➖ Not this time"),
}
TITLE = 200  # characters


@on(OpenBid, reading=True)
async def open_bid(ctx: Context, press: OpenBid) -> Screen:
    return await bid_screen(ctx, press.call_id)


async def bid_screen(
    ctx: Context, call_id: int, toast: str = "", *, alert: bool = False
) -> Screen:
    """For the team, who bids at all; of the cluster's own organisations each sees its own."""
    t = ctx.t
    call = await bids.call_for(ctx.session, call_id, ctx.me, ctx.now)
    others = await bids.everybodys(ctx.session, call, ctx.me, ctx.now)
    found = await bids.of(ctx.session, ctx.me, call)
    if found is None and others is None:
        raise bids.NoOrganisation
    one = await ideas.of(ctx.session, call, ctx.me) if call.one_bid else None
    text = paragraphs(
        await head(ctx, call, t),
        lines(*_state(t, found)) if found else "",
        _one_bid(ctx, one) if one else "",
        lines(*_everybody(t, others or ())),
    )
    rows: Rows = (
        *(_deeds(ctx, found) if found else ()),
        *_ideas(ctx, one, call_id, team=others is not None),
        *way_back(t, OpenCall(call_id)),
    )
    return Screen(text, rows, toast, alert)


async def head(at: Desk, call: GrantCall, t: Texts) -> str:
    """Its title and its deadlines."""
    found = await desk.deadlines(at.session, call.key)
    return lines(t("💶 <b>{title}</b>", title=title(t, call)), *terms.deadlines(t, found, at.now))


def title(t: Texts, call: GrantCall) -> str:
    """Plain, and not too long."""
    said = terms.title_in(t, call)
    return said if len(said) <= TITLE else f"{said[: TITLE - 1]}…"


def _state(t: Texts, found: Handling) -> Iterator[str]:
    bid, holder = found.bid, found.holder
    if found.mine and bid is not None:
        yield t("🙋 You have been handling it since {day}.", day=_day(t, bid.since))
    elif holder is not None:
        yield t("🙋 <b>{name}</b> handles it at yours.", name=holder.name)
    elif bid is None or bid.handed is None:
        yield t("🙋 Nobody at {where} handles it yet.", where=found.organisation.short)
    if bid is not None and bid.handed is not None:
        yield handed(t, bid)
    if bid is not None and bid.result is not None:
        yield result(t, bid)


def handed(t: Texts, bid: Bid) -> str:
    match bid.handed:
        case Handed.SUBMITTED:
            return t("✅ Handed in.")
        case Handed.WITH_PARTNER if bid.partner:
            return t("🤝 Handed in with {partner}.", partner=bid.partner)
        case Handed.WITH_PARTNER:
            return t("🤝 Handed in with a partner.")
        case Handed.NOT_SUBMITTED:
            return t("✖️ Not handed in.")
    return ""


def result(t: Texts, bid: Bid) -> str:
    if bid.result == Result.WON and bid.amount is not None:
        return t("🏆 Won: <b>{amount}</b>", amount=t.money(bid.amount, bid.currency))
    return t("<b>{result}</b>", result=t.plain(RESULTS[Result(bid.result)])) if bid.result else ""


def _one_bid(ctx: Context, one: Collection) -> str:
    t, due = ctx.t, one.call.internal_at
    ours = one.chosen is not None and one.ours is not None and one.chosen.key == one.ours.key
    if ours:
        return t("☝️ The cluster hands in but one bid, and it is yours.")
    if one.chosen is not None:
        return t("☝️ The cluster hands in but one bid. Another idea was chosen.")
    if one.open(ctx.now) and due is not None:
        return t(
            "☝️ The cluster hands in but one bid. Ideas are collected until {when}.",
            when=t.moment(due),
        )
    if one.open(ctx.now):
        return t("☝️ The cluster hands in but one bid. Ideas are being collected.")
    return t("☝️ The cluster hands in but one bid. The manager is choosing.")


def _everybody(t: Texts, others: Sequence[Handling]) -> Iterator[str]:
    """For the team."""
    if others:
        yield t("<b>Who bids:</b>")
    for each in others:
        assert each.bid is not None
        said = " ".join(filter(None, (handed(t, each.bid), result(t, each.bid))))
        name = each.holder.name if each.holder else "–"
        yield t("• {where}: {name}", where=each.organisation.short, name=name)
        if said:
            yield said


def _ideas(ctx: Context, one: Collection | None, call_id: int, *, team: bool) -> Rows:
    if one is None:
        return ()
    t, rows = ctx.t, []
    if ctx.me.is_member and (one.ours is not None or one.open(ctx.now)):
        rows.append((OpenIdeas(call_id).labelled(t.label("💡 Our idea")),))
    if team:
        label = t.label("💡 Ideas ({n})", n=one.number)
        rows.append((ListIdeas(call_id).labelled(label),))
    return tuple(rows)


def _deeds(ctx: Context, found: Handling) -> Rows:
    t, key, bid = ctx.t, found.call.key, found.bid
    over = bids.is_over(found.call, ctx.now)
    if found.holder is not None and not found.mine:
        rows = _of_colleagues(t, found, found.holder, over=over)
    elif bid is not None and bid.handed is not None:
        rows = _after(t, found, bid)
    else:
        rows = _before(t, found, over=over)
    if over:
        return rows
    together = (
        SeekPartner(key).labelled(t.label("🤝 Find a partner")),
        ListCallInstruments(key).labelled(t.label("🔬 Instruments")),
    )
    return (*rows, together)


def _of_colleagues(t: Texts, found: Handling, holder: Person, *, over: bool) -> Rows:
    rows: list[tuple[Face, ...]] = []
    if holder.username:
        rows.append((_write(t, holder.username),))
    if not over:
        over_to_me = TakeOver(found.call.key, holder.key)
        rows.append((over_to_me.labelled(t.label("🙋 Take it over")),))
    return tuple(rows)


def _write(t: Texts, username: str) -> Face:
    return link(t.label("✉️ Write to @{name}", name=username), f"https://t.me/{username}")


def _before(t: Texts, found: Handling, *, over: bool) -> Rows:
    key = found.call.key
    rows: list[tuple[Face, ...]] = []
    if not over and not found.mine:
        rows.append((TakeCall(key).labelled(t.label("🙋 I handle it"), "primary"),))
    if over or found.mine:
        rows.extend(handing_rows(t, key))
    if found.mine and not over:
        rows.append(
            (
                OfferCall(key).labelled(t.label("👥 Offer to colleagues")),
                LetGo(key).labelled(t.label("↩️ I let it go")),
            )
        )
    return tuple(rows)


def handing_rows(t: Texts, key: int) -> Rows:
    return (
        (
            HandIn(key, Handed.SUBMITTED).labelled(t.label("✅ We handed it in")),
            HandIn(key, Handed.NOT_SUBMITTED).labelled(t.label("✖️ We did not")),
        ),
        (HandWithPartner(key).labelled(t.label("🤝 With a partner…")),),
    )


def still_rows(t: Texts, key: int) -> Rows:
    return (
        (
            StillOnIt(key).labelled(t.label("👍 Yes, I do"), "success"),
            OfferCall(key).labelled(t.label("👥 Offer to colleagues")),
        ),
        (LetGo(key).labelled(t.label("↩️ I let it go")),),
    )


def _after(t: Texts, found: Handling, bid: Bid) -> Rows:
    key, rows = found.call.key, []
    if bid.handed in WITH_SOMETHING:
        label = (
            t.label("🏁 How it ended") if bid.result is None else t.label("🏁 Change the result")
        )
        rows.append((AskResult(key).labelled(label),))
    rows.append((UndoHanded(key).labelled(t.label("✏️ It was otherwise")),))
    return tuple(rows)


def result_rows(t: Texts, key: int) -> Rows:
    return tuple(
        (TellResult(key, each.value).labelled(t.label(words)),) for each, words in RESULTS.items()
    )


def _day(t: Texts, moment: datetime) -> str:
    return t.date(moment.astimezone(t.zone).date())

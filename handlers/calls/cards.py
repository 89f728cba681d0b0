"""The card of a call: until when, how much, for whom, how well it fits, and what can be done."""

from collections.abc import Iterator

from bot.domain.calls import browsing
from bot.domain.calls.browsing import Card, View
from bot.kit.buttons import Button, Face, Rows, link
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.calls import amounts, terms, words
from handlers.calls.differences import difference
from handlers.calls.listing import cut, expected
from handlers.calls.ways import (
    ChooseReminders,
    DropCall,
    FollowCall,
    ListCallInstruments,
    OpenBid,
    OpenCallHistory,
    SeekPartner,
    SettleCall,
    StopFollowing,
)
from handlers.links import ListCalls, OpenCall, way_back
from storage.calls.records import GrantCall, Stage, State

LINKED = "g"  # the letter of links to a call, and alone to all of them
LONG, TITLE = 400, 300  # characters of a text
OVER = (State.CLOSED, State.CANCELLED)
UNDECIDED = (Stage.WAITING, Stage.DRAFT, Stage.DECLINED)


@on(OpenCall, reading=True)
async def open_call(ctx: Context, press: OpenCall) -> Screen:
    return await card_screen(ctx, press.call_id)


async def card_screen(
    ctx: Context, call_id: int, back: Button | None = None, toast: str = ""
) -> Screen:
    """Raises `Gone`."""
    card = await browsing.card(ctx.session, call_id, ctx.me, ctx.now)
    rows = (*_deeds(ctx.t, card), *way_back(ctx.t, back or ListCalls()))
    return Screen(card_text(ctx, card), rows, toast)


def card_text(ctx: Context, card: Card) -> str:
    t, view = ctx.t, card.view
    return paragraphs(
        lines(*_head(t, view)),
        lines(*_time(ctx, card)),
        lines(*amounts.money(t, view.call), *_conditions(t, view.call)),
        lines(*_for_us(t, card)),
        _about(t, view.call),
        lines(*_foot(t, view.call)),
    )


def _head(t: Texts, view: View) -> Iterator[str]:
    call = view.call
    yield t("💶 <b>{title}</b>", title=cut(terms.title_in(t, call), TITLE))
    yield t("{said}", said=terms.origin(t, call))
    if view.pillars:
        names = ", ".join(pillar.name_in(t.language) for pillar, _ in view.pillars)
        yield t("👥 {pillars}", pillars=names)


def _time(ctx: Context, card: Card) -> Iterator[str]:
    """Its state, its deadlines and ours, and what has changed last."""
    t, view, call = ctx.t, card.view, card.view.call
    if call.stage in UNDECIDED:
        yield t("🛠 Only the team sees this call.")
    if call.state == State.FORECAST:
        yield t("{expected}", expected=expected(t, view))
    elif call.state in OVER:
        yield t("<b>{state}</b>", state=t.plain(terms.STATES[call.state]))
    yield from terms.deadlines(t, view.deadlines, ctx.now)
    if call.continuous:
        yield t("♾ Applications are taken until the money is gone.")
    elif not view.deadlines and call.state == State.OPEN:
        yield t("⏳ The deadline is not known yet.")
    if call.internal_at is not None:
        yield _internal(t, call)
    if card.changes:
        last = card.changes[0]
        said = difference(t, last, call)
        day = t.date(last.found_at.astimezone(t.zone).date())
        yield t("🔁 {difference} ({day})", difference=said, day=day)


def _internal(t: Texts, call: GrantCall) -> str:
    assert call.internal_at is not None
    day = t.day(call.internal_at)
    if call.internal_what:
        return t("📌 Within the cluster by <b>{day}</b>: {what}", day=day, what=call.internal_what)
    return t("📌 Within the cluster by <b>{day}</b>", day=day)


def _conditions(t: Texts, call: GrantCall) -> Iterator[str]:
    if call.applicants:
        yield t("👤 Who may apply: {who}", who=words.applicants(t, call.applicants))
    if call.regions:
        yield t("📍 Only {regions}", regions=words.regions(t, call.regions))
    if call.regions_out:
        yield t("📍 Not {regions}", regions=words.regions(t, call.regions_out))
    if call.purpose is not None:
        yield t("⚖️ {purpose}", purpose=t.plain(terms.PURPOSES[call.purpose]))
    if call.czech_money is False:
        yield t("🇨🇿 No money for Czech bidders")
    if call.partners is not None and call.partners > 1:
        yield t.n("🤝 At least {n} partner", "🤝 At least {n} partners", call.partners)
    if call.partners_note:
        yield t("🤝 {note}", note=cut(call.partners_note, LONG))
    if call.trl_least is not None or call.trl_most is not None:
        yield t("🔬 TRL {span}", span=_span(call.trl_least, call.trl_most))
    if call.one_bid:
        yield t("☝️ The whole cluster may hand in one bid only.")


def _span(least: int | None, most: int | None) -> str:
    if least is None or most is None or least == most:
        return str(most if least is None else least)
    return f"{least}–{most}"


def _for_us(t: Texts, card: Card) -> Iterator[str]:
    fit, handling = card.view.fit, card.handling
    if fit is not None and card.view.call.state not in OVER:
        if fit.eligible:
            yield t("🎯 <b>Fit {score}</b> of 100", score=fit.score)
        yield from words.reasons(t, fit.reasons)
    if handling is not None and handling.holder is not None:
        yield t("🙋 Handled here by {name}", name=handling.holder.name)
    if card.view.call.note:
        yield t("📝 <b>Use for members:</b> {note}", note=cut(card.view.call.note, LONG))


def _about(t: Texts, call: GrantCall) -> str:
    if not call.description:
        return ""
    said = cut(" ".join(call.description.split()), LONG)
    return t("<blockquote expandable>{said}</blockquote>", said=said)


def _foot(t: Texts, call: GrantCall) -> Iterator[str]:
    yield t("✅ checked {day}", day=t.date(call.checked_at.astimezone(t.zone).date()))


def _deeds(t: Texts, card: Card) -> Rows:
    rows = [*_of_members(t, card), tuple(_of_all(t, card))]
    if card.may_edit:
        rows.append((SettleCall(card.view.call.key).labelled(t.label("✏️ Edit")),))
    return tuple(row for row in rows if row)


def _of_members(t: Texts, card: Card) -> Iterator[tuple[Face, ...]]:
    call, said = card.view.call, card.view.interest
    if not card.inside or call.stage in UNDECIDED:
        return
    key, over = call.key, call.state in OVER
    if said is not None and said.following:
        followed = StopFollowing(key).labelled(t.label("✅ I follow it"))
        yield (followed, ChooseReminders(key).labelled(t.label("⏰ Reminders")))
    elif not over:
        yield (FollowCall(key).labelled(t.label("👁 Follow"), "primary"),)
    handle = OpenBid(key).labelled(t.label("🙋 Who handles it"))
    seek = SeekPartner(key).labelled(t.label("🤝 Find a partner"))
    yield (handle,) if over else (seek, handle)
    if not over:
        serve = ListCallInstruments(key).labelled(t.label("🔬 Instruments"))
        yield (serve, DropCall(key).labelled(t.label("👎 Not for us")))


def _of_all(t: Texts, card: Card) -> Iterator[Face]:
    call = card.view.call
    if call.link.startswith(("https://", "http://")):
        yield link(t.label("🔗 The call"), call.link)
    if card.inside and card.changes:
        yield OpenCallHistory(call.key).labelled(t.label("🕓 History"))

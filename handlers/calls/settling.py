"""One call on the desk: what is known of it, whom it would reach, and the manager's yes or no."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.calls import browsing, settling
from bot.domain.calls.settling import OnDesk, Why
from bot.domain.refusals import Gone
from bot.kit.buttons import Button, Face, Rows, link
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.calls.cards import card_text
from handlers.calls.desk import heap_screen
from handlers.calls.desk_ways import (
    AskWhyNot,
    EditCall,
    FillIn,
    HandOverCall,
    ListHeap,
    SendCall,
    SetInternal,
    SetOneBid,
    ThrowAway,
    WriteNote,
)
from handlers.calls.desk_words import STAGES, WHYS
from handlers.calls.listing import cut
from handlers.calls.terms import title_in
from handlers.calls.ways import ListProposals, OpenCallHistory, OpenCallsDesk, SettleCall
from handlers.links import way_back
from storage.calls.desk import Heap, Order
from storage.calls.records import GrantCall, Purpose, Stage

WORDS = 6  # by which a pillar was recognised
TITLE = 120  # characters
LINKS = ("https://", "http://")


@dataclass(frozen=True)
class DeclineCall(Button, prefix="ca.d.nw"):
    call_id: int
    why: str


@dataclass(frozen=True)
class TakeCallBack(Button, prefix="ca.d.un"):
    """It may be for us after all."""

    call_id: int


@on(SettleCall, reading=True)
async def settle(ctx: Context, press: SettleCall) -> Screen:
    return await desk_card(ctx, press.call_id)


async def desk_card(ctx: Context, call_id: int, toast: str = "") -> Screen:
    """Words over a pressed button pop up; to whoever typed they are written."""
    t = ctx.t
    its = await settling.look(ctx.session, call_id, ctx.me, ctx.now)
    card = await browsing.card(ctx.session, call_id, ctx.me, ctx.now)
    said = t("{words}", words=toast) if toast and ctx.message else ""
    text = paragraphs(said, card_text(ctx, card), lines(*_for_the_team(t, its)))
    return Screen(text, (*_deeds(t, its), *way_back(t, _heap_of(its.call))), toast)


def _heap_of(call: GrantCall) -> Button:
    match call.stage:
        case Stage.DRAFT:
            return ListHeap(Heap.DRAFTS, Order.NEWEST)
        case Stage.SENT:
            return ListHeap(Heap.SENT, Order.NEWEST)
        case Stage.DECLINED:
            return ListHeap(Heap.DECLINED, Order.NEWEST)
    return OpenCallsDesk()


def _for_the_team(t: Texts, its: OnDesk) -> Iterator[str]:
    call = its.call
    yield t("<b>{stage}</b>", stage=_stage(t, call))
    for pillar, place in its.pillars:
        why = t.plain("by hand") if place.by_hand else ", ".join(place.words[:WORDS])
        if why:
            yield t("🏷 {pillar}: {why}", pillar=pillar.name_in(t.language), why=why)
    if call.purpose in (Purpose.DEFENCE, Purpose.DUAL):
        yield t("🛡 A defence programme")
    if its.sources:
        yield t("📡 {sources}", sources=", ".join(source.name for source, _ in its.sources))
    if its.proposals:
        yield t.n(
            "❓ {n} value was read from prose. Please look whether it holds.",
            "❓ {n} values were read from prose. Please look whether they hold.",
            len(its.proposals),
        )
    if not its.is_settled:
        yield _audience(t, its.audience)


def _stage(t: Texts, call: GrantCall) -> str:
    if call.stage == Stage.SENT:
        sent_at = call.settled_at or call.found_at
        day = t.date(sent_at.astimezone(t.zone).date())
        return t.plain(STAGES[Stage.SENT], day=day)
    if call.stage == Stage.DECLINED:
        known = call.declined_why in [*Why]
        why = t.plain(WHYS[Why(call.declined_why)]) if known else call.declined_why
        return t.plain(STAGES[Stage.DECLINED], why=why)
    return t.plain(STAGES[call.stage])


def _audience(t: Texts, number: int) -> str:
    if not number:
        return t("📭 Nobody would hear of it: no subscriber has such pillars and kinds.")
    return t.n("👥 {n} person would hear of it.", "👥 {n} people would hear of it.", number)


def _deeds(t: Texts, its: OnDesk) -> Iterator[tuple[Face, ...]]:
    call, key = its.call, its.call.key
    if its.proposals:
        asked = t.label("❓ Confirm values ({n})", n=len(its.proposals))
        yield (ListProposals(key).labelled(asked),)
    if call.stage == Stage.DRAFT:
        yield (FillIn(key).labelled(t.label("✍️ Fill in what is missing")),)
    yield from _yes(t, its)
    edit = EditCall(key).labelled(t.label("✏️ Edit"))
    yield (edit, WriteNote(key).labelled(t.label("📝 Note")))
    if its.may_settle:
        mark = "☑️" if call.one_bid else "⬜️"
        yield (
            SetInternal(key).labelled(t.label("📌 Internal deadline")),
            SetOneBid(key, 0 if call.one_bid else 1).labelled(
                t.label("{mark} One bid only", mark=mark)
            ),
        )
    yield from _no(t, its)
    history = OpenCallHistory(key).labelled(t.label("🕓 History"))
    page = (link(t.label("🔗 The call"), call.link),) if call.link.startswith(LINKS) else ()
    yield (*page, history)


def _yes(t: Texts, its: OnDesk) -> Rows:
    key = its.call.key
    if its.is_settled:
        return ()
    if its.may_settle:
        send = t.label("📨 Send ({n})", n=its.audience)
        return ((SendCall(key, 0).labelled(send, "success"),),)
    hand = t.label("📤 Hand over to the manager")
    return ((HandOverCall(key).labelled(hand, "primary"),),)


def _no(t: Texts, its: OnDesk) -> Rows:
    key, stage = its.call.key, its.call.stage
    if stage == Stage.DRAFT:
        return ((ThrowAway(key, 0).labelled(t.label("🗑 Throw away")),),)
    if not its.may_settle or stage == Stage.SENT:
        return ()
    if stage == Stage.DECLINED:
        return ((TakeCallBack(key).labelled(t.label("↩️ It is for us after all")),),)
    return ((AskWhyNot(key).labelled(t.label("🚫 Not for us")),),)


@on(SendCall)
async def send(ctx: Context, press: SendCall) -> Screen:
    t, sure = ctx.t, bool(press.sure)
    its = await settling.send_out(ctx.session, press.call_id, ctx.me, ctx.now, sure=sure)
    if its.call.stage != Stage.SENT:
        return _second_question(t, its)
    said = t.plain_n("Sent to {n} person.", "Sent to {n} people.", its.audience)
    return await desk_card(ctx, press.call_id, said if its.audience else t.plain("It is sent."))


def _second_question(t: Texts, its: OnDesk) -> Screen:
    count = t.number(its.audience)
    text = paragraphs(
        t("💶 <b>{title}</b>", title=cut(title_in(t, its.call), TITLE)),
        t.n(
            "<b>Really send this call to {count} person?</b>",
            "<b>Really send this call to {count} people?</b>",
            its.audience,
            count=count,
        ),
        t("Each gets it in their next message about calls. It cannot be taken back."),
    )
    yes = t.plain_n(
        "📨 Yes, to {count} person", "📨 Yes, to {count} people", its.audience, count=count
    )
    key = its.call.key
    rows = ((SendCall(key, 1).labelled(yes, "success"),), *way_back(t, SettleCall(key)))
    return Screen(text, rows)


@on(HandOverCall)
async def hand_over(ctx: Context, press: HandOverCall) -> Screen:
    call, managers = await settling.hand_over(ctx.session, press.call_id, ctx.me, ctx.now)
    for manager in managers:
        t = ctx.texts_of(manager)
        words = t(
            "💶 {name} has prepared a call: <b>{title}</b>",
            name=ctx.me.name,
            title=cut(title_in(t, call), TITLE),
        )
        look = SettleCall(call.key).labelled(t.label("👁 Look at it"))
        key = f"ca{call.key}:ready:{ctx.occasion}:p{manager.key}"
        ctx.tell(manager, Screen(words, ((look,), *way_back(t))), key=key)
    return await desk_card(ctx, call.key, ctx.t.plain("The manager knows of the call now."))


@on(AskWhyNot, reading=True)
async def ask_why_not(ctx: Context, press: AskWhyNot) -> Screen:
    t, key = ctx.t, press.call_id
    its = await settling.look(ctx.session, key, ctx.me, ctx.now)
    text = paragraphs(
        t("💶 <b>{title}</b>", title=cut(title_in(t, its.call), TITLE)),
        t("Why is it not for us?"),
    )
    faces = [DeclineCall(key, why).labelled(t.label(words)) for why, words in WHYS.items()]
    rows = tuple(tuple(faces[at : at + 2]) for at in range(0, len(faces), 2))
    return Screen(text, (*rows, *way_back(t, SettleCall(key))))


@on(DeclineCall)
async def decline(ctx: Context, press: DeclineCall) -> Screen:
    if press.why not in [*Why]:
        raise Gone
    why, t = Why(press.why), ctx.t
    call = await settling.decline(ctx.session, press.call_id, why, ctx.me, ctx.now)
    text = paragraphs(
        t("🚫 <b>{title}</b>", title=cut(title_in(t, call), TITLE)),
        t("Put aside: {why}. Nobody will hear of it.", why=t.plain(WHYS[why])),
    )
    rows = (
        (TakeCallBack(call.key).labelled(t.label("↩️ Undo")),),
        (OpenCallsDesk().labelled(t.label("🆕 Next call")),),
    )
    return Screen(text, (*rows, *way_back(t, OpenCallsDesk())))


@on(TakeCallBack)
async def take_back(ctx: Context, press: TakeCallBack) -> Screen:
    call = await settling.take_back(ctx.session, press.call_id, ctx.me, ctx.now)
    return await desk_card(ctx, call.key, ctx.t.plain("It waits for your yes again."))


@on(ThrowAway)
async def throw_away(ctx: Context, press: ThrowAway) -> Screen:
    t, key = ctx.t, press.call_id
    if not press.sure:
        its = await settling.look(ctx.session, key, ctx.me, ctx.now)
        title = cut(title_in(t, its.call), TITLE)
        yes = ThrowAway(key, 1).labelled(t.label("🗑 Yes, throw it away"), "danger")
        asked = t("Throw the draft <b>{title}</b> away for ever?", title=title)
        return Screen(asked, ((yes,), *way_back(t, SettleCall(key))))
    await settling.throw_away(ctx.session, key, ctx.me, ctx.now)
    return await heap_screen(ctx, Heap.DRAFTS, toast=t.plain("The draft is gone."))

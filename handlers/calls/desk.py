"""The desk: new calls as the team settles them, sorted into heaps, a page at a time."""

from collections.abc import Iterator

from bot.domain import rights
from bot.domain.calls import desk
from bot.domain.calls.desk import Heaped
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from bot.kit.buttons import Face, Rows
from bot.kit.context import Context
from bot.kit.paging import ROWS, Page
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.calls import terms
from handlers.calls.desk_ways import ListHeap
from handlers.calls.desk_words import EMPTY, HEAPS, ORDERS
from handlers.calls.listing import cut
from handlers.calls.ways import (
    ListSources,
    OpenBidFigures,
    OpenCallRules,
    OpenCallsDesk,
    SettleCall,
)
from handlers.links import OpenAdmin, way_back
from storage.calls.desk import Heap, Order
from storage.calls.records import State

TITLE, BUTTON = 120, 44  # characters
WORDS = 3  # by which a pillar was recognised


@on(OpenCallsDesk, reading=True)
async def open_desk(ctx: Context, _: OpenCallsDesk) -> Screen:
    return await heap_screen(ctx)


@on(ListHeap, reading=True)
async def list_heap(ctx: Context, press: ListHeap) -> Screen:
    try:
        heap, order = Heap(press.heap), Order(press.order)
    except ValueError:
        raise Gone from None
    return await heap_screen(ctx, heap, order, press.page)


async def heap_screen(
    ctx: Context,
    heap: Heap = Heap.WAITING,
    order: Order | None = None,
    number: int = 0,
    toast: str = "",
) -> Screen:
    t = ctx.t
    order = order or desk.ORDERS[heap][0]
    skip = max(0, number) * ROWS
    shown = await desk.heap(ctx.session, heap, order, skip, ROWS, ctx.me, ctx.now)
    pages = max(1, -(-shown.counts[heap] // ROWS))
    part = Page(shown.calls, min(max(0, number), pages - 1), pages)
    turns = part.turns(lambda to: ListHeap(heap, order, to))
    text = paragraphs(
        t("🛠 <b>Grant calls: the desk</b>"),
        t("<b>{heap}</b>: {n}", heap=t.plain(HEAPS[heap]), n=shown.counts[heap]),
        *(_entry(ctx, each) for each in shown.calls),
        "" if shown.calls else t(EMPTY[heap]),
        t("✍️ Send me a link, a PDF or the text of another call, and I will prepare it.")
        if heap == Heap.WAITING
        else "",
    )
    opened = tuple((SettleCall(each.call.key).labelled(_label(t, each)),) for each in shown.calls)
    rows: Rows = (
        *opened,
        *((turns,) if turns else ()),
        *_orders(t, heap, order, shown.counts[heap]),
        *_heaps(t, heap, shown),
        *await _more(ctx),
    )
    return Screen(text, (*rows, *way_back(t, OpenAdmin())), toast)


async def _more(ctx: Context) -> Rows:
    """Assistants prepare calls; whence they come and where they go is the manager's."""
    t = ctx.t
    if not await rights.may(ctx.session, ctx.me, Action.SETTLE_CALL, ctx.now):
        return ()
    return (
        (
            ListSources().labelled(t.label("📡 Sources")),
            OpenBidFigures().labelled(t.label("📊 Bids")),
        ),
        (OpenCallRules().labelled(t.label("🧭 What reaches whom")),),
    )


def _entry(ctx: Context, its: Heaped) -> str:
    t, call = ctx.t, its.call
    return lines(
        t("<b>{title}</b>", title=cut(terms.title_in(t, call), TITLE)),
        t("{about}", about=terms.origin(t, call)),
        t("{when}", when=_when(ctx, its)),
        t("{why}", why=_recognised(t, its)),
    )


def _when(ctx: Context, its: Heaped) -> str:
    t, coming = ctx.t, [each for each in its.deadlines if each.at > ctx.now]
    if coming:
        doubt = "" if coming[0].sure else t.plain(" (not confirmed yet)")
        return f"⏳ {terms.short(t, coming[0], ctx.now)}{doubt}"
    if its.call.continuous:
        return t.plain("♾ until the money is gone")
    if its.call.state == State.FORECAST:
        return t.plain(terms.STATES[State.FORECAST])
    return t.plain("⏳ over") if its.deadlines else t.plain("⏳ deadline not known yet")


def _recognised(t: Texts, its: Heaped) -> str:
    told = []
    for pillar, place in its.pillars:
        why = t.plain("by hand") if place.by_hand else ", ".join(place.words[:WORDS])
        name = pillar.name_in(t.language)
        told.append(f"{name} ({why})" if why else name)
    return f"👥 {'; '.join(told)}" if told else ""


def _label(t: Texts, its: Heaped) -> str:
    sign = "❓" if its.proposals else "💶"
    return f"{sign} {cut(terms.title_in(t, its.call), BUTTON)}"


def _orders(t: Texts, heap: Heap, order: Order, count: int) -> Rows:
    known = desk.ORDERS[heap]
    if count < 2 or len(known) < 2:
        return ()
    return (
        tuple(
            ListHeap(heap, each).labelled(
                f"{'✓ ' if each == order else ''}{t.label(ORDERS[each])}"
            )
            for each in known
        ),
    )


def _heaps(t: Texts, here: Heap, shown: desk.Shown) -> Iterator[tuple[Face, ...]]:
    others = [
        ListHeap(each, desk.ORDERS[each][0]).labelled(f"{t.label(HEAPS[each])} ({number})")
        for each, number in shown.counts.items()
        if each != here and (number or each == Heap.WAITING)
    ]
    for start in range(0, len(others), 2):
        yield tuple(others[start : start + 2])

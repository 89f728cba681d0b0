"""All calls that typed words have found, a page at a time."""

from dataclasses import dataclass

from bot.domain import search
from bot.domain.calls import browsing
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from handlers.calls.cards import card_screen
from handlers.calls.listing import cut, entry, label
from handlers.links import ListCalls, ListFoundCalls, way_back

ECHOED = 40  # characters of what was typed that are repeated


@dataclass(frozen=True)
class OpenFoundCall(Button, prefix="ca.hit"):
    """A card from a page of results, with the way back there."""

    call_id: int
    search_id: int
    page: int


@on(ListFoundCalls, reading=True)
async def list_found(ctx: Context, press: ListFoundCalls) -> Screen:
    t = ctx.t
    results = await search.again(ctx.session, press.search_id, ctx.me, ctx.now)
    part = page(results.calls.ids, press.page)
    views = await browsing.shown(ctx.session, part.items, ctx.me, ctx.now)
    number = len(results.calls.ids)
    counted = t("More than {n} calls", n=number) if results.calls.more else t.n(
        "{n} call", "{n} calls", number
    )  # fmt: skip
    text = paragraphs(
        lines(t("🔎 <b>{words}</b>", words=cut(results.search.said, ECHOED)), counted),
        *(entry(t, each, ctx.now) for each in views),
        "" if views else t("Nothing here any more."),
    )
    rows = [
        (OpenFoundCall(each.call.key, press.search_id, part.number).labelled(label(t, each)),)
        for each in views
    ]
    turns = part.turns(lambda to: ListFoundCalls(press.search_id, to))
    shown = (*rows, turns) if turns else tuple(rows)
    return Screen(text, (*shown, *way_back(t, ListCalls())))


@on(OpenFoundCall, reading=True)
async def open_found(ctx: Context, press: OpenFoundCall) -> Screen:
    return await card_screen(ctx, press.call_id, ListFoundCalls(press.search_id, press.page))

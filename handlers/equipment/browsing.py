"""The equipment as a list: fields, and what there is in each."""

from bot.domain import instruments, search
from bot.domain.instruments import catalogue, finding
from bot.domain.refusals import Gone
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import command, on, start_link
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import gettext_noop
from handlers.equipment.cards import LINKED, card_screen
from handlers.equipment.keeping import ways_to_keep
from handlers.equipment.listing import entry, name_in
from handlers.equipment.narrowing import narrowing_screen
from handlers.equipment.searching import results_screen
from handlers.equipment.ways import NarrowCategory, OpenCategory
from handlers.equipment.words import CATEGORIES
from handlers.links import (
    ListEnquiries,
    ListInstruments,
    ListInstrumentsOf,
    OpenInstrument,
    OpenPillar,
    way_back,
)
from storage.instruments import Category

LONGEST_ID = 9  # digits


@command("pristroje", "equipment", describe=gettext_noop("Members' equipment"), reading=True)
async def list_equipment(ctx: Context, _: str) -> Screen:
    return await _categories(ctx, 0)


@on(ListInstruments, reading=True)
async def show_equipment(ctx: Context, press: ListInstruments) -> Screen:
    return await _categories(ctx, press.page)


@start_link(LINKED)
async def open_link(ctx: Context, token: str) -> Screen:
    if not token:
        return await _categories(ctx, 0)
    if not token.isdecimal() or len(token) > LONGEST_ID:
        raise Gone
    return await card_screen(ctx, int(token))


@on(OpenCategory, reading=True)
async def open_category(ctx: Context, press: OpenCategory) -> Screen:
    t, category = ctx.t, _category(press.category)
    found = await finding.look_for(ctx.session, "", ctx.me, ctx.now, [f"category:{category}"])
    part = page(found.ids, press.page)
    views = await instruments.shown(ctx.session, part.items, ctx.me, ctx.now)
    rows = [
        (OpenInstrument(each.instrument.key).labelled(name_in(t, each.instrument)),)
        for each in views
    ]
    text = paragraphs(
        t("🔬 <b>{category}</b>", category=t.plain(CATEGORIES[category])),
        *(entry(t, each) for each in views),
        "" if views else t("Nothing here any more."),
    )
    turns = part.turns(lambda to: OpenCategory(category, to))
    narrow = NarrowCategory(category).labelled(t.label("🎛 Narrow down"))
    shown = (*rows, turns) if turns else tuple(rows)
    more = ((narrow,),) if turns else ()
    return Screen(text, (*shown, *more, *way_back(t, ListInstruments())))


@on(ListInstrumentsOf)
async def list_instruments_of(ctx: Context, press: ListInstrumentsOf) -> Screen:
    chosen = [f"pillar:{press.pillar_id}"]
    results = await search.begin(ctx.session, "", ctx.me, ctx.now, chosen)
    if not results:
        nothing = ctx.t("No equipment of this pillar is known yet.")
        return Screen(nothing, way_back(ctx.t, OpenPillar(press.pillar_id)))
    return await results_screen(ctx, results)


@on(NarrowCategory)
async def narrow_category(ctx: Context, press: NarrowCategory) -> Screen:
    chosen = [f"category:{_category(press.category)}"]
    results = await search.begin(ctx.session, "", ctx.me, ctx.now, chosen)
    return await narrowing_screen(ctx, results)


async def _categories(ctx: Context, number: int) -> Screen:
    t, found = ctx.t, await instruments.categories(ctx.session, ctx.me, ctx.now)
    title = t("🔬 <b>Members' equipment</b>")
    mine = ((ListEnquiries().labelled(t.label("📬 My enquiries")),),) if ctx.me.is_member else ()
    mine = (*mine, *await ways_to_keep(ctx))
    if not found:
        empty = t("There is no equipment here yet. The manager adds what members offer to share.")
        return Screen(paragraphs(title, empty), (*mine, *way_back(t)))
    part = page(list(found.items()), number)
    rows = [
        (OpenCategory(category).labelled(f"{t.label(CATEGORIES[category])} · {_count(count)}"),)
        for category, count in part.items
    ]
    words = t("Choose a field, or just write what you are looking for.")
    shown = (*rows, part.turns(ListInstruments)) if part.count > 1 else tuple(rows)
    return Screen(paragraphs(title, words), (*shown, *mine, *way_back(t)))


def _count(number: int) -> str:
    return f"{number}+" if number >= catalogue.MOST_COUNTED else str(number)


def _category(name: str) -> Category:
    try:
        return Category(name)
    except ValueError:
        raise Gone from None

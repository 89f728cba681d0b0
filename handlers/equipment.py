"""The equipment database as members read it: categories, lists, cards."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import instruments
from bot.domain.refusals import Gone
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import command, on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.links import ListInstruments, OpenInstrument, way_back
from storage.instruments import Category, Instrument, Offering

CATEGORIES = {
    Category.LASERS: gettext_noop("Lasers"),
    Category.ELECTRON_MICROSCOPY: gettext_noop("Electron microscopy"),
    Category.MICROSCOPY: gettext_noop("Other microscopy"),
    Category.THIN_FILMS: gettext_noop("Thin films"),
    Category.MANUFACTURING: gettext_noop("Optics manufacturing"),
    Category.METROLOGY: gettext_noop("Metrology"),
    Category.SPECTROSCOPY: gettext_noop("Spectroscopy"),
    Category.SURFACES: gettext_noop("Surface analysis"),
    Category.NANOFABRICATION: gettext_noop("Nanofabrication"),
    Category.PROCESSING: gettext_noop("Material processing"),
}
OFFERINGS = {
    Offering.EQUIPMENT: gettext_noop("Instrument"),
    Offering.FACILITY: gettext_noop("Facility"),
    Offering.SERVICE: gettext_noop("Service"),
}


@dataclass(frozen=True)
class OpenCategory(Button, prefix="in.of"):
    category: str
    page: int = 0


@command("pristroje", "equipment", describe=gettext_noop("Members' equipment"), reading=True)
async def list_equipment(ctx: Context, _: str) -> Screen:
    return await _categories(ctx, 0)


@on(ListInstruments, reading=True)
async def show_equipment(ctx: Context, press: ListInstruments) -> Screen:
    return await _categories(ctx, press.page)


@on(OpenCategory, reading=True)
async def open_category(ctx: Context, press: OpenCategory) -> Screen:
    t, category = ctx.t, _category(press.category)
    found = await instruments.of_category(ctx.session, category, ctx.me, ctx.now)
    part = page(found, press.page)
    rows = [(OpenInstrument(each.key).labelled(each.name),) for each in part.items]
    turns = part.turns(lambda to: OpenCategory(category, to))
    text = paragraphs(
        t("🔬 <b>{category}</b>", category=t.plain(CATEGORIES[category])),
        t("What would you like to know more about?") if found else t("Nothing here any more."),
    )
    shown = (*rows, turns) if turns else tuple(rows)
    return Screen(text, (*shown, *way_back(t, ListInstruments())))


@on(OpenInstrument, reading=True)
async def open_instrument(ctx: Context, press: OpenInstrument) -> Screen:
    instrument = await instruments.card(ctx.session, press.instrument_id, ctx.me, ctx.now)
    text = paragraphs(
        lines(*_head(ctx.t, instrument)),
        lines(*_facts(ctx.t, instrument)),
        ctx.t('<a href="{url}">Source</a>', url=instrument.source),
    )
    return Screen(text, way_back(ctx.t, OpenCategory(instrument.category)))


async def _categories(ctx: Context, number: int) -> Screen:
    t, found = ctx.t, await instruments.categories(ctx.session, ctx.me, ctx.now)
    title = t("🔬 <b>Members' equipment</b>")
    if not found:
        empty = t("There is no equipment here yet. The manager adds what members offer to share.")
        return Screen(paragraphs(title, empty), way_back(t))
    part = page(list(found.items()), number)
    rows = [
        (OpenCategory(category).labelled(f"{t.label(CATEGORIES[category])} · {count}"),)
        for category, count in part.items
    ]
    words = t("Choose a field, or just write what you are looking for.")
    shown = (*rows, part.turns(ListInstruments)) if part.count > 1 else tuple(rows)
    return Screen(paragraphs(title, words), (*shown, *way_back(t)))


def _category(name: str) -> Category:
    try:
        return Category(name)
    except ValueError:
        raise Gone from None


def _head(t: Texts, instrument: Instrument) -> Iterator[str]:
    yield t("🔬 <b>{name}</b>", name=instrument.name)
    offering, category = OFFERINGS[instrument.kind], CATEGORIES[instrument.category]
    yield t("{kind} · {category}", kind=t.plain(offering), category=t.plain(category))


def _facts(t: Texts, instrument: Instrument) -> Iterator[str]:
    made = " ".join(part for part in (instrument.maker, instrument.model) if part)
    if made and made != instrument.name:
        yield t("Make: {made}", made=made)
    yield t("Owner: {owner}", owner=instrument.owner)
    if instrument.site:
        yield t("Place: {site}", site=instrument.site)
    if instrument.what:
        yield t("Used for: {what}", what=instrument.what)
    for name, value in instrument.parameters.items():
        yield t("{name}: {value}", name=name, value=value)
    if instrument.access:
        yield t("Access: {access}", access=instrument.access)

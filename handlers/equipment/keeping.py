"""What a contact person keeps for their organisation, and the team for all."""

from dataclasses import dataclass

from bot.domain.instruments import caring
from bot.domain.instruments.caring import Shelf
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.paging import ROWS, Page
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.equipment.care_ways import AddInstrument, GetList, SendList
from handlers.equipment.ways import EditInstrument, ManageInstruments
from handlers.links import ListInstruments, OpenEquipmentDesk, way_back
from storage.instruments import Condition, Instrument

SIGNS = {Condition.CONFIRMED: "🔬", Condition.UNVERIFIED: "⚠️", Condition.HIDDEN: "🙈"}


@dataclass(frozen=True)
class ListHomes(Button, prefix="in.homes"):
    """For those who speak for several organisations."""


@on(ManageInstruments, reading=True)
async def manage(ctx: Context, press: ManageInstruments) -> Screen:
    return await shelf_screen(ctx, press.organisation_id, press.page)


@on(ListHomes, reading=True)
async def list_homes(ctx: Context, _: ListHomes) -> Screen:
    t = ctx.t
    homes = await caring.homes(ctx.session, ctx.me, ctx.now)
    rows = tuple((ManageInstruments(each.key).labelled(each.short),) for each in homes)
    return Screen(t("🗂 Whose equipment?"), (*rows, *way_back(t, ListInstruments())))


async def ways_to_keep(ctx: Context) -> tuple[tuple[Face, ...], ...]:
    """A row for those who keep somebody's records."""
    t, homes = ctx.t, await caring.homes(ctx.session, ctx.me, ctx.now)
    if not homes:
        return ()
    to = ManageInstruments(homes[0].key) if len(homes) == 1 else ListHomes()
    return ((to.labelled(t.label("🗂 Our equipment")),),)


async def shelf_screen(
    ctx: Context, organisation_id: int, number: int = 0, toast: str = ""
) -> Screen:
    t, skip = ctx.t, max(0, number) * ROWS
    shelf = await caring.shelf(ctx.session, organisation_id, skip, ROWS, ctx.me, ctx.now)
    pages = max(1, -(-shelf.count // ROWS))
    part = Page(shelf.instruments, min(max(0, number), pages - 1), pages)
    turns = part.turns(lambda to: ManageInstruments(organisation_id, to))
    rows = (
        *((EditInstrument(each.key).labelled(_label(each)),) for each in shelf.instruments),
        *((turns,) if turns else ()),
        *_deeds(t, organisation_id, shelf),
        *way_back(t, OpenEquipmentDesk() if organisation_id == 0 else ListInstruments()),
    )
    return Screen(paragraphs(_title(t, shelf), _about(t, shelf)), rows, toast)


def _title(t: Texts, shelf: Shelf) -> str:
    if shelf.owner is None:
        return t("🗂 <b>Equipment of all owners</b>")
    return t("🗂 <b>Equipment of {owner}</b>", owner=shelf.owner.short)


def _about(t: Texts, shelf: Shelf) -> str:
    if not shelf.count:
        return t("There is nothing here yet. Add an instrument, or send me a whole list.")
    return lines(
        t.n("{n} record.", "{n} records.", shelf.count),
        t("Tap one to change it. 🙈 is hidden, ⚠️ not verified."),
    )


def _deeds(t: Texts, organisation_id: int, shelf: Shelf) -> list[tuple[Face, ...]]:
    send = SendList(organisation_id).labelled(t.label("📥 Send a list"))
    get = GetList(organisation_id).labelled(t.label("📤 Get the list"))
    add = AddInstrument(organisation_id).labelled(t.label("➕ Add an instrument"))
    first = [(add,)] if organisation_id else []
    return [*first, (send, get) if shelf.count else (send,)]


def _label(instrument: Instrument) -> str:
    name = instrument.name if len(instrument.name) <= 40 else f"{instrument.name[:39]}…"
    return f"{SIGNS[Condition(instrument.condition)]} {name}"

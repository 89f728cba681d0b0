"""The card of an instrument: what it is, whose, what it can do, and how to get to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import instruments
from bot.domain.instruments import Card
from bot.domain.instruments.visibility import View
from bot.domain.refusals import Gone
from bot.kit.buttons import Button, Rows, link
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, Toast, lines, paragraphs
from bot.kit.texts import Texts
from handlers.equipment.listing import name_in
from handlers.equipment.ways import (
    AskOwner,
    EditInstrument,
    ListWindows,
    OpenCategory,
    OpenFound,
    OpenSearch,
)
from handlers.equipment.words import ACCESS, CATEGORIES, FIELDS, OFFERINGS, PRICED
from handlers.links import OpenInstrument, way_back
from storage.instruments import Category, Condition, Offering, Priced
from storage.outbox import Call

PARAMETERS = 8  # that are shown
LONG = 300  # characters of a text
LINKED = "q"  # the letter of links to an instrument, and alone to all of them


@dataclass(frozen=True)
class ShowPhoto(Button, prefix="in.pic"):
    instrument_id: int


@on(OpenInstrument, reading=True)
async def open_instrument(ctx: Context, press: OpenInstrument) -> Screen:
    return await card_screen(ctx, press.instrument_id)


@on(OpenFound, reading=True)
async def open_found(ctx: Context, press: OpenFound) -> Screen:
    back = OpenSearch(press.search_id, press.page)
    return await card_screen(ctx, press.instrument_id, back)


@on(ShowPhoto)
async def show_photo(ctx: Context, press: ShowPhoto) -> Toast:
    card = await instruments.card(ctx.session, press.instrument_id, ctx.me, ctx.now)
    photo = card.view["photo"]
    if not photo or ctx.me.telegram_id is None:
        raise Gone
    ctx.owe(Call("sendPhoto", ctx.me.telegram_id, {"photo": photo, **_caption(ctx.t, card)}))
    return Toast("")


async def card_screen(ctx: Context, instrument_id: int, back: Button | None = None) -> Screen:
    t = ctx.t
    card = await instruments.card(ctx.session, instrument_id, ctx.me, ctx.now)
    before = back or OpenCategory(card.view.instrument.category)
    label = t.label("◀ Results") if isinstance(back, OpenSearch) else ""
    return Screen(card_text(t, card), (*_deeds(ctx, card), *way_back(t, before, label)))


def card_text(t: Texts, card: Card) -> str:
    view = card.view
    return paragraphs(
        lines(*_head(t, card)),
        lines(*_state(t, card)),
        lines(*_use(t, view)),
        lines(*_parameters(t, view)),
        lines(*_conditions(t, view)),
        lines(*_foot(t, view)),
    )


def _deeds(ctx: Context, card: Card) -> Rows:
    t, it = ctx.t, card.view.instrument
    rows: list[tuple[dict[str, object], ...]] = []
    if ctx.me.is_member:
        ask = AskOwner(it.key).labelled(t.label("💬 Ask the owner"), "primary")
        rows.append((ask, ListWindows(it.key).labelled(t.label("📅 Free windows"))))
    more = [ShowPhoto(it.key).labelled(t.label("🖼 Photo"))] if card.view["photo"] else []
    if card.view["link"]:
        more.append(link(t.label("🔗 Website"), it.link or ""))
    if card.may_edit:
        more.append(EditInstrument(it.key).labelled(t.label("✏️ Change")))
    return (*rows, tuple(more)) if more else tuple(rows)


def _head(t: Texts, card: Card) -> Iterator[str]:
    view, it = card.view, card.view.instrument
    yield t("🔬 <b>{name}</b>", name=name_in(t, it))
    kind, category = OFFERINGS[Offering(it.kind)], CATEGORIES[Category(it.category)]
    yield t("{kind} · {category}", kind=t.plain(kind), category=t.plain(category))
    made = " ".join(part for part in (view["maker"], view["model"]) if part)
    if made and made not in (it.name, it.name_en):
        yield t("🏭 {made}", made=made)
    place = view["site"]
    owner = t("🏢 {owner}, {place}", owner=it.owner, place=place)
    yield owner if place else t("🏢 {owner}", owner=it.owner)


def _state(t: Texts, card: Card) -> Iterator[str]:
    outage, condition = card.outage, card.view.instrument.condition
    if outage is not None and outage.until is not None:
        yield t("🔧 Out of service until {day}", day=t.day(outage.until))
    elif outage is not None:
        yield t("🔧 Out of service")
    if condition == Condition.HIDDEN:
        yield t("🙈 Hidden: nobody else sees it.")


def _use(t: Texts, view: View) -> Iterator[str]:
    own, other = ("what_en", "what") if t.language == "en" else ("what", "what_en")
    said = view[own] or view[other]
    if said:
        yield t("{what}", what=_cut(str(said)))


def _parameters(t: Texts, view: View) -> Iterator[str]:
    told = list(view["parameters"].items())
    for name, value in told[:PARAMETERS]:
        yield t("• {name}: <b>{value}</b>", name=_cut(str(name)), value=_cut(str(value)))
    if len(told) > PARAMETERS:
        rest = len(told) - PARAMETERS
        yield t.n("… and {n} more parameter", "… and {n} more parameters", rest)


def _conditions(t: Texts, view: View) -> Iterator[str]:
    ways = [t.plain(ACCESS[flag]) for flag in ACCESS if view[flag]]
    if ways or view["access"]:
        said = " · ".join([*ways, *([_cut(str(view["access"]))] if view["access"] else [])])
        yield t("🔑 {access}", access=said)
    if price := _price(t, view):
        yield t("💰 {price}", price=price)
    if view["samples"]:
        yield t("🧪 {samples}", samples=_cut(str(view["samples"])))
    if view["guarantor"]:
        yield t("👤 {guarantor}", guarantor=view["guarantor"])
    if view.on_request:
        told = dict.fromkeys(t.plain(FIELDS[each]) for each in view.on_request if each in FIELDS)
        yield t("🔒 Ask the owner for: {fields}", fields=", ".join(told))


def _price(t: Texts, view: View) -> str:
    bands = [
        (view["price_members"], t.plain("members {price} CZK", price=view["price_members"])),
        (view["price_academia"], t.plain("academia {price} CZK", price=view["price_academia"])),
        (view["price_others"], t.plain("others {price} CZK", price=view["price_others"])),
    ]
    said = [words for price, words in bands if price]
    if view["priced"]:
        said.insert(0, t.plain(PRICED[Priced(view["priced"])]))
    if view["price_least"]:
        said.append(t.plain("at least {price} CZK", price=t.number(view["price_least"])))
    return " · ".join(said)


def _foot(t: Texts, view: View) -> Iterator[str]:
    it = view.instrument
    if it.condition == Condition.UNVERIFIED:
        yield t("⚠️ Not verified: nobody has confirmed this for long.")
    elif it.confirmed_at is not None:
        yield t("✅ Confirmed in {month}", month=t.month(it.confirmed_at))
    if view["doi"]:
        yield t('DOI: <a href="https://doi.org/{doi}">{doi}</a>', doi=view["doi"])
    if it.source.startswith("http"):
        yield t('<a href="{url}">Source</a>', url=it.source)


def _caption(t: Texts, card: Card) -> dict[str, str]:
    name = t("🔬 <b>{name}</b>", name=name_in(t, card.view.instrument))
    return {"caption": str(name), "parse_mode": "HTML"}


def _cut(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG]}…"

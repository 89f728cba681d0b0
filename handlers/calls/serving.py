"""Instruments of the cluster that serve a call, each with the words of the call that say so."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.calls import serving
from bot.domain.calls.serving import Serving
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.calls.bid_card import head
from handlers.calls.ways import ListCallInstruments, SeekPartner
from handlers.links import ListInstruments, OpenCall, OpenInstrument, way_back
from storage.instruments import Instrument

TERMS = 3
SHORT = 60  # characters of a name on a button


@dataclass(frozen=True)
class MoreInstruments(Button, prefix="ca.ins.p"):
    call_id: int
    page: int


@on(ListCallInstruments, reading=True)
async def list_instruments(ctx: Context, press: ListCallInstruments) -> Screen:
    return await _screen(ctx, press.call_id, 0)


@on(MoreInstruments, reading=True)
async def more_instruments(ctx: Context, press: MoreInstruments) -> Screen:
    return await _screen(ctx, press.call_id, press.page)


async def _screen(ctx: Context, call_id: int, number: int) -> Screen:
    t = ctx.t
    call, found = await serving.instruments_for(ctx.session, call_id, ctx.me, ctx.now)
    if not found:
        return await _none(ctx, call_id, await head(ctx, call, t))
    shown = page(found, number)
    text = paragraphs(
        await head(ctx, call, t),
        _how_many(t, found),
        *(_entry(t, each) for each in shown.items),
    )
    rows: Rows = tuple(
        (OpenInstrument(each.instrument.key).labelled(_name(t, each.instrument)[:SHORT]),)
        for each in shown.items
    )
    turns = shown.turns(lambda to: MoreInstruments(call_id, to))
    rows = (*rows, turns) if turns else rows
    return Screen(text, (*rows, *way_back(t, OpenCall(call_id))))


def _how_many(t: Texts, found: Sequence[Serving]) -> str:
    spoken_of = sum(bool(each.terms) for each in found)
    if not spoken_of:
        return t("🔬 The call's text speaks of no instrument. These are of the same pillar:")
    return t.n(
        "🔬 <b>{n} instrument of the cluster may serve it</b>",
        "🔬 <b>{n} instruments of the cluster may serve it</b>",
        spoken_of,
    )


async def _none(ctx: Context, call_id: int, about: str) -> Screen:
    t = ctx.t
    text = paragraphs(
        about,
        t("🔬 I have found no instrument that the call's text speaks of."),
        t("Look through the equipment yourself, or find a partner who has one."),
    )
    rows = (
        (
            ListInstruments().labelled(t.label("🔬 Equipment")),
            SeekPartner(call_id).labelled(t.label("🤝 Find a partner")),
        ),
    )
    return Screen(text, (*rows, *way_back(t, OpenCall(call_id))))


def _entry(t: Texts, each: Serving) -> str:
    name, owner = _name(t, each.instrument), each.instrument.owner
    return t("• <b>{name}</b>, {owner}\n<i>{why}</i>", name=name, owner=owner, why=_why(t, each))


def _why(t: Texts, each: Serving) -> str:
    """Plain: by which words of the call it was found, or that it is only of its field."""
    if each.terms:
        return ", ".join(each.terms[:TERMS])
    pillar = each.pillar.name_in(t.language) if each.pillar else "–"
    return t.plain("of the same pillar: {pillar}", pillar=pillar)


def _name(t: Texts, instrument: Instrument) -> str:
    return (instrument.name_en if t.language == "en" else "") or instrument.name

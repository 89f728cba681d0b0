"""Giving out the equipment as a file: XLSX, CSV or JSON, in columns that we read again."""

from dataclasses import dataclass

from bot.domain.instruments import exporting
from bot.domain.instruments.exporting import Table as Rows
from bot.domain.refusals import Gone
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.errands import Trip
from bot.kit.routes import errand, on
from bot.kit.screens import Screen, Toast, lines, paragraphs
from bot.kit.texts import Texts
from bot.papers import lists
from handlers.equipment.care_ways import GetList
from handlers.equipment.ways import ManageInstruments
from handlers.links import way_back
from storage import organisations, people
from storage.people import Person


@dataclass(frozen=True)
class GetFile(Button, prefix="in.exp.f"):
    organisation_id: int
    kind: str


@on(GetList, reading=True)
async def get_list(ctx: Context, press: GetList) -> Screen:
    t, home = ctx.t, press.organisation_id
    await exporting.require(ctx.session, home, ctx.me, ctx.now)
    kinds = tuple(GetFile(home, kind).labelled(kind.upper()) for kind in lists.KINDS)
    text = paragraphs(
        t("📤 <b>Which file shall it be?</b>"),
        lines(
            t("All have the same columns. Change what you like and send the file back."),
            t("Photos and dates out of service stay with the records."),
        ),
    )
    return Screen(text, (kinds, *way_back(t, ManageInstruments(home))))


@on(GetFile)
async def get_file(ctx: Context, press: GetFile) -> Toast:
    if press.kind not in lists.KINDS:
        raise Gone
    await exporting.require(ctx.session, press.organisation_id, ctx.me, ctx.now)
    home, ending = press.organisation_id, press.kind
    await ctx.errand("equipment.list", organisation_id=home, ending=ending, person_id=ctx.me.key)
    return Toast(ctx.t.plain("The list is on its way."))


@errand("equipment.list")
async def give_list(trip: Trip, organisation_id: int, ending: str, person_id: int) -> None:
    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
        assert me is not None
        await exporting.require(desk.session, organisation_id, me, trip.now)
        home = await organisations.find(desk.session, organisation_id) if organisation_id else None
        told = await exporting.table(desk.session, organisation_id, me.language, trip.now)
    content = await trip.aside(made, trip, me, told, ending)
    name = f"equipment-{trip.now:%Y-%m-%d}.{ending}"
    t = trip.house.texts[me.language]
    caption = lines(
        t("📤 Equipment of {owner}", owner=home.short)
        if home
        else t("📤 Equipment of all owners"),
        t.n("{n} record.", "{n} records.", len(told[1])),
    )
    async with trip.deliver() as desk:
        await desk.send_file(me, name, content, caption)


@errand("equipment.template")
async def give_template(trip: Trip, person_id: int) -> None:
    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
    assert me is not None
    content = await trip.aside(made, trip, me, exporting.template(me.language), "xlsx")
    t = trip.house.texts[me.language]
    caption = t("📄 Put your own rows in the place of the invented one, and send me the file.")
    async with trip.deliver() as desk:
        await desk.send_file(me, _template_name(t), content, caption)


def _template_name(t: Texts) -> str:
    return f"{t.plain('template')}.xlsx"


def made(trip: Trip, me: Person, told: Rows, kind: str) -> bytes:
    name = trip.house.texts[me.language].plain("Equipment")
    return lists.made(kind, name, *told, author=trip.house.cluster.name, at=trip.now)

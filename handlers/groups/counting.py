"""How a pillar grows: people and organisations, month by month."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.domain.groups import counting
from bot.domain.groups.counting import Numbers
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.errands import Trip
from bot.kit.routes import errand, on, watch
from bot.kit.screens import Screen, Toast, lines, paragraphs
from bot.kit.texts import Texts
from bot.papers.growth import Picture, Series, png
from handlers.groups.ways import ShowNumbers
from handlers.links import OpenPillar, way_back
from storage import people
from storage.groups.counts import PillarCount

BAR = 8  # squares of the largest number


@dataclass(frozen=True)
class DrawNumbers(Button, prefix="pi.num.p"):
    pillar_id: int


@on(ShowNumbers, reading=True)
async def show_numbers(ctx: Context, press: ShowNumbers) -> Screen:
    t = ctx.t
    found = await counting.numbers(ctx.session, press.pillar_id, ctx.me, ctx.now)
    people = t.n("{n} person", "{n} people", found.people)
    homes = t.n("{n} organisation", "{n} organisations", found.organisations)
    most = max((each.people for each in found.past), default=0)
    months = [_month(t, each, most) for each in reversed(found.past)]
    text = paragraphs(
        t("📈 <b>{pillar}</b>", pillar=found.pillar.name_in(t.language)),
        t("Today: 👥 {people} · 🏢 {organisations}", people=people, organisations=homes),
        lines(t("At the beginning of the month:"), *months) if months else "",
        "" if months else t("From next month on, you will see here how the pillar grows."),
    )
    draw = DrawNumbers(press.pillar_id).labelled(t.label("🖼 As a picture"))
    rows = ((draw,),) if months else ()
    return Screen(text, (*rows, *way_back(t, OpenPillar(found.pillar.key))))


@on(DrawNumbers)
async def draw_numbers(ctx: Context, press: DrawNumbers) -> Toast:
    await counting.numbers(ctx.session, press.pillar_id, ctx.me, ctx.now)
    await ctx.errand("groups.numbers", pillar_id=press.pillar_id, person_id=ctx.me.key)
    return Toast(ctx.t.plain("The picture is on its way."))


@errand("groups.numbers")
async def send_picture(trip: Trip, *, pillar_id: int, person_id: int) -> None:
    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
        assert me is not None
        t = desk.texts_of(me)
        found = await counting.numbers(desk.session, pillar_id, me, desk.now)
    title = found.pillar.name_in(t.language)
    content = await trip.aside(png, _picture(t, found, trip))
    async with trip.deliver() as desk:
        caption = t("📈 <b>{pillar}</b>", pillar=title)
        await desk.send_file(me, "pillar.png", content, caption, photo=True)


def _picture(t: Texts, found: Numbers, trip: Trip) -> Picture:
    past = [*reversed(found.past)]
    months = [f"{each.counted_on.month}/{each.counted_on:%y}" for each in past]
    people_now = [*(each.people for each in past), found.people]
    homes_now = [*(each.organisations for each in past), found.organisations]
    day = t.date(trip.now.astimezone(t.zone).date())
    return Picture(
        found.pillar.name_in(t.language),
        f"{trip.house.cluster.name}, {day}",
        [*months, t.plain("today")],
        [Series(t.plain("PEOPLE"), people_now), Series(t.plain("ORGANISATIONS"), homes_now)],
    )


@watch("pillar counts", every=timedelta(hours=1))
async def count(trip: Trip) -> None:
    async with trip.look() as desk:
        zone = desk.house.cluster.zone
        due = await counting.is_due(desk.session, zone, desk.now)
    if due:
        async with trip.deliver() as desk:
            await counting.count(desk.session, zone, desk.now)


def _month(t: Texts, each: PillarCount, most: int) -> str:
    bar = "▰" * max(1, round(BAR * each.people / most)) if each.people else "▱"
    return t(
        "{bar} {month}: 👥 {people} · 🏢 {organisations}",
        bar=bar,
        month=t.month(datetime.combine(each.counted_on, time(12), t.zone)),
        people=t.number(each.people),
        organisations=t.number(each.organisations),
    )

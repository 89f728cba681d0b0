"""How a pillar grows: people and organisations, month by month."""

from datetime import datetime, time, timedelta

from bot.domain.groups import counting
from bot.kit.context import Context
from bot.kit.errands import Trip
from bot.kit.routes import on, watch
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.groups.ways import ShowNumbers
from handlers.links import OpenPillar, way_back
from storage.groups.counts import PillarCount

BAR = 8  # squares of the largest number


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
    return Screen(text, way_back(t, OpenPillar(found.pillar.key)))


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

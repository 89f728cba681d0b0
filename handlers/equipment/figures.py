"""The equipment as the team runs it: figures as words, a picture and tables; what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.instruments import figures
from bot.domain.instruments.figures import Demand, Figures, Quarter
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.errands import Trip
from bot.kit.routes import errand, on
from bot.kit.screens import Screen, Toast, lines, paragraphs
from bot.kit.texts import Texts
from bot.papers.equipment import Bars, Picture, Section, png
from bot.papers.spreadsheet import Table, xlsx
from handlers.equipment.ways import ManageInstruments
from handlers.equipment.words import CATEGORIES
from handlers.links import OpenAdmin, OpenEquipmentDesk, OpenInstrument, way_back
from storage import people
from storage.instruments import Condition, Missed
from storage.people import Person

DAY = 48  # hours from which days are said


@dataclass(frozen=True)
class DrawEquipment(Button, prefix="in.fig.p"):
    pass


@dataclass(frozen=True)
class CountEquipment(Button, prefix="in.fig.x"):
    """The figures as tables."""


@dataclass(frozen=True)
class ListMissed(Button, prefix="in.miss"):
    pass


@dataclass(frozen=True)
class WhoMight(Button, prefix="in.miss.w"):
    missed_id: int


@on(OpenEquipmentDesk, reading=True)
async def open_desk(ctx: Context, _: OpenEquipmentDesk) -> Screen:
    t, known = ctx.t, await _figures(ctx)
    rows: Rows = (
        (ManageInstruments(0).labelled(t.label("🗂 All records")),),
        (
            DrawEquipment().labelled(t.label("🖼 As a picture")),
            CountEquipment().labelled(t.label("📊 As a table")),
        ),
        (ListMissed().labelled(t.label("🔎 What is missing")),),
        *way_back(t, OpenAdmin()),
    )
    return Screen(_text(t, known), rows)


async def _figures(ctx: Context) -> Figures:
    zone = ctx.house.cluster.zone
    return await figures.figures(ctx.session, ctx.me, ctx.t.language, zone, ctx.now)


def _text(t: Texts, known: Figures) -> str:
    return paragraphs(
        t("🔬 <b>Equipment</b>"),
        lines(*_counts(t, known)),
        lines(*_demand(t, known.demand)),
    )


def _counts(t: Texts, known: Figures) -> Iterator[str]:
    shown = sum(n for condition, n in known.conditions.items() if condition != Condition.HIDDEN)
    yield t.n("{n} record.", "{n} records.", shown)
    if old := known.conditions.get(Condition.UNVERIFIED, 0):
        yield t.n("⚠️ {n} not verified", "⚠️ {n} not verified", old)
    if hidden := known.conditions.get(Condition.HIDDEN, 0):
        yield t.n("🙈 {n} hidden", "🙈 {n} hidden", hidden)


def _demand(t: Texts, demand: Demand) -> Iterator[str]:
    if not demand.asked:
        yield t("Nobody has asked for anything yet.")
        return
    yield t.n("{n} enquiry in two years.", "{n} enquiries in two years.", demand.asked)
    if demand.hours is not None:
        yield t("Median time to the first answer: {time}", time=_waited(t, demand.hours))
    yield t("Led to work: {share} %", share=round(100 * demand.share))


def _waited(t: Texts, hours: float) -> str:
    if hours < DAY:
        return t.plain("{n} h", n=t.number(round(hours, 1)))
    return t.plain("{n} days", n=t.number(round(hours / 24, 1)))


@on(ListMissed, reading=True)
async def list_missed(ctx: Context, _: ListMissed) -> Screen:
    t, known = ctx.t, await _figures(ctx)
    if not known.missed:
        none = t("Nothing has been looked for in vain.")
        return Screen(none, way_back(t, OpenEquipmentDesk()))
    rows = tuple((WhoMight(_key(m)).labelled(_label(t, m)),) for m in known.missed)
    text = paragraphs(
        t("🔎 <b>Looked for and not found</b>"), t("Tap one to see who might have it.")
    )
    return Screen(text, (*rows, *way_back(t, OpenEquipmentDesk())))


def _key(missed: Missed) -> int:
    assert missed.id is not None
    return missed.id


def _label(t: Texts, missed: Missed) -> str:
    said = missed.said if len(missed.said) <= 40 else f"{missed.said[:39]}…"
    return t.label("{said} · {n}×", said=said, n=missed.times)


@on(WhoMight, reading=True)
async def who_might(ctx: Context, press: WhoMight) -> Screen:
    t = ctx.t
    missed, near = await figures.who_might(ctx.session, press.missed_id, ctx.me, ctx.now)
    rows = tuple((OpenInstrument(each.key).labelled(each.name[:60]),) for each in near)
    told = lines(*(t("• {owner}: {name}", owner=each.owner, name=each.name) for each in near))
    text = paragraphs(
        t("🔎 <b>{said}</b>: looked for {n}×", said=missed.said, n=missed.times),
        t("These come nearest; their owners might have it:")
        if near
        else t("Nothing comes near. You can ask all members in an announcement."),
        told,
    )
    return Screen(text, (*rows, *way_back(t, ListMissed())))


@on(DrawEquipment)
async def draw(ctx: Context, _: DrawEquipment) -> Toast:
    await _figures(ctx)
    await ctx.errand("equipment.picture", person_id=ctx.me.key)
    return Toast(ctx.t.plain("The picture is on its way."))


@on(CountEquipment)
async def count(ctx: Context, _: CountEquipment) -> Toast:
    await _figures(ctx)
    await ctx.errand("equipment.figures", person_id=ctx.me.key)
    return Toast(ctx.t.plain("The table is on its way."))


@errand("equipment.picture")
async def picture(trip: Trip, person_id: int) -> None:
    me, t, known = await _known(trip, person_id)
    content = await trip.aside(png, _picture(trip, t, known))
    async with trip.deliver() as desk:
        await desk.send_file(me, "equipment.png", content, _text(t, known), photo=True)


@errand("equipment.figures")
async def table(trip: Trip, person_id: int) -> None:
    me, t, known = await _known(trip, person_id)
    author = trip.house.cluster.name
    content = await trip.aside(xlsx, _tables(t, known), author, trip.now)
    async with trip.deliver() as desk:
        await desk.send_file(me, "equipment.xlsx", content, _text(t, known))


async def _known(trip: Trip, person_id: int) -> tuple[Person, Texts, Figures]:
    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
        assert me is not None
        t = desk.texts_of(me)
        zone = desk.house.cluster.zone
        return me, t, await figures.figures(desk.session, me, t.language, zone, trip.now)


def _picture(trip: Trip, t: Texts, known: Figures) -> Picture:
    shown = sum(n for condition, n in known.conditions.items() if condition != Condition.HIDDEN)
    demand = known.demand
    numbers = [
        (t.plain("records"), str(shown)),
        (t.plain("enquiries"), str(demand.asked)),
        (t.plain("to an answer"), _waited(t, demand.hours) if demand.hours is not None else "–"),
        (t.plain("led to work"), f"{round(100 * demand.share)} %"),
    ]
    sections = [
        Section(t.plain("BY PILLAR"), known.pillars),
        Section(t.plain("BY FIELD"), _categories(t, known)),
        Section(t.plain("BY OWNER"), _owners(t, known)),
        Section(t.plain("LOOKED FOR IN VAIN"), [(m.said, m.times) for m in known.missed]),
    ]
    day = t.date(trip.now.astimezone(t.zone).date())
    return Picture(t.plain("Equipment"), f"{trip.house.cluster.name}, {day}", numbers, sections)


def _categories(t: Texts, known: Figures) -> list[tuple[str, int]]:
    return [(t.plain(CATEGORIES[category]), n) for category, n in known.categories.items()]


def _owners(t: Texts, known: Figures) -> list[tuple[str, int]]:
    return [(name or t.plain("others"), number) for name, number in known.owners]


def _tables(t: Texts, known: Figures) -> list[Table]:
    records, times = t.plain("Records"), t.plain("How often")
    missed = [(each.said, each.times) for each in known.missed]
    return [
        _quarters(t, known),
        _counted(t.plain("Pillars"), (t.plain("Pillar"), records), known.pillars),
        _counted(t.plain("Fields"), (t.plain("Field"), records), _categories(t, known)),
        _counted(t.plain("Owners"), (t.plain("Owner"), records), _owners(t, known)),
        _counted(t.plain("Missing"), (t.plain("Looked for"), times), missed),
    ]


def _counted(name: str, columns: tuple[str, str], bars: Bars) -> Table:
    return Table(name, columns, [(what, str(number)) for what, number in bars])


def _quarters(t: Texts, known: Figures) -> Table:
    columns = (
        t.plain("Quarter"),
        t.plain("Pillar"),
        t.plain("Enquiries"),
        t.plain("Answered"),
        t.plain("Median hours to an answer"),
        t.plain("Led to work"),
        t.plain("Share in %"),
    )
    rows = [_line(t, *each) for each in known.quarters]
    return Table(t.plain("Enquiries"), columns, rows)


def _line(t: Texts, when: Quarter, pillar: str, demand: Demand) -> tuple[str, ...]:
    return (
        t.plain("Q{n} {year}", n=when[1], year=when[0]),
        pillar or t.plain("none"),
        str(demand.asked),
        str(demand.answered),
        t.number(round(demand.hours, 1)) if demand.hours is not None else "–",
        str(demand.worked),
        str(round(100 * demand.share)),
    )

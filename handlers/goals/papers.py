"""The plan of a year to be shown elsewhere: a picture, and a table for the annual report."""

from bot.domain import goals
from bot.domain.goals import Plan
from bot.kit.context import Context
from bot.kit.errands import Trip
from bot.kit.routes import errand, on
from bot.kit.screens import Toast
from bot.kit.texts import Texts
from bot.papers.goals import Picture, Row, png
from bot.papers.spreadsheet import Table, xlsx
from handlers.goals.ways import CountYear, DrawYear
from handlers.goals.words import HOW, name_of
from storage import goals as store
from storage import organisations, people
from storage.people import Person


@on(DrawYear)
async def draw(ctx: Context, press: DrawYear) -> Toast:
    await goals.plan(ctx.session, ctx.me, press.year, ctx.house.cluster.zone, ctx.now)
    await ctx.errand("goals.picture", person_id=ctx.me.key, year=press.year)
    return Toast(ctx.t.plain("The picture is on its way."))


@on(CountYear)
async def count(ctx: Context, press: CountYear) -> Toast:
    await goals.plan(ctx.session, ctx.me, press.year, ctx.house.cluster.zone, ctx.now)
    await ctx.errand("goals.table", person_id=ctx.me.key, year=press.year)
    return Toast(ctx.t.plain("The table is on its way."))


@errand("goals.picture")
async def picture(trip: Trip, person_id: int, year: int) -> None:
    me, t, plan, _ = await _known(trip, person_id, year)
    content = await trip.aside(png, _picture(trip, t, plan))
    caption = t("🎯 <b>Plan of the year {year}</b>", year=str(year))
    async with trip.deliver() as desk:
        await desk.send_file(me, f"plan-{year}.png", content, caption, photo=True)


@errand("goals.table")
async def table(trip: Trip, person_id: int, year: int) -> None:
    me, t, plan, counted = await _known(trip, person_id, year)
    tables = [_goals(t, plan), counted]
    content = await trip.aside(xlsx, tables, trip.house.cluster.name, trip.now)
    caption = t("🎯 <b>Plan of the year {year}</b>", year=str(year))
    async with trip.deliver() as desk:
        await desk.send_file(me, f"plan-{year}.xlsx", content, caption)


async def _known(trip: Trip, person_id: int, year: int) -> tuple[Person, Texts, Plan, Table]:
    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
        assert me is not None
        t = desk.texts_of(me)
        zone = desk.house.cluster.zone
        plan = await goals.plan(desk.session, me, year, zone, trip.now)
        rows = []
        for row in plan.rows:
            for each in await store.tallies(desk.session, row.goal.key):
                key = each.organisation_id
                whose = await organisations.find(desk.session, key) if key else None
                day, name = t.date(each.on), name_of(t, row.goal)
                rows.append((name, day, whose.name if whose else "", each.note))
        columns = (t.plain("Goal"), t.plain("Day"), t.plain("Organisation"), t.plain("Note"))
        return me, t, plan, Table(t.plain("Counted by hand"), columns, rows)


def _picture(trip: Trip, t: Texts, plan: Plan) -> Picture:
    met = sum(row.done >= row.wanted for row in plan.rows)
    day = t.date(trip.now.astimezone(t.zone).date())
    said = t.plain_n(
        "{met} of {n} goal is met.", "{met} of {n} goals are met.", len(plan.rows), met=met
    )
    return Picture(
        t.plain("Plan of the year {year}", year=str(plan.year)),
        f"{trip.house.cluster.name}, {day}",
        said,
        (t.plain("done"), t.plain("announced")),
        [Row(name_of(t, row.goal), row.done, row.wanted, row.ahead) for row in plan.rows],
    )


def _goals(t: Texts, plan: Plan) -> Table:
    columns = (
        t.plain("Goal"),
        t.plain("Plan"),
        t.plain("Done"),
        t.plain("Still announced"),
        t.plain("Done in %"),
        t.plain("How it is counted"),
    )
    rows = [
        (
            name_of(t, row.goal),
            row.wanted,
            row.done,
            row.ahead,
            round(100 * row.share),
            t.plain(HOW[row.goal.measure]),
        )
        for row in plan.rows
    ]
    return Table(t.plain("Plan of the year {year}", year=str(plan.year)), columns, rows)

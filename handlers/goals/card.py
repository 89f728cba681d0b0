"""The plan of a year on one card, and a goal of the cluster's own."""

from datetime import timedelta

from telegram import Message

from bot.domain import goals, rights
from bot.domain.goals import NAME, Plan, Progress
from bot.domain.rights import Action
from bot.kit.buttons import Face, Rows
from bot.kit.context import Context, Desk
from bot.kit.forms import Answers, Form, Question, Unclear, begin
from bot.kit.paging import page
from bot.kit.routes import job, on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.goals.ways import AddGoal, CountYear, DrawYear, OpenGoal, OpenYear
from handlers.goals.words import name_of, progress, sign
from handlers.links import OpenAdmin, OpenPlan, way_back

ROWS = 10  # goals on a page


@job("goals", every=timedelta(hours=12))
async def begin_year(desk: Desk) -> None:
    year = goals.year_of(desk.now, desk.house.cluster.zone)
    await goals.begin_year(desk.session, year, desk.now)


@on(OpenPlan, reading=True)
async def open_plan(ctx: Context, _: OpenPlan) -> Screen:
    return await year_screen(ctx, goals.year_of(ctx.now, ctx.house.cluster.zone))


@on(OpenYear, reading=True)
async def open_year(ctx: Context, press: OpenYear) -> Screen:
    return await year_screen(ctx, press.year, press.page)


async def year_screen(ctx: Context, year: int, number: int = 0, toast: str = "") -> Screen:
    t, zone = ctx.t, ctx.house.cluster.zone
    plan = await goals.plan(ctx.session, ctx.me, year, zone, ctx.now)
    part = page(plan.rows, number, ROWS)
    rows = tuple((OpenGoal(row.goal.key).labelled(_label(t, row)),) for row in part.items)
    turns = part.turns(lambda to: OpenYear(year, to))
    papers = (
        DrawYear(year).labelled(t.label("🖼 As a picture")),
        CountYear(year).labelled(t.label("📊 As a table")),
    )
    own = (AddGoal(year).labelled(t.label("➕ A goal of our own")),) if plan.may_change else ()
    text = paragraphs(t("🎯 <b>Plan of the year {year}</b>", year=str(year)), _summary(t, plan))
    ways: Rows = (turns, _other_years(t, plan), papers, own)
    return Screen(text, (*rows, *filter(None, ways), *way_back(t, OpenAdmin())), toast)


def _label(t: Texts, row: Progress) -> str:
    return t.label(
        "{sign} {progress} · {name}",
        sign=sign(row),
        progress=progress(t, row),
        name=name_of(t, row.goal),
    )


def _summary(t: Texts, plan: Plan) -> str:
    met = sum(row.done >= row.wanted for row in plan.rows)
    goals_met = t.n(
        "{met} of {n} goal is met.", "{met} of {n} goals are met.", len(plan.rows), met=met
    )
    ahead = sum(row.ahead for row in plan.rows)
    if not ahead:
        return goals_met
    coming = t.n(
        "{n} event is announced for the rest of the year.",
        "{n} events are announced for the rest of the year.",
        ahead,
    )
    return lines(goals_met, coming)


def _other_years(t: Texts, plan: Plan) -> tuple[Face, ...]:
    near = (plan.year - 1, plan.year + 1)
    there = [year for year in near if year in plan.years]
    return tuple(
        OpenYear(year).labelled(
            t.label("◀ {year}", year=str(year))
            if year < plan.year
            else t.label("{year} ▶", year=str(year))
        )
        for year in there
    )


@on(AddGoal)
async def add(ctx: Context, press: AddGoal) -> Answer:
    await rights.require(ctx.session, ctx.me, Action.KEEP_PLAN, ctx.now)
    return await begin(ctx, OWN, year=press.year)


def _ask_name(ctx: Context, _: Answers) -> Screen:
    words = ctx.t("What do you want to count? For example <i>Foreign fairs</i>.")
    return Screen(paragraphs(ctx.t("🎯 <b>A goal of our own</b>"), words))


def _read_name(ctx: Context, message: Message) -> str:
    name = " ".join((message.text or "").split())
    if not 1 <= len(name) <= NAME:
        raise Unclear(ctx.t("Please write a name of at most {most} characters.", most=NAME))
    return name


def _ask_wanted(ctx: Context, answers: Answers) -> Screen:
    return Screen(ctx.t("How many of <b>{name}</b> in the year?", name=answers["name"]))


def read_wanted(ctx: Context, message: Message) -> int:
    written = (message.text or "").replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    if not (written.isascii() and written.isdigit()) or not 0 < int(written) <= goals.MOST:
        raise Unclear(ctx.t("Please write a whole number, such as <code>4</code>."))
    return int(written)


async def _added(ctx: Context, answers: Answers) -> Answer:
    year, name, wanted = answers["year"], answers["name"], answers["wanted"]
    await goals.add(ctx.session, year, name, wanted, ctx.me, ctx.now)
    return await year_screen(ctx, year, toast=ctx.t.plain("The goal is in the plan."))


async def _left(ctx: Context, answers: Answers) -> Answer:
    this = goals.year_of(ctx.now, ctx.house.cluster.zone)
    return await year_screen(ctx, answers.get("year", this))


OWN = Form(
    "goal",
    (Question("name", _ask_name, _read_name), Question("wanted", _ask_wanted, read_wanted)),
    _added,
    _left,
)

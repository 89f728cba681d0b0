"""The team plans an event: a few questions, then a draft to look at."""

from datetime import datetime, timedelta

from bot.domain import rights, workshops
from bot.domain.rights import Action
from bot.domain.workshops import PartPlan, planning
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen
from bot.kit.texts import Texts
from handlers.links import ListWorkshops, PlanWorkshop
from handlers.workshops.leading import lead_screen
from handlers.workshops.listing import list_events
from handlers.workshops.questions import CAPACITY, WHEN, choice, chosen, only_buttons, times, typed
from storage.workshops import Audience, Kind


@on(PlanWorkshop)
async def plan(ctx: Context, _: PlanWorkshop) -> Answer:
    await rights.require(ctx.session, ctx.me, Action.PLAN_EVENT, ctx.now)
    return await begin(ctx, PLAN)


def _ask_kind(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    options = choice(
        "kind",
        (Kind.WORKSHOP, t.label("Workshop")),
        (Kind.ASSEMBLY, t.label("Member assembly")),
        (Kind.OTHER, t.label("Another event")),
    )
    return Screen(t("➕ <b>New event</b>\nWhat is it going to be?"), options)


def _ask_title(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("✏️ What is it called?"))


def _ask_place(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("📍 Where is it?"))


def _ask_days(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    start, end = times(answers)
    options = choice(
        "days",
        ("each", t.label("Each day by itself")),
        ("whole", t.label("Only as a whole")),
    )
    question = t("{when}\nHow do people sign up?", when=t.span(start, end))
    return Screen(question, options)


def _ask_audience(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    options = choice(
        "audience",
        (Audience.PUBLIC, t.label("🌍 For everybody")),
        (Audience.MEMBERS, t.label("🔒 For members")),
    )
    return Screen(t("Whom is the event for?"), options)


def _has_days(answers: Answers) -> bool:
    """Days that can be parts: each from the hour of the start to the hour of the end."""
    days = int(answers["when"]["days"])
    return 1 < days <= planning.PARTS


async def _done(ctx: Context, answers: Answers) -> Answer:
    start, end = times(answers)
    capacity = int(answers["capacity"])
    parts = [PartPlan(start, end, capacity)]
    if answers.get("days") == "each":
        parts = _days(ctx.t, start, end, capacity)
    key = await workshops.plan(
        ctx.session,
        ctx.me,
        ctx.now,
        title=answers["title"],
        place=answers["place"],
        parts=parts,
        kind=Kind(answers["kind"]),
        audience=Audience(answers["audience"]),
    )
    return await lead_screen(ctx, key)


def _days(t: Texts, start: datetime, end: datetime, capacity: int) -> list[PartPlan]:
    """The same hours on each day; by the clocks on the wall, so also when they change."""
    first, last = start.astimezone(t.zone), end.astimezone(t.zone)
    plans = []
    for number in range((last.date() - first.date()).days + 1):
        starts_at = first + timedelta(days=number)
        ends_at = datetime.combine(starts_at, last.timetz())
        name = t.plain("Day {n}", n=number + 1)
        plans.append(PartPlan(starts_at, ends_at, capacity, name))
    return plans


async def _left(ctx: Context, _: Answers) -> Answer:
    return await list_events(ctx, ListWorkshops())


PLAN = Form(
    "workshop",
    (
        Question("kind", _ask_kind, only_buttons, chosen(*Kind)),
        Question("title", _ask_title, typed(planning.TITLE)),
        Question("place", _ask_place, typed(planning.PLACE)),
        *WHEN,
        Question("days", _ask_days, only_buttons, chosen("each", "whole"), _has_days),
        CAPACITY,
        Question("audience", _ask_audience, only_buttons, chosen(*Audience)),
    ),
    _done,
    _left,
)

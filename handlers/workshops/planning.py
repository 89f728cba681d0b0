"""The team plans an event: a shape and a few questions, then a draft to look at."""

from bot.domain import rights, workshops
from bot.domain.rights import Action
from bot.domain.workshops import PartPlan, planning
from bot.kit.buttons import Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, begin, chosen, only_buttons
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.typed import typed
from handlers.links import ListWorkshops, PlanWorkshop
from handlers.workshops import templates
from handlers.workshops.leading import lead_screen
from handlers.workshops.listing import list_events
from handlers.workshops.questions import (
    CAPACITY,
    WHEN,
    ask_when,
    choice,
    link,
    number_of,
    times,
    when,
)
from handlers.workshops.templates import ASSEMBLY, DAY, ONLINE, OTHER, TWO_DAYS
from storage import pillars
from storage.workshops import Audience, Kind

PILLARS = 20  # to choose from at once
LATER = ""  # the link of an online event need not be known yet


@on(PlanWorkshop)
async def plan(ctx: Context, _: PlanWorkshop) -> Answer:
    await rights.require(ctx.session, ctx.me, Action.PLAN_EVENT, ctx.now)
    standing = await pillars.standing(ctx.session, ctx.now)
    names = [[str(each.key), each.name_in(ctx.t.language)] for each in standing]
    return await begin(ctx, PLAN, pillars=names)


def _ask_shape(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    options = choice(
        "shape",
        (DAY, t.label("☀️ One-day workshop")),
        (TWO_DAYS, t.label("🌙 Two days with an evening")),
        (ONLINE, t.label("💻 Online")),
        (ASSEMBLY, t.label("🏛 Member assembly")),
        (OTHER, t.label("Another event")),
    )
    return Screen(t("➕ <b>New event</b>\nWhat is it going to be?"), options)


def _ask_title(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("✏️ What is it called?"))


def _ask_place(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("📍 Where is it?"))


def _ask_link(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    question = t("🔗 By which link do people join? Only those with a seat will see it.")
    return Screen(question, choice("link", (LATER, t.label("I will add it later"))))


def _ask_when_of(shape: str) -> Question:
    def ask(ctx: Context, answers: Answers) -> Screen:
        hours = templates.USUAL_HOURS[shape]
        enough = ctx.t("The day alone is enough; the hours can be changed later.")
        return Screen(lines(ask_when(ctx, answers).text, enough if hours else ""))

    read = when(*templates.USUAL_HOURS[shape])
    return Question("when", ask, read, asked=lambda answers: answers["shape"] == shape)


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
        (Audience.PILLAR, t.label("🔬 For a pillar")),
        (Audience.INVITED, t.label("✉️ For the invited")),
    )
    return Screen(t("Whom is the event for?"), options)


def _ask_pillar(ctx: Context, answers: Answers) -> Screen:
    t, found = ctx.t, answers["pillars"]
    rows: Rows = tuple((Choose("pillar", key).labelled(name),) for key, name in found[:PILLARS])
    more = t("Another one can be chosen later, on the card of the event.")
    question = t("🔬 For which pillar is it?")
    return Screen(paragraphs(question, more if len(found) > PILLARS else ""), rows)


def _has_days(answers: Answers) -> bool:
    """Days that can be parts: each from the hour of the start to the hour of the end."""
    days = int(answers["when"]["days"])
    return answers["shape"] not in (TWO_DAYS, ONLINE) and 1 < days <= planning.PARTS


def _is_open_ended(answers: Answers) -> bool:
    """A beginning was typed, and the shape does not say how long such an event takes."""
    return answers["shape"] not in (TWO_DAYS, ONLINE) and answers["when"]["end"] is None


def _parts(ctx: Context, answers: Answers) -> list[PartPlan]:
    capacity = int(answers["capacity"])
    shape, (start, end) = answers["shape"], times(answers)
    typed_end = end if answers["when"]["end"] else None
    if shape == TWO_DAYS:
        return templates.two_days(ctx.t, start, typed_end, capacity)
    if shape == ONLINE:
        return templates.online(start, typed_end, capacity, answers["link"])
    if answers.get("days") == "each":
        return templates.each_day(ctx.t, start, end, capacity)
    return [PartPlan(start, end, capacity)]


async def _done(ctx: Context, answers: Answers) -> Answer:
    pillar = answers.get("pillar")
    key = await workshops.plan(
        ctx.session,
        ctx.me,
        ctx.now,
        title=answers["title"],
        place=answers.get("place") or ctx.t.plain("Online"),
        parts=_parts(ctx, answers),
        kind=templates.KINDS.get(answers["shape"], Kind.WORKSHOP),
        audience=Audience(answers["audience"]),
        pillar_id=int(pillar) if pillar else None,
    )
    return await lead_screen(ctx, key)


async def _left(ctx: Context, _: Answers) -> Answer:
    return await list_events(ctx, ListWorkshops())


def _is_online(answers: Answers) -> bool:
    return bool(answers["shape"] == ONLINE)


def _is_on_site(answers: Answers) -> bool:
    return not _is_online(answers)


def _is_for_pillar(answers: Answers) -> bool:
    return bool(answers["audience"] == Audience.PILLAR)


SHAPES = (DAY, TWO_DAYS, ONLINE, ASSEMBLY, OTHER)
LENGTH = WHEN[1]
PLAN = Form(
    "workshop",
    (
        Question("shape", _ask_shape, only_buttons, chosen(*SHAPES)),
        Question("title", _ask_title, typed(planning.TITLE)),
        Question("place", _ask_place, typed(planning.PLACE), asked=_is_on_site),
        Question("link", _ask_link, link, chosen(LATER), _is_online),
        *(_ask_when_of(shape) for shape in SHAPES),
        Question("minutes", LENGTH.ask, LENGTH.read, LENGTH.choose, _is_open_ended),
        Question("days", _ask_days, only_buttons, chosen("each", "whole"), _has_days),
        CAPACITY,
        Question("audience", _ask_audience, only_buttons, chosen(*Audience)),
        Question("pillar", _ask_pillar, only_buttons, number_of, _is_for_pillar),
    ),
    _done,
    _left,
)

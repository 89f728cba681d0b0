"""Whoever runs a pillar gives a task: what, until when, and whose it is."""

from datetime import date, timedelta

from telegram import Message

from bot.domain.groups import tasks
from bot.domain.groups.tasks import Reminded
from bot.domain.refusals import Refusal
from bot.domain.working_days import next_working
from bot.kit import dates
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.typed import typed
from handlers.groups.asking import unclear
from handlers.groups.circulating import waking
from handlers.groups.meeting_ways import NewTask
from handlers.groups.owners import WHICH, WHOSE, settle_owner
from handlers.groups.tasks import task_screen, tasks_screen
from handlers.links import ListPillars, way_back
from storage import pillars

EXAMPLE = timedelta(days=7)  # from now


@on(NewTask)
async def new_task(ctx: Context, press: NewTask) -> Answer:
    await tasks.may_give(ctx.session, press.pillar_id, ctx.me, ctx.now)
    return await begin(ctx, TASK, pillar_id=press.pillar_id, minutes_id=press.minutes_id)


def _ask_what(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("☑️ What is to be done? One sentence."))


def _ask_due(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    day = t.date(next_working((ctx.now + EXAMPLE).astimezone(t.zone).date()))
    return Screen(t("📆 Until when? A day, for example <code>{day}</code>", day=day))


def _read_due(ctx: Context, message: Message) -> str:
    day = dates.day(ctx.t, message.text or "", ctx.now)
    try:
        tasks.check_due(day, ctx.now.astimezone(ctx.t.zone).date())
    except Refusal as refusal:
        raise unclear(ctx.t, refusal) from None
    return day.isoformat()


async def _done(ctx: Context, answers: Answers) -> Answer:
    return await settle_owner(ctx, answers, _give, anew=TASK.name, which=OWNER.name)


async def _chosen(ctx: Context, answers: Answers) -> Answer:
    return await _give(ctx, answers, answers["owner"])


async def _give(ctx: Context, answers: Answers, owner_id: int) -> Answer:
    key, zone = answers["pillar_id"], ctx.house.cluster.zone
    task, owner = await tasks.give(
        ctx.session,
        key,
        ctx.me,
        answers["what"],
        owner_id,
        date.fromisoformat(answers["due"]),
        zone,
        ctx.now,
        minutes_id=answers["minutes_id"] or None,
    )
    pillar = await pillars.find(ctx.session, key)
    if pillar is not None and owner.key != ctx.me.key:
        t = ctx.texts_of(owner)
        given = Reminded(task, pillar, owner, 0)
        screen = task_screen(t, given, ctx.now.astimezone(t.zone).date())
        head = t("You have a new task from {name}.", name=ctx.me.name)
        told = Screen(paragraphs(head, screen.text), screen.rows)
        ctx.tell(owner, told, key=f"gt{task.key}:new", not_before=waking(ctx.now, zone))
    return await tasks_screen(ctx, key, toast=ctx.t.plain("The task is given."))


async def _left(ctx: Context, answers: Answers) -> Answer:
    if "pillar_id" in answers:
        return await tasks_screen(ctx, answers["pillar_id"])
    return Screen(ctx.t("This has been given up already."), way_back(ctx.t, ListPillars()))


DUE = Question("due", _ask_due, _read_due)
TASK = Form(
    "group.task", (Question("what", _ask_what, typed(tasks.WHAT)), DUE, WHOSE), _done, _left
)
OWNER = Form("group.task.owner", (WHICH,), _chosen, _left)

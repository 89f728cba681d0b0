"""Whoever runs a pillar gives a task: what, until when, and whose it is."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from telegram import Message

from bot.domain.groups import tasks
from bot.domain.groups.tasks import Reminded
from bot.domain.refusals import Gone, Refusal
from bot.kit import dates
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, begin, only_buttons
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, paragraphs
from handlers.groups.asking import line, unclear
from handlers.groups.circulating import waking
from handlers.groups.meeting_ways import NewTask
from handlers.groups.tasks import task_screen, tasks_screen
from handlers.links import ListPillars, way_back
from storage import pillars
from storage.people import Person

ME = "me"
NAME = 80  # characters


@on(NewTask)
async def new_task(ctx: Context, press: NewTask) -> Answer:
    await tasks.may_give(ctx.session, press.pillar_id, ctx.me, ctx.now)
    return await begin(ctx, TASK, pillar_id=press.pillar_id, minutes_id=press.minutes_id)


def _ask_what(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("☑️ What is to be done? One sentence."))


def _ask_due(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    day = t.date(ctx.now.astimezone(t.zone).date())
    return Screen(t("📆 Until when? A day, for example <code>{day}</code>", day=day))


def _read_due(ctx: Context, message: Message) -> str:
    day = dates.day(ctx.t, message.text or "", ctx.now)
    try:
        tasks.check_due(day, ctx.now.astimezone(ctx.t.zone).date())
    except Refusal as refusal:
        raise unclear(ctx.t, refusal) from None
    return day.isoformat()


def _ask_whose(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    unknown = answers.get("unknown")
    text = paragraphs(
        t("Nobody in the pillar is called “{name}”.", name=unknown) if unknown else "",
        t("👤 Whose is it? Write a name, or a part of it."),
    )
    return Screen(text, ((Choose("whose", ME).labelled(t.label("🙋 Mine")),),))


def _mine(ctx: Context, value: str) -> str:
    if value != ME:
        raise Gone
    return f"#{ctx.me.key}"


def _read_name(ctx: Context, message: Message) -> str:
    name: str = line(NAME)(ctx, message)
    return name.lstrip("#")


async def _done(ctx: Context, answers: Answers) -> Answer:
    whose: str = answers["whose"]
    if whose.startswith("#"):
        return await _give(ctx, answers, int(whose[1:]))
    key = answers["pillar_id"]
    found = await tasks.candidates(ctx.session, key, whose, ctx.now)
    kept = {name: value for name, value in answers.items() if name not in ("whose", "unknown")}
    if len(found) == 1:
        return await _give(ctx, answers, found[0].key)
    if found:
        return await begin(ctx, OWNER, **kept, people=_named(found))
    return await begin(ctx, TASK, **kept, unknown=whose)


def _named(found: Sequence[Person]) -> list[list[Any]]:
    return [[person.key, person.name] for person in found]


def _ask_which(ctx: Context, answers: Answers) -> Screen:
    rows = tuple((Choose("owner", str(key)).labelled(name),) for key, name in answers["people"])
    return Screen(ctx.t("👤 Which one of them?"), rows)


def _choose_owner(_: Context, value: str) -> int:
    if not value.isascii() or not value.isdecimal():
        raise Gone
    return int(value)


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


TASK = Form(
    "group.task",
    (
        Question("what", _ask_what, line(tasks.WHAT)),
        Question("due", _ask_due, _read_due),
        Question("whose", _ask_whose, _read_name, _mine),
    ),
    _done,
    _left,
)
OWNER = Form(
    "group.task.owner",
    (Question("owner", _ask_which, only_buttons, _choose_owner),),
    _chosen,
    _left,
)

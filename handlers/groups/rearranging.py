"""A task gets another day or another owner; an owner proposes a day, the guarantor agrees."""

from dataclasses import dataclass
from datetime import date

from bot.domain.groups import linking, rearranging, tasks
from bot.domain.groups.rearranging import Moved
from bot.domain.groups.tasks import Given, Reminded
from bot.domain.refusals import Gone
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.texts import gettext_noop
from handlers.groups.circulating import waking
from handlers.groups.giving import DUE
from handlers.groups.meeting_ways import OtherDay, PassTask
from handlers.groups.owners import WHICH, WHOSE, settle_owner
from handlers.groups.tasks import task_screen, tasks_screen
from handlers.groups.ways import ListTasks
from handlers.links import ListPillars, home, way_back
from storage import pillars
from storage.people import Person

MOVED = gettext_noop("📆 {name} has given your task another day.")
HANDED = gettext_noop("☑️ {name} has given you a task that was somebody else's.")


@dataclass(frozen=True)
class AgreeToDay(Button, prefix="pi.tk.agr"):
    """Days are counted from the year 1, to know a proposal that is out of date."""

    task_id: int
    was: int
    due_on: int


@on(OtherDay)
async def other_day(ctx: Context, press: OtherDay) -> Answer:
    given = await tasks.look(ctx.session, press.task_id, ctx.me, ctx.now)
    mine, pillar_id = given.owner.key == ctx.me.key, given.task.pillar_id
    return await begin(ctx, DAY, task_id=press.task_id, pillar_id=pillar_id, mine=mine)


@on(PassTask)
async def pass_task(ctx: Context, press: PassTask) -> Answer:
    given = await rearranging.led(ctx.session, press.task_id, ctx.me, ctx.now)
    pillar_id = given.task.pillar_id
    return await begin(ctx, PASS, task_id=press.task_id, pillar_id=pillar_id, mine=False)


async def _day_given(ctx: Context, answers: Answers) -> Answer:
    key, zone = answers["task_id"], ctx.house.cluster.zone
    due_on = date.fromisoformat(answers["due"])
    moved = await rearranging.other_day(ctx.session, key, ctx.me, due_on, zone, ctx.now)
    if moved.settled:
        return await _moved(ctx, moved.given)
    await _ask_guarantors(ctx, moved)
    t, what = ctx.t, moved.given.task.what
    text = paragraphs(
        t("☑️ <b>{what}</b>", what=what),
        t("I have asked the guarantor for {day}. Until they agree, the old day holds.",
          day=t.date(due_on)),
    )  # fmt: skip
    return Screen(text, way_back(t, ListTasks(0)))


async def _moved(ctx: Context, given: Given) -> Screen:
    await _tell(ctx, given, given.owner, MOVED)
    words = ctx.t.plain("Changed. Reminders follow the new day.")
    return await tasks_screen(ctx, given.task.pillar_id, toast=words)


async def _ask_guarantors(ctx: Context, moved: Moved) -> None:
    task = moved.given.task
    agree = AgreeToDay(task.key, moved.was.toordinal(), moved.due_on.toordinal())
    awake = waking(ctx.now, ctx.house.cluster.zone)
    for person in await linking.in_charge(ctx.session, task.pillar_id, ctx.now):
        t = ctx.texts_of(person)
        text = paragraphs(
            t("📆 {name} would like to have another day for a task.", name=ctx.me.name),
            t("☑️ <b>{what}</b>", what=task.what),
            t("<s>{old}</s> → <b>{new}</b>", old=t.date(moved.was), new=t.date(moved.due_on)),
        )
        rows = (
            (agree.labelled(t.label("✅ Agree"), "success"),),
            (OtherDay(task.key).labelled(t.label("📆 Another day")),),
            (ListTasks(task.pillar_id).labelled(t.label("☑️ Tasks")), home(t)),
        )
        ctx.tell(person, Screen(text, rows), not_before=awake)


@on(AgreeToDay)
async def agree_to_day(ctx: Context, press: AgreeToDay) -> Screen:
    was, due_on = _day(press.was), _day(press.due_on)
    zone = ctx.house.cluster.zone
    given = await rearranging.agree(ctx.session, press.task_id, ctx.me, was, due_on, zone, ctx.now)
    return await _moved(ctx, given)


def _day(number: int) -> date:
    if not 1 <= number <= date.max.toordinal():
        raise Gone
    return date.fromordinal(number)


async def _owner_given(ctx: Context, answers: Answers) -> Answer:
    return await settle_owner(ctx, answers, _hand_over, anew=PASS.name, which=PASS_TO.name)


async def _owner_chosen(ctx: Context, answers: Answers) -> Answer:
    return await _hand_over(ctx, answers, answers["owner"])


async def _hand_over(ctx: Context, answers: Answers, owner_id: int) -> Answer:
    key = answers["task_id"]
    handed = await rearranging.hand_over(ctx.session, key, ctx.me, owner_id, ctx.now)
    given, before = handed.given, handed.before
    if before.key != given.owner.key:
        await _tell(ctx, given, given.owner, HANDED)
        _tell_former(ctx, given, before)
    return await tasks_screen(ctx, given.task.pillar_id)


async def _tell(ctx: Context, given: Given, whom: Person, head: str) -> None:
    """The task as it is now, under what has become of it."""
    pillar = await pillars.find(ctx.session, given.task.pillar_id)
    if pillar is None or whom.key == ctx.me.key:
        return
    t = ctx.texts_of(whom)
    today = ctx.now.astimezone(t.zone).date()
    shown = task_screen(t, Reminded(given.task, pillar, whom, 0), today)
    text = paragraphs(t(head, name=ctx.me.name), shown.text)
    awake = waking(ctx.now, ctx.house.cluster.zone)
    ctx.tell(whom, Screen(text, shown.rows), not_before=awake)


def _tell_former(ctx: Context, given: Given, before: Person) -> None:
    if before.key == ctx.me.key:
        return
    t = ctx.texts_of(before)
    text = paragraphs(
        t("👤 {name} has taken a task over from you.", name=given.owner.name),
        t("☑️ <b>{what}</b>", what=given.task.what),
    )
    awake = waking(ctx.now, ctx.house.cluster.zone)
    ctx.tell(before, Screen(text, ((home(t),),)), not_before=awake)


async def _left(ctx: Context, answers: Answers) -> Answer:
    if "pillar_id" in answers:
        return await tasks_screen(ctx, 0 if answers["mine"] else answers["pillar_id"])
    return Screen(ctx.t("This has been given up already."), way_back(ctx.t, ListPillars()))


DAY = Form("group.task.day", (DUE,), _day_given, _left)
PASS = Form("group.task.pass", (WHOSE,), _owner_given, _left)
PASS_TO = Form("group.task.pass.to", (WHICH,), _owner_chosen, _left)

"""Tasks of a pillar and my own: done in one tap, reminded in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.groups import linking, tasks
from bot.domain.groups.tasks import Given, List, Reminded
from bot.kit.buttons import Button, Face
from bot.kit.context import Context, Desk
from bot.kit.errands import Trip
from bot.kit.paging import Page, page
from bot.kit.routes import on, watch
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.groups.meeting_ways import DoneTask, NewTask, OtherDay, PassTask
from handlers.groups.ways import ListMeetings, ListTasks
from handlers.links import ListPillars, home, way_back
from storage.groups import tasks as rows
from storage.groups.tasks import Task

ROWS = 8
SHORT = 26  # characters of a task on a button


@dataclass(frozen=True)
class PageTasks(Button, prefix="pi.tk.ls"):
    pillar_id: int  # 0: mine
    page: int


@dataclass(frozen=True)
class EndTask(Button, prefix="pi.tk.end"):
    """Done, in a list that is shown again afterwards."""

    task_id: int
    pillar_id: int
    page: int


@dataclass(frozen=True)
class OpenTask(Button, prefix="pi.tk"):
    """For whoever runs the pillar: what became of it?"""

    task_id: int


@dataclass(frozen=True)
class DropTask(Button, prefix="pi.tk.del"):
    task_id: int


@on(ListTasks, reading=True)
async def list_tasks(ctx: Context, press: ListTasks) -> Screen:
    return await tasks_screen(ctx, press.pillar_id)


@on(PageTasks, reading=True)
async def page_tasks(ctx: Context, press: PageTasks) -> Screen:
    return await tasks_screen(ctx, press.pillar_id, press.page)


async def tasks_screen(ctx: Context, pillar_id: int, number: int = 0, toast: str = "") -> Screen:
    t = ctx.t
    if pillar_id:
        found = await tasks.of_pillar(ctx.session, pillar_id, ctx.me, ctx.now)
    else:
        found = await tasks.of_mine(ctx.session, ctx.me)
    today = ctx.now.astimezone(t.zone).date()
    part = page(found.tasks, number, ROWS)
    shown = enumerate(part.items, part.number * ROWS + 1)
    title = t("☑️ <b>My tasks</b>")
    if found.pillar is not None:
        title = t("☑️ <b>Tasks: {pillar}</b>", pillar=found.pillar.name_in(t.language))
    text = paragraphs(
        title, lines(*(_line(t, n, each, today) for n, each in shown)) or _none(t, found)
    )
    turns = part.turns(lambda to: PageTasks(pillar_id, to))
    rows = (
        *_ends(found, part, pillar_id),
        *((turns,) if turns else ()),
        *_deeds(t, found),
        *way_back(t, ListMeetings(pillar_id) if pillar_id else ListPillars()),
    )
    return Screen(text, rows, toast)


def _none(t: Texts, found: List) -> str:
    if found.may_run:
        return t("Nothing is open. Give somebody a task, and I will remind them in time.")
    return t("Nothing is open. Well done!")


def _line(t: Texts, number: int, given: Given, today: date) -> str:
    task = given.task
    values = {"n": number, "what": task.what, "name": given.owner.name, "day": _due(t, task)}
    if task.due_on < today:
        return t("{n}. ⚠️ {what} – {name}, <b>was due {day}</b>", **values)
    return t("{n}. {what} – {name}, due {day}", **values)


def _due(t: Texts, task: Task) -> str:
    return t.date(task.due_on)


def _ends(found: List, part: Page[Given], pillar_id: int) -> Iterator[tuple[Face, ...]]:
    """A tap ends one's own; whoever runs the pillar is asked what became of others'."""
    for number, given in enumerate(part.items, part.number * ROWS + 1):
        if not given.may_end:
            continue
        task, what = given.task, given.task.what
        label = f"{number}. {what if len(what) <= SHORT else f'{what[: SHORT - 1]}…'}"
        if found.may_run:
            yield (OpenTask(task.key).labelled(f"☑️ {label}"),)
        else:
            end = EndTask(task.key, pillar_id, part.number).labelled(f"✅ {label}")
            yield (end, OtherDay(task.key).labelled("📆"))


def _deeds(t: Texts, found: List) -> Iterator[tuple[Face, ...]]:
    if found.pillar is None:
        return
    mine = ListTasks(0).labelled(t.label("🙋 My tasks"))
    if found.may_run:
        yield (NewTask(found.pillar.key).labelled(t.label("➕ Give a task")), mine)
    else:
        yield (mine,)


@on(EndTask)
async def end_task(ctx: Context, press: EndTask) -> Screen:
    await tasks.done(ctx.session, press.task_id, ctx.me, ctx.now)
    return await tasks_screen(ctx, press.pillar_id, press.page, ctx.t.plain("Done. Thank you!"))


@on(DoneTask)
async def done_task(ctx: Context, press: DoneTask) -> Screen:
    """Under a reminder: what it says is over."""
    t = ctx.t
    given = await tasks.done(ctx.session, press.task_id, ctx.me, ctx.now)
    text = t("✅ <b>{what}</b>", what=given.task.what)
    mine = ListTasks(0).labelled(t.label("🙋 My tasks"))
    return Screen(text, ((mine, home(t)),), t.plain("Done. Thank you!"))


@on(OpenTask)
async def open_task(ctx: Context, press: OpenTask) -> Screen:
    t = ctx.t
    given = await tasks.look(ctx.session, press.task_id, ctx.me, ctx.now)
    text = paragraphs(
        t("☑️ <b>{what}</b>", what=given.task.what),
        t("{name}, due {day}", name=given.owner.name, day=_due(t, given.task)),
        t("Is it done, or does it need something else?"),
    )
    key, pillar_id = given.task.key, given.task.pillar_id
    rows = (
        (
            EndTask(key, pillar_id, 0).labelled(t.label("✅ It is done"), "success"),
            DropTask(key).labelled(t.label("🗑 Drop it"), "danger"),
        ),
        (
            OtherDay(key).labelled(t.label("📆 Another day")),
            PassTask(key).labelled(t.label("👤 Another owner")),
        ),
    )
    return Screen(text, (*rows, *way_back(t, ListTasks(pillar_id))))


@on(DropTask)
async def drop_task(ctx: Context, press: DropTask) -> Screen:
    given = await tasks.drop(ctx.session, press.task_id, ctx.me, ctx.now)
    return await tasks_screen(ctx, given.task.pillar_id, toast=ctx.t.plain("It is dropped."))


@watch("groups.tasks", every=timedelta(minutes=1))
async def remind(trip: Trip) -> None:
    async with trip.look() as desk:
        if not await rows.is_due(desk.session, desk.now):
            return
    async with trip.deliver() as desk:
        for each in await tasks.remind(desk.session, desk.now):
            await _tell(desk, each)


async def _tell(desk: Desk, reminded: Reminded) -> None:
    """Whoever cannot be reached has somebody who asks them."""
    task, owner = reminded.task, reminded.owner
    if owner.reachable and owner.telegram_id is not None:
        t = desk.texts_of(owner)
        screen = task_screen(t, reminded, desk.now.astimezone(t.zone).date())
        desk.tell(owner, screen, key=f"{reminded.key}:p{owner.key}")
        return
    for person in await linking.in_charge(desk.session, task.pillar_id, desk.now):
        t = desk.texts_of(person)
        text = paragraphs(
            t("☑️ <b>{what}</b>", what=task.what),
            t("It is due {day}, and I cannot reach {name}. Could you?",
              day=_due(t, task), name=owner.name),
        )  # fmt: skip
        see = ListTasks(task.pillar_id).labelled(t.label("☑️ Tasks"))
        desk.tell(person, Screen(text, ((see, home(t)),)), key=f"{reminded.key}:p{person.key}")


def task_screen(t: Texts, reminded: Reminded, today: date) -> Screen:
    task = reminded.task
    text = paragraphs(
        t("☑️ <b>{what}</b>", what=task.what),
        lines(
            t("{pillar}", pillar=reminded.pillar.name_in(t.language)),
            _left(t, task, (task.due_on - today).days),
        ),
    )
    done = DoneTask(task.key).labelled(t.label("✅ It is done"), "success")
    mine = ListTasks(0).labelled(t.label("🙋 My tasks"))
    later = OtherDay(task.key).labelled(t.label("📆 Another day"))
    return Screen(text, ((done, later), (mine, home(t))))


def _left(t: Texts, task: Task, days: int) -> str:
    if days < 0:
        return t("⏳ <b>It was due {day}.</b>", day=_due(t, task))
    if days == 0:
        return t("⏳ <b>It is due today.</b>")
    return t.n(
        "⏳ It is due {day}, in {n} day.",
        "⏳ It is due {day}, in {n} days.",
        days,
        day=_due(t, task),
    )

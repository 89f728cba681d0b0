"""One goal: how far it is, what was counted by hand, and what is wanted."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from telegram import Message

from bot.domain import goals, rights
from bot.domain.goals import NOTE, Progress
from bot.domain.rights import Action
from bot.kit import dates
from bot.kit.buttons import Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, Unclear, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.goals.card import read_wanted, year_screen
from handlers.goals.ways import (
    AimGoal,
    AskToDropGoal,
    DropGoal,
    OpenGoal,
    OpenYear,
    TallyGoal,
    Untally,
)
from handlers.goals.words import HOW, name_of, sign
from handlers.links import way_back
from storage import organisations
from storage.folding import fold
from storage.goals import Measure, Tally
from storage.organisations import Organisation

A_WEEK, A_YEAR = timedelta(days=7), timedelta(days=364)
SHOWN = 5  # of what was counted by hand
TODAY, ALL = "today", "all"
BY_HAND = (Measure.VISITS, Measure.EVENTS, Measure.BOARD_MEETINGS, Measure.ASSEMBLIES, Measure.OWN)


@on(OpenGoal, reading=True)
async def open_goal(ctx: Context, press: OpenGoal) -> Screen:
    return await goal_screen(ctx, press.goal_id)


async def goal_screen(ctx: Context, goal_id: int, toast: str = "") -> Screen:
    t, zone = ctx.t, ctx.house.cluster.zone
    row, counted = await goals.look(ctx.session, goal_id, ctx.me, zone, ctx.now)
    may_change = await rights.may(ctx.session, ctx.me, Action.KEEP_PLAN, ctx.now)
    text = paragraphs(
        lines(
            t(
                "{sign} <b>{name}</b>, {year}",
                sign=sign(row),
                name=name_of(t, row.goal),
                year=str(row.goal.year),
            ),
            _far(t, row),
            t("<i>{how}</i>", how=t.plain(HOW[row.goal.measure])),
        ),
        lines(*await _told(ctx, counted)),
    )
    rows: Rows = tuple(
        (Untally(each.id or 0).labelled(t.label("✖ {what}", what=_short(t, each))),)
        for each in counted[:SHOWN]
    )
    if row.goal.measure in BY_HAND:
        rows = (*rows, (TallyGoal(goal_id).labelled(t.label("➕ Count one by hand")),))
    if may_change:
        change = (
            AimGoal(goal_id).labelled(t.label("🎯 Another number")),
            AskToDropGoal(goal_id).labelled(t.label("🗑 Out of the plan")),
        )
        rows = (*rows, change)
    return Screen(text, (*rows, *way_back(t, OpenYear(row.goal.year))), toast)


def _far(t: Texts, row: Progress) -> str:
    done, wanted = t.number(row.done), t.number(row.wanted)
    far = t("Done: <b>{done}</b> of {wanted}", done=done, wanted=wanted)
    if row.goal.wanted is None:
        far = t("Done: <b>{done}</b> of {wanted}, which is all pillars", done=done, wanted=wanted)
    if not row.ahead:
        return far
    return lines(far, t.n("{n} more is announced.", "{n} more are announced.", row.ahead))


async def _told(ctx: Context, counted: Sequence[Tally]) -> list[str]:
    t = ctx.t
    whose = await organisations.by_ids(
        ctx.session, {each.organisation_id for each in counted if each.organisation_id}
    )
    told = [
        t("• {day} {note}", day=t.date(each.on), note=_what(each, whose))
        for each in counted[:SHOWN]
    ]
    more = len(counted) - SHOWN
    if more > 0:
        told.append(t.n("… and {n} more", "… and {n} more", more))
    return [t("Counted by hand:"), *told] if told else []


def _what(tally: Tally, whose: Mapping[int, Organisation]) -> str:
    """A note that begins with the member's name says it already."""
    organisation = whose.get(tally.organisation_id or 0)
    if organisation is None or fold(tally.note).startswith(fold(organisation.short)):
        return tally.note
    return f"{organisation.short}: {tally.note}"


def _short(t: Texts, tally: Tally) -> str:
    day = t.date(tally.on)
    return f"{day} {tally.note}" if len(tally.note) <= 30 else f"{day} {tally.note[:29]}…"


@on(Untally)
async def untally(ctx: Context, press: Untally) -> Screen:
    goal_id = await goals.untally(ctx.session, press.tally_id, ctx.me, ctx.now)
    return await goal_screen(ctx, goal_id, ctx.t.plain("Not counted any more."))


@on(AskToDropGoal, reading=True)
async def ask_to_drop(ctx: Context, press: AskToDropGoal) -> Screen:
    t, zone = ctx.t, ctx.house.cluster.zone
    await rights.require(ctx.session, ctx.me, Action.KEEP_PLAN, ctx.now)
    row, counted = await goals.look(ctx.session, press.goal_id, ctx.me, zone, ctx.now)
    asked = t("Take <b>{name}</b> out of the plan?", name=name_of(t, row.goal))
    lost = t("What was counted by hand towards it goes with it.") if counted else ""
    yes = DropGoal(press.goal_id).labelled(t.label("🗑 Yes, take it out"), "danger")
    return Screen(paragraphs(asked, lost), ((yes,), *way_back(t, OpenGoal(press.goal_id))))


@on(DropGoal)
async def drop(ctx: Context, press: DropGoal) -> Screen:
    year = await goals.drop(ctx.session, press.goal_id, ctx.me, ctx.now)
    return await year_screen(ctx, year, toast=ctx.t.plain("It is out of the plan."))


@on(AimGoal)
async def aim(ctx: Context, press: AimGoal) -> Answer:
    await rights.require(ctx.session, ctx.me, Action.KEEP_PLAN, ctx.now)
    zone = ctx.house.cluster.zone
    row, _ = await goals.look(ctx.session, press.goal_id, ctx.me, zone, ctx.now)
    name = name_of(ctx.t, row.goal)
    return await begin(ctx, AIM, goal=press.goal_id, name=name, measure=row.goal.measure.value)


def _ask_wanted(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    everything: Rows = ()
    if answers["measure"] == Measure.GROUPS:
        everything = ((Choose("wanted", ALL).labelled(t.label("All pillars")),),)
    return Screen(t("How many of <b>{name}</b> in the year?", name=answers["name"]), everything)


def _all(_: Context, value: str) -> str:
    return value


async def _aimed(ctx: Context, answers: Answers) -> Answer:
    wanted = None if answers["wanted"] == ALL else answers["wanted"]
    await goals.aim(ctx.session, answers["goal"], wanted, ctx.me, ctx.now)
    return await goal_screen(ctx, answers["goal"], ctx.t.plain("The number is set."))


@on(TallyGoal)
async def tally(ctx: Context, press: TallyGoal) -> Answer:
    zone = ctx.house.cluster.zone
    row, _ = await goals.look(ctx.session, press.goal_id, ctx.me, zone, ctx.now)
    return await begin(ctx, TALLY, goal=press.goal_id, name=name_of(ctx.t, row.goal))


def _ask_note(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    title = t("➕ <b>{name}</b>: count one", name=answers["name"])
    words = t("What was it? A member's name at the beginning is recognised.")
    return Screen(paragraphs(title, words))


def _read_note(ctx: Context, message: Message) -> str:
    note = " ".join((message.text or "").split())
    if not 1 <= len(note) <= NOTE:
        raise Unclear(ctx.t("Please write at most {most} characters.", most=NOTE))
    return note


def _ask_day(ctx: Context, _: Answers) -> Screen:
    today = Choose("day", TODAY).labelled(ctx.t.label("Today"))
    example = ctx.t.date(ctx.now.astimezone(ctx.t.zone).date() - A_WEEK)
    words = ctx.t("When was it? For example <code>{example}</code>.", example=example)
    return Screen(words, ((today,),))


def _read_day(ctx: Context, message: Message) -> str:
    today = ctx.now.astimezone(ctx.t.zone).date()
    day = dates.day(ctx.t, message.text or "", ctx.now - A_YEAR)  # the last such day, not the next
    if day > today:
        raise Unclear(ctx.t("That is still to come. Please write a day that has been."))
    return day.isoformat()


def _today(ctx: Context, _: str) -> str:
    return ctx.now.astimezone(ctx.t.zone).date().isoformat()


async def _tallied(ctx: Context, answers: Answers) -> Answer:
    note, day = answers["note"], date.fromisoformat(answers["day"])
    organisation = await _named_first(ctx, note)
    await goals.tally(
        ctx.session, answers["goal"], note, day, ctx.me, ctx.now, organisation=organisation
    )
    return await goal_screen(ctx, answers["goal"], ctx.t.plain("Counted."))


async def _named_first(ctx: Context, note: str) -> Organisation | None:
    """The member whose short name the note begins with; the longest where several do."""
    folded = f"{fold(note)} "
    members = await organisations.members(ctx.session)
    named = [each for each in members if folded.startswith(f"{fold(each.short)} ")]
    return max(named, key=lambda each: len(each.short), default=None)


async def _left(ctx: Context, answers: Answers) -> Answer:
    if goal_id := answers.get("goal"):
        return await goal_screen(ctx, goal_id)
    return await year_screen(ctx, goals.year_of(ctx.now, ctx.house.cluster.zone))


AIM = Form("goal.aim", (Question("wanted", _ask_wanted, read_wanted, _all),), _aimed, _left)
TALLY = Form(
    "goal.tally",
    (
        Question("note", _ask_note, _read_note),
        Question("day", _ask_day, _read_day, _today),
    ),
    _tallied,
    _left,
)

"""Asking for a deadline. What is odd (over already, twice on one day) is asked about, too."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from telegram import Message

from bot.domain.calls import dues, proposals, timing, values
from bot.domain.calls.found import Due
from bot.domain.calls.values import DEADLINES
from bot.kit.buttons import Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, Unclear, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.calls.desk_ways import AddDue
from handlers.calls.dues import MoveDue, NameDue, dues_screen, in_short, one
from handlers.calls.typed_times import ask_due
from handlers.calls.typed_times import due as read_due
from handlers.links import way_back
from storage.calls.records import Deadline

NEW = -1  # in place of the place of a deadline
REPLACE, BOTH, SURE, SKIP = "replace", "both", "sure", "-skip"


@on(AddDue)
async def add_due(ctx: Context, press: AddDue) -> Answer:
    call, every = await timing.look(ctx.session, press.call_id, ctx.me, ctx.now)
    return await _begin(ctx, call.key, every, NEW, 0, "")


@on(MoveDue)
async def move_due(ctx: Context, press: MoveDue) -> Answer:
    call, its = await one(ctx, press.call_id, press.place, press.was)
    _, every = await timing.look(ctx.session, call.key, ctx.me, ctx.now)
    others = [each for number, each in enumerate(every) if number != press.place]
    return await _begin(ctx, call.key, others, press.place, press.was, its.what)


async def correct_dues(ctx: Context, call_id: int, proposal_id: int) -> Answer:
    """What was proposed does not hold; this does."""
    call, every = await timing.look(ctx.session, call_id, ctx.me, ctx.now)
    return await _begin(ctx, call.key, every, NEW, 0, "", proposal_id)


async def _begin(
    ctx: Context,
    key: int,
    others: Sequence[Deadline],
    place: int,
    was: int,
    what: str,
    proposal_id: int = 0,
) -> Answer:
    """`others` are those that it may stand beside on one day."""
    there = values.of_deadlines(each for each in others if each.sure)
    known = {"call_id": key, "place": place, "was": was, "for": what, "there": there}
    return await begin(ctx, DUE, **known, proposal=proposal_id)


def _ask_when(ctx: Context, _: Answers) -> Screen:
    return ask_due(ctx.t, ctx.now)


def _read_when(ctx: Context, message: Message) -> dict[str, Any]:
    read = read_due(ctx.t, message.text or "", ctx.now)
    return {"due": values.plain(read), "past": read.at <= ctx.now}


def _due(answers: Answers) -> Due:
    said = answers["when"]["due"]
    found: list[Due] = values.typed(DEADLINES, [said])
    return replace(found[0], what=str(answers.get("for", "")))


def _twins(answers: Answers) -> list[Due]:
    there: list[Due] = values.typed(DEADLINES, answers["there"])
    return [each for each in there if dues.day_of(each) == dues.day_of(_due(answers))]


def _said(t: Texts, due: Due) -> str:
    row = Deadline(call_id=0, at=due.at, zone=due.zone, hour_known=due.hour_known, what=due.what)
    return in_short(t, row)


def _ask_sure(ctx: Context, answers: Answers) -> Screen:
    t, when = ctx.t, _said(ctx.t, _due(answers))
    text = paragraphs(
        t("⚠️ <b>{when}</b> has passed already.", when=when),
        t("Write another time, or say that it is right all the same."),
    )
    return Screen(text, ((Choose("sure", SURE).labelled(t.label("It is right")),),))


def _ask_what(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    text = paragraphs(
        t("⚠️ There is a deadline on that day already: <b>{when}</b>",
          when="; ".join(_said(t, each) for each in _twins(answers))),
        t("Write what the new one is for (an activity, a stage), or choose:"),
    )  # fmt: skip
    rows: Rows = (
        (Choose("what", REPLACE).labelled(t.label("The new one instead")),),
        (Choose("what", BOTH).labelled(t.label("Keep both")),),
    )
    return Screen(text, rows)


def _read_what(ctx: Context, message: Message) -> str:
    text = " ".join((message.text or "").split())
    if not text or len(text) > timing.WHAT:
        raise Unclear(ctx.t("Please write a text of at most {n} characters.", n=timing.WHAT))
    return text


def _chosen(_: Context, value: str) -> str:
    return value


async def _done(ctx: Context, answers: Answers) -> Answer:
    if isinstance(answers.get("sure"), dict):
        known = {name: said for name, said in answers.items() if name not in ("when", "sure")}
        return await begin(ctx, DUE, **known, when=answers["sure"])
    key, place, was = int(answers["call_id"]), int(answers["place"]), int(answers["was"])
    due, what = _due(answers), str(answers.get("what", BOTH))
    if what not in (REPLACE, BOTH):
        due = replace(due, what=what)
    instead = _twins(answers) if what == REPLACE else []
    if place == NEW:
        await timing.add(ctx.session, key, due, ctx.me, ctx.now, instead_of=instead)
    else:
        await timing.change(ctx.session, key, place, was, due, ctx.me, ctx.now, instead_of=instead)
    if answers.get("proposal"):
        await proposals.corrected(ctx.session, int(answers["proposal"]), ctx.me, ctx.now)
    return await dues_screen(ctx, key, _told(ctx.t, due))


def _told(t: Texts, due: Due) -> str:
    if due.hour_known:
        return t.plain("The deadline is set.")
    return t.plain(
        "Set. Without an hour, people read “time in the call” and the day counts whole."
    )


@on(NameDue)
async def name_due(ctx: Context, press: NameDue) -> Answer:
    await one(ctx, press.call_id, press.place, press.was)
    return await begin(ctx, NAME, call_id=press.call_id, place=press.place, was=press.was)


def _ask_name(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    text = lines(t("🏷 What is the deadline for?"), t("For example <i>activity a)</i>."))
    return Screen(text, ((Choose("what", SKIP).labelled(t.label("For the whole call")),),))


async def _named(ctx: Context, answers: Answers) -> Answer:
    key, place, was = int(answers["call_id"]), int(answers["place"]), int(answers["was"])
    _, its = await one(ctx, key, place, was)
    said = str(answers["what"])
    due = replace(values.due_of(its), what="" if said == SKIP else said)
    await timing.change(ctx.session, key, place, was, due, ctx.me, ctx.now)
    return await dues_screen(ctx, key, ctx.t.plain("Changed."))


async def _left(ctx: Context, answers: Answers) -> Answer:
    if "call_id" not in answers:
        return Screen(ctx.t("Nothing was changed."), way_back(ctx.t))
    return await dues_screen(ctx, int(answers["call_id"]))


DUE = Form(
    "call.due",
    (
        Question("when", _ask_when, _read_when),
        Question("sure", _ask_sure, _read_when, _chosen, lambda a: bool(a["when"]["past"])),
        Question("what", _ask_what, _read_what, _chosen, lambda a: bool(_twins(a))),
    ),
    _done,
    _left,
)
NAME = Form("call.due_name", (Question("what", _ask_name, _read_what, _chosen),), _named, _left)

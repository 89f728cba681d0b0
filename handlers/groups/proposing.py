"""Whoever runs a pillar proposes dates for a meeting: a few questions, a look at it, off it goes.

The dates are typed as people type them, one a line, or in one line with commas.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from telegram import Message

from bot.domain.groups import proposing
from bot.domain.groups.proposing import Plan
from bot.domain.refusals import Refusal
from bot.domain.working_days import next_working
from bot.domain.workshops.planning import PLACE, TITLE
from bot.kit import dates
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, Unclear, begin, chosen, only_buttons
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from bot.kit.typed import typed
from handlers.groups.asking import unclear
from handlers.groups.circulating import circulate
from handlers.groups.dates import dates_screen
from handlers.groups.meeting_ways import FindDate
from handlers.groups.meetings import meetings_screen
from handlers.links import ListPillars, way_back

LENGTHS = (60, 90, 120, 180)  # minutes
DAYS = (2, 4, 7)  # for which people can vote
EXAMPLES = (14, 17, 21)  # days ahead
LATER, YES = "later", "yes"
USUAL, EVENING = ("9:00",), "18:00"
ENDS = time(18)
ROWS = re.compile(r"[\n;]+")
WITHIN = re.compile(r",| (?:a|nebo|and|or) ", re.IGNORECASE)
FIRST = re.compile(r"^\s*(?:[-•*–]|\d{1,2}\))\s*")  # how people begin the lines of a list


@on(FindDate)
async def find_date(ctx: Context, press: FindDate) -> Answer:
    await proposing.require(ctx.session, ctx.me, press.pillar_id, ctx.now)
    return await begin(ctx, DATES, pillar_id=press.pillar_id)


def _ask_title(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    return Screen(paragraphs(t("🗳 <b>Finding a date</b>"), t("✏️ What is the meeting called?")))


def _ask_dates(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    today = ctx.now.astimezone(t.zone).date()
    days = [next_working(today + timedelta(days=ahead)) for ahead in EXAMPLES]
    text = lines(
        t("🕘 When could it be? Write from two to twelve dates, each on a line of its own:"),
        *(t("<code>{day} 14:00</code>", day=t.date(each)) for each in days),
    )
    return Screen(text)


def _read_dates(ctx: Context, message: Message) -> dict[str, Any]:
    spans = list(_spans(ctx, message.text or ""))
    try:
        starts = proposing.checked([each.start for each in spans], ctx.now)
    except Refusal as refusal:
        raise unclear(ctx.t, refusal) from None
    lengths = [each.end - each.start for each in spans if each.end is not None]
    minutes = int(max(lengths).total_seconds() // 60) if lengths else None
    return {"starts": [each.astimezone(UTC).isoformat() for each in starts], "minutes": minutes}


def _spans(ctx: Context, text: str) -> Iterator[dates.Span]:
    for row in ROWS.split(text):
        words = FIRST.sub("", row).strip()
        if words:
            yield from _of_row(ctx, words)


def _of_row(ctx: Context, words: str) -> list[dates.Span]:
    """A comma may stand within a date or between two."""
    t = ctx.t
    try:
        return [dates.span(t, words, ctx.now, usual=USUAL)]
    except Unclear as why:
        parts = [part for part in WITHIN.split(words) if part.strip()]
        if len(parts) < 2:
            raise Unclear(_about(t, words, why)) from None
    try:
        return [dates.span(t, part.strip(), ctx.now, usual=USUAL) for part in parts]
    except Unclear as why:
        raise Unclear(_about(t, words, why)) from None


def _about(t: Texts, words: str, why: Unclear) -> str:
    return lines(t("“{words}”:", words=words[: dates.LONGEST]), str(why))


def _ask_minutes(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    row = tuple(
        Choose("minutes", str(each)).labelled(t.label("{n} h", n=t.number(each / 60)))
        for each in LENGTHS
    )
    return Screen(t("⏱ How long will it take?"), (row,))


def _read_minutes(ctx: Context, message: Message) -> int:
    return int(dates.duration(ctx.t, message.text or "").total_seconds() // 60)


def _ask_place(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    later = Choose("place", LATER).labelled(t.label("We will see"))
    return Screen(t("📍 Where will it be? An address, or for example “online”."), ((later,),))


def _no_place(_: Context, __: str) -> str:
    return ""


def _ask_deadline(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    choices = [(days, _evening(ctx, days)) for days in DAYS]
    row = tuple(
        Choose("closes", str(days)).labelled(t.label("{day}", day=_short(t, at)))
        for days, at in choices
        if at < _starts(answers)[0]
    )
    text = t("⏳ Until when can people vote? Choose, or write a day and a time.")
    return Screen(text, (row,) if row else ())


def _evening(ctx: Context, days: int) -> datetime:
    day = ctx.now.astimezone(ctx.t.zone).date() + timedelta(days=days)
    return datetime.combine(day, ENDS, ctx.t.zone)


def _short(t: Texts, at: datetime) -> str:
    return f"{t.short_date(at.astimezone(t.zone).date())} {t.time(at)}"


def _choose_deadline(ctx: Context, value: str) -> str:
    days = chosen(*map(str, DAYS))(ctx, value)
    return _evening(ctx, int(days)).astimezone(UTC).isoformat()


def _read_deadline(ctx: Context, message: Message) -> str:
    at = dates.moment(ctx.t, message.text or "", ctx.now, usual=EVENING)
    return at.astimezone(UTC).isoformat()


def _ask_sure(ctx: Context, answers: Answers) -> Screen:
    t, plan = ctx.t, _plan(answers)
    length = timedelta(minutes=plan.minutes)
    text = paragraphs(
        t("🗳 <b>{title}</b>", title=plan.title),
        lines(*(t("• {when}", when=t.span(at, at + length)) for at in plan.starts)),
        lines(
            t("📍 {place}", place=plan.place) if plan.place else "",
            t("⏳ The vote ends {when}.", when=t.moment(plan.closes_at)),
        ),
        _fault(ctx, plan),
    )
    send = Choose("sure", YES).labelled(t.label("🗳 Let them vote"), "success")
    return Screen(text, ((send,),))


def _fault(ctx: Context, plan: Plan) -> str:
    """Said before it is sent: whoever chose a late deadline can cancel and begin anew."""
    try:
        proposing.check_deadline(plan.closes_at, plan.starts[0], ctx.now)
    except Refusal as refusal:
        return f"⚠️ {unclear(ctx.t, refusal)}"
    return ""


def _starts(answers: Answers) -> list[datetime]:
    return [datetime.fromisoformat(each) for each in answers["dates"]["starts"]]


def _plan(answers: Answers) -> Plan:
    minutes = answers["dates"]["minutes"] or int(answers["minutes"])
    closes_at = datetime.fromisoformat(answers["closes"])
    return Plan(answers["title"], answers["place"], minutes, _starts(answers), closes_at)


async def _done(ctx: Context, answers: Answers) -> Answer:
    zone, key = ctx.house.cluster.zone, answers["pillar_id"]
    poll = await proposing.begin(ctx.session, ctx.me, key, _plan(answers), zone, ctx.now)
    if poll.group_id is not None:
        await ctx.errand("groups.date_poll", poll_id=poll.key)
        return await dates_screen(ctx, poll.key, ctx.t.plain("The poll is on its way."))
    await circulate(ctx, "dates.ask", poll.key)
    words = ctx.t.plain("The pillar has no Telegram group, so I ask everybody in private.")
    return await dates_screen(ctx, poll.key, words)


async def _left(ctx: Context, answers: Answers) -> Answer:
    if "pillar_id" in answers:
        return await meetings_screen(ctx, answers["pillar_id"])
    return Screen(ctx.t("This has been given up already."), way_back(ctx.t, ListPillars()))


DATES = Form(
    "group.dates",
    (
        Question("title", _ask_title, typed(TITLE)),
        Question("dates", _ask_dates, _read_dates),
        Question(
            "minutes",
            _ask_minutes,
            _read_minutes,
            chosen(*map(str, LENGTHS)),
            lambda answers: answers["dates"]["minutes"] is None,
        ),
        Question("place", _ask_place, typed(PLACE), _no_place),
        Question("closes", _ask_deadline, _read_deadline, _choose_deadline),
        Question("sure", _ask_sure, only_buttons, chosen(YES)),
    ),
    _done,
    _left,
)

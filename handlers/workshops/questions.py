"""Questions about an event that more than one form asks, and how their answers are read."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from telegram import Message

from bot.domain.refusals import Gone
from bot.domain.workshops import BadCapacity, planning, settings
from bot.domain.workshops.settings import BadLink
from bot.kit import dates
from bot.kit.buttons import Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Question, Unclear, chosen
from bot.kit.screens import Screen, lines
from bot.kit.texts import Texts

Read = Callable[[Context, Message], Any]
HOURS = (1, 2, 4, 8)


def number(ctx: Context, message: Message) -> int:
    digits = "".join((message.text or "").split())
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 9:
        raise Unclear(_capacity_limits(ctx.t))
    try:
        return planning.checked_capacity(int(digits))
    except BadCapacity:
        raise Unclear(_capacity_limits(ctx.t)) from None


def number_of(_: Context, value: str) -> str:
    """The id on a button."""
    if not value.isascii() or not value.isdecimal():
        raise Gone
    return value


def link(ctx: Context, message: Message) -> str:
    try:
        return settings.checked_link(message.text or "")
    except BadLink:
        example = ctx.t("This is no link. It looks like this: {x}", x="https://example.org/room")
        raise Unclear(example) from None


def _capacity_limits(t: Texts) -> str:
    return t("Please write a number from 1 to {n}.", n=t.number(planning.CAPACITY))


def when(*usual: str) -> Read:
    """JSON: when it starts, when it ends (None: not said), and on how many days it is; at the
    `usual` hours where only days were typed."""

    def read(ctx: Context, message: Message) -> dict[str, Any]:
        read = dates.span(ctx.t, message.text or "", ctx.now, usual=usual)
        check_ahead(ctx, read.start)
        end = read.end.isoformat() if read.end else None
        return {"start": read.start.isoformat(), "end": end, "days": _days(ctx.t, read)}

    return read


def moment(usual: str) -> Read:
    """An ISO time ahead of us."""

    def read(ctx: Context, message: Message) -> str:
        at = dates.moment(ctx.t, message.text or "", ctx.now, usual=usual)
        check_ahead(ctx, at)
        return at.isoformat()

    return read


def check_ahead(ctx: Context, at: datetime) -> None:
    if at <= ctx.now:
        raise Unclear(ctx.t("{when} has passed already.", when=ctx.t.moment(at)))


def _days(t: Texts, read: dates.Span) -> int:
    """How many days could be parts by themselves; a night is one."""
    start, end = (each.astimezone(t.zone) for each in (read.start, read.end or read.start))
    return (end.date() - start.date()).days + 1 if end.time() > start.time() else 1


def ask_when(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    day = (ctx.now + timedelta(days=30)).astimezone(t.zone).date()
    later = day + timedelta(days=1)
    return Screen(
        lines(
            t("🕘 When is it?"),
            t("For example <code>{day} 9:00–16:00</code>", day=t.date(day)),
            t(
                "or <code>{day} 9:00 – {later} 16:00</code>",
                day=t.date(day),
                later=t.date(later),
            ),
        )
    )


def ask_hours(ctx: Context, answers: Answers) -> Screen:
    start = datetime.fromisoformat(answers["when"]["start"])
    text = ctx.t("🕘 It starts {when}. How long will it take?", when=ctx.t.moment(start))
    row = tuple(
        Choose("minutes", str(hours * 60)).labelled(ctx.t.label("{n} h", n=hours))
        for hours in HOURS
    )
    return Screen(text, (row,))


def minutes(ctx: Context, message: Message) -> int:
    return int(dates.duration(ctx.t, message.text or "").total_seconds() // 60)


def ask_capacity(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("💺 How many seats are there? Write a number."))


def choice(question: str, *options: tuple[str, str]) -> Rows:
    """A row for each option: its value and its label."""
    return tuple((Choose(question, value).labelled(label),) for value, label in options)


def _has_no_end(answers: Answers) -> bool:
    return answers["when"]["end"] is None


WHEN = (
    Question("when", ask_when, when()),
    Question("minutes", ask_hours, minutes, chosen(*(str(h * 60) for h in HOURS)), _has_no_end),
)
CAPACITY = Question("capacity", ask_capacity, number)


def times(answers: Answers) -> tuple[datetime, datetime]:
    """Without an end and without a length both are the beginning."""
    start = datetime.fromisoformat(answers["when"]["start"])
    if answers["when"]["end"] is None:
        return start, start + timedelta(minutes=int(answers.get("minutes", 0)))
    return start, datetime.fromisoformat(answers["when"]["end"])

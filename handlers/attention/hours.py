"""How much may come by itself in a week, and in which hours nothing does."""

from dataclasses import dataclass

from bot.domain.attention import Quiet, wishes
from bot.domain.attention.wishes import FALLS_SILENT, WAKES, WEEKLY
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.attention.choosing import attention_screen
from handlers.attention.ways import ChooseHours, ChooseWeekly
from handlers.links import OpenAttention, way_back
from storage.pushes import UNLIMITED

IN_A_ROW = 4


@dataclass(frozen=True)
class TakeWeekly(Button, prefix="att.week.n"):
    number: int


@dataclass(frozen=True)
class TakeHours(Button, prefix="att.quiet.h"):
    since: int
    until: int


@on(ChooseWeekly, reading=True)
async def choose_weekly(ctx: Context, _: ChooseWeekly) -> Screen:
    t, mine = ctx.t, await _wishes(ctx)
    text = paragraphs(
        t("🔢 <b>How many messages a week may I bring by myself?</b>"),
        t("What is more comes on Monday at 8:00, in one message. Urgent ones come always."),
    )
    faces = [_weekly(t, number, mine.weekly) for number in WEEKLY]
    rows = tuple(
        tuple(faces[start : start + IN_A_ROW]) for start in range(0, len(faces), IN_A_ROW)
    )
    return Screen(text, (*rows, *way_back(t, OpenAttention())))


def _weekly(t: Texts, number: int, chosen: int) -> Face:
    label = t.label("No limit") if number >= UNLIMITED else str(number)
    return TakeWeekly(number).labelled(f"{label} ✓" if number == chosen else label)


@on(TakeWeekly)
async def take_weekly(ctx: Context, press: TakeWeekly) -> Screen:
    await wishes.take_weekly(ctx.session, ctx.me, press.number, ctx.now)
    return await attention_screen(ctx, ctx.t.plain("Saved."))


@on(ChooseHours, reading=True)
async def choose_hours(ctx: Context, _: ChooseHours) -> Screen:
    return await _hours_screen(ctx)


@on(TakeHours)
async def take_hours(ctx: Context, press: TakeHours) -> Screen:
    await wishes.be_quiet(ctx.session, ctx.me, Quiet(press.since, press.until), ctx.now)
    return await _hours_screen(ctx, ctx.t.plain("Saved."))


async def _hours_screen(ctx: Context, toast: str = "") -> Screen:
    t, quiet = ctx.t, (await _wishes(ctx)).quiet
    text = paragraphs(
        t("🌙 <b>Silence from {since}:00 until {until}:00</b>",
          since=quiet.since, until=quiet.until),
        t("The first row is where it begins in the evening, the second where it ends in the "
          "morning. What comes by itself waits till then; at weekends and on holidays nothing "
          "does."),
    )  # fmt: skip
    evening = tuple(
        TakeHours(hour, quiet.until).labelled(_hour(hour, quiet.since)) for hour in FALLS_SILENT
    )
    morning = tuple(
        TakeHours(quiet.since, hour).labelled(_hour(hour, quiet.until)) for hour in WAKES
    )
    return Screen(text, (evening, morning, *way_back(t, OpenAttention())), toast)


def _hour(hour: int, chosen: int) -> str:
    return f"{hour} ✓" if hour == chosen else str(hour)


async def _wishes(ctx: Context) -> wishes.Wishes:
    limit = ctx.house.cluster.weekly_pushes
    return await wishes.look(ctx.session, ctx.me, ctx.now, limit=limit)

"""Which calls come to whom, as the manager wants it: by what they are recognised as a pillar's,
and where those go that are open to any technology.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.calls import judging, neutral, own_words
from bot.domain.calls.neutral import Goal
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.errands import Trip
from bot.kit.paging import page
from bot.kit.routes import errand, on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.calls.listing import few
from handlers.calls.terms import KINDS
from handlers.calls.ways import OpenCallRules, OpenCallsDesk
from handlers.links import way_back
from storage.pillars import Pillar

PILLARS = 8  # on one page


@dataclass(frozen=True)
class OpenPillarWords(Button, prefix="ca.ru.p"):
    pillar_id: int


@dataclass(frozen=True)
class OpenKindRule(Button, prefix="ca.ru.k"):
    kind: str


@dataclass(frozen=True)
class ListProgrammeRules(Button, prefix="ca.ru.ps"):
    page: int = 0


@dataclass(frozen=True)
class PageCallRules(Button, prefix="ca.ru.pg"):
    page: int


@on(OpenCallRules, reading=True)
async def open_rules(ctx: Context, _: OpenCallRules) -> Screen:
    return await _rules_screen(ctx)


@on(PageCallRules, reading=True)
async def page_rules(ctx: Context, press: PageCallRules) -> Screen:
    return await _rules_screen(ctx, press.page)


async def _rules_screen(ctx: Context, number: int = 0) -> Screen:
    t = ctx.t
    pillars = await own_words.overview(ctx.session, ctx.me, ctx.now)
    rule, _programmes = await neutral.overview(ctx.session, ctx.me, ctx.now)
    goals = [
        t("• {kind}: {goal}", kind=t.plain(name), goal=goal_words(t, rule.of_kind(kind), pillars))
        for kind, name in KINDS.items()
    ]
    text = paragraphs(
        t("🧭 <b>What reaches whom</b>"),
        t("I look for words in the title and the description of a call; they show its pillars."),
        t("A call that is open to any technology, such as innovation vouchers, goes to:"),
        lines(*goals),
        t("Nothing goes out without your yes, unless its source is trusted."),
    )
    part = page(pillars, number, PILLARS)
    turns = part.turns(PageCallRules)
    by_pillar: Rows = tuple(
        (OpenPillarWords(each.key).labelled(f"🔎 {each.name_in(t.language)}"),)
        for each in part.items
    )
    kinds = [
        OpenKindRule(kind).labelled(t.plain(name).capitalize()) for kind, name in KINDS.items()
    ]
    by_kind: Rows = (tuple(kinds[:3]), tuple(kinds[3:]))
    programmes = ListProgrammeRules().labelled(t.label("📚 By programme"))
    shown = (*by_pillar, *((turns,) if turns else ()), *by_kind, (programmes,))
    return Screen(text, (*shown, *way_back(t, OpenCallsDesk())))


def goal_words(t: Texts, goal: Goal, pillars: Sequence[Pillar]) -> str:
    """Plain."""
    if goal.everybody:
        return t.plain("everybody who wants such calls")
    names = [each.name_in(t.language) for each in pillars if each.key in goal.pillars]
    return few(t, names) or t.plain("nobody")


async def look_again(ctx: Context) -> None:
    """Calls that wait or were passed over are judged anew by what holds now."""
    await ctx.errand("calls.again")


@errand("calls.again")
async def judge_again(trip: Trip, after: int = 0) -> None:
    async with trip.deliver() as desk:
        last = await judging.again(desk.session, trip.now, after)
        if last is not None:
            await desk.errand("calls.again", after=last)

"""Where calls that are open to any technology go, by their kind or by their programme."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.calls import neutral, own_words
from bot.domain.calls.neutral import EVERYBODY, NOBODY, Goal
from bot.domain.refusals import Gone
from bot.kit import paging
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.calls.rules import (
    PILLARS,
    ListProgrammeRules,
    OpenKindRule,
    goal_words,
    look_again,
)
from handlers.calls.terms import KINDS
from handlers.calls.ways import OpenCallRules
from handlers.links import way_back
from storage.calls.records import Kind
from storage.pillars import Pillar

SHOWN = 40  # characters of a programme's name on a button
ALL, NONE, AS_KIND = "all", "none", "kind"


@dataclass(frozen=True)
class SendKindTo(Button, prefix="ca.ru.kt"):
    """`to` is `all`, `none`, or the id of a pillar that is put in or taken out."""

    kind: str
    to: str


@dataclass(frozen=True)
class PageKindRule(Button, prefix="ca.ru.kp"):
    kind: str
    page: int


@dataclass(frozen=True)
class PageProgrammeRule(Button, prefix="ca.ru.cp"):
    call_id: int
    page: int


@dataclass(frozen=True)
class OpenProgrammeRule(Button, prefix="ca.ru.c"):
    """The programme of that call."""

    call_id: int


@dataclass(frozen=True)
class SendProgrammeTo(Button, prefix="ca.ru.ct"):
    """As above; `kind` where it is to go where its kind goes."""

    call_id: int
    to: str


@on(OpenKindRule, reading=True)
async def open_kind(ctx: Context, press: OpenKindRule) -> Screen:
    return await _kind_screen(ctx, _kind(press.kind))


@on(PageKindRule, reading=True)
async def page_kind(ctx: Context, press: PageKindRule) -> Screen:
    return await _kind_screen(ctx, _kind(press.kind), press.page)


@on(SendKindTo)
async def send_kind_to(ctx: Context, press: SendKindTo) -> Screen:
    kind = _kind(press.kind)
    present = (await neutral.rule(ctx.session)).of_kind(kind)
    goal = await _goal(ctx, press.to, present)
    await neutral.set_for_kind(ctx.session, kind, goal, ctx.me, ctx.now)
    await look_again(ctx)
    return await _kind_screen(ctx, kind, await _page_of(ctx, press.to))


@on(ListProgrammeRules, reading=True)
async def list_programmes(ctx: Context, press: ListProgrammeRules) -> Screen:
    t = ctx.t
    rule, seen = await neutral.overview(ctx.session, ctx.me, ctx.now)
    pillars = await own_words.overview(ctx.session, ctx.me, ctx.now)
    part = paging.page(seen, press.page)
    said = []
    for call in part.items:
        values = {"name": call.programme, "goal": goal_words(t, rule.goal(call), pillars)}
        if rule.of_programme(call.programme) is None:
            said.append(t("• {name}: as its kind, {goal}", **values))
        else:
            said.append(t("• {name}: {goal}", **values))
    text = paragraphs(
        t("📚 <b>Programmes open to any technology</b>"),
        lines(*said) if said else t("None has been seen yet. They come here by themselves."),
    )
    rows: Rows = tuple(
        (OpenProgrammeRule(call.key).labelled(call.programme[:SHOWN]),) for call in part.items
    )
    turns = part.turns(ListProgrammeRules)
    return Screen(text, (*rows, *((turns,) if turns else ()), *way_back(t, OpenCallRules())))


@on(OpenProgrammeRule, reading=True)
async def open_programme(ctx: Context, press: OpenProgrammeRule) -> Screen:
    return await _programme_screen(ctx, press.call_id)


@on(PageProgrammeRule, reading=True)
async def page_programme(ctx: Context, press: PageProgrammeRule) -> Screen:
    return await _programme_screen(ctx, press.call_id, press.page)


@on(SendProgrammeTo)
async def send_programme_to(ctx: Context, press: SendProgrammeTo) -> Screen:
    call = await neutral.like(ctx.session, press.call_id, ctx.me, ctx.now)
    present = (await neutral.rule(ctx.session)).goal(call)
    goal = None if press.to == AS_KIND else await _goal(ctx, press.to, present)
    await neutral.set_for_programme(ctx.session, call, goal, ctx.me, ctx.now)
    await look_again(ctx)
    return await _programme_screen(ctx, press.call_id, await _page_of(ctx, press.to))


async def _page_of(ctx: Context, to: str) -> int:
    """Where the pillar is that was pressed."""
    pillars = await own_words.overview(ctx.session, ctx.me, ctx.now)
    return paging.place(pillars, lambda each: str(each.key) == to, PILLARS)


async def _kind_screen(ctx: Context, kind: Kind, number: int = 0) -> Screen:
    t = ctx.t
    rule, _ = await neutral.overview(ctx.session, ctx.me, ctx.now)
    pillars = await own_words.overview(ctx.session, ctx.me, ctx.now)
    goal = rule.of_kind(kind)
    text = paragraphs(
        t("🧭 <b>Open to any technology: {kind}</b>", kind=t.plain(KINDS[kind])),
        t("They go to: <b>{goal}</b>", goal=goal_words(t, goal, pillars)),
        t("“Nobody” means that they can be found, and are brought to nobody; you neither."),
    )
    part = paging.page(pillars, number, PILLARS)
    rows = _goals(t, goal, part.items, lambda to: SendKindTo(kind, to))
    if turns := part.turns(lambda to: PageKindRule(kind, to)):
        rows = (*rows, turns)
    return Screen(text, (*rows, *way_back(t, OpenCallRules())))


async def _programme_screen(ctx: Context, call_id: int, number: int = 0) -> Screen:
    t = ctx.t
    call = await neutral.like(ctx.session, call_id, ctx.me, ctx.now)
    rule = await neutral.rule(ctx.session)
    pillars = await own_words.overview(ctx.session, ctx.me, ctx.now)
    goal, own = rule.goal(call), rule.of_programme(call.programme)
    text = paragraphs(
        t("🧭 <b>Open to any technology: {kind}</b>", kind=call.programme),
        t("They go to: <b>{goal}</b>", goal=goal_words(t, goal, pillars)),
        t("This programme has no rule of its own; it goes where calls of its kind go.")
        if own is None
        else "",
    )
    part = paging.page(pillars, number, PILLARS)
    rows = _goals(
        t, None if own is None else goal, part.items, lambda to: SendProgrammeTo(call_id, to)
    )
    if turns := part.turns(lambda to: PageProgrammeRule(call_id, to)):
        rows = (*rows, turns)
    if own is not None:
        as_kind = SendProgrammeTo(call_id, AS_KIND).labelled(t.label("↩️ As its kind"))
        rows = (*rows, (as_kind,))
    return Screen(text, (*rows, *way_back(t, ListProgrammeRules())))


def _goals(
    t: Texts, goal: Goal | None, pillars: Sequence[Pillar], button: Callable[[str], Button]
) -> Rows:
    def face(to: str, label: str, *, chosen: bool) -> Face:
        return button(to).labelled(f"{'✓ ' if chosen else ''}{label}")

    everybody = face(ALL, t.label("Everybody"), chosen=goal is not None and goal.everybody)
    nobody = face(NONE, t.label("Nobody"), chosen=goal is not None and goal.is_nobody)
    chosen = goal.pillars if goal else frozenset()
    by_pillar = tuple(
        (face(str(each.key), each.name_in(t.language), chosen=each.key in chosen),)
        for each in pillars
    )
    return ((everybody, nobody), *by_pillar)


async def _goal(ctx: Context, to: str, present: Goal) -> Goal:
    if to in (ALL, NONE):
        return EVERYBODY if to == ALL else NOBODY
    known = {
        str(each.key): each.key for each in await own_words.overview(ctx.session, ctx.me, ctx.now)
    }
    if to not in known:
        raise Gone
    return present.turned(known[to])


def _kind(kind: str) -> Kind:
    if kind not in set(Kind):
        raise Gone
    return Kind(kind)

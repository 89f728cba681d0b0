"""Working groups: the pillars of the field, and each of them at a glance."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import pillars, rights
from bot.domain.groups import card as cards
from bot.domain.groups.card import Card
from bot.domain.rights import Action
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import command, on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.groups.ways import (
    AskForPillar,
    EnterPillarChat,
    JoinPillar,
    KeepPillars,
    LeavePillar,
    ListMeetings,
    ListRoster,
    ListTopics,
    RunPillar,
    ShowNumbers,
)
from handlers.groups.words import leader_lines
from handlers.links import (
    ListCallsOf,
    ListInstrumentsOf,
    ListPillars,
    ListPillarsOf,
    OpenPillar,
    way_back,
)

ROWS = 8  # pillars on one page


@dataclass(frozen=True)
class PagePillars(Button, prefix="pi.ls"):
    page: int


@command("skupiny", "groups", describe=gettext_noop("Working groups"), reading=True)
async def list_groups(ctx: Context, _: str) -> Screen:
    return await _overview(ctx)


@on(ListPillars, reading=True)
async def show_groups(ctx: Context, _: ListPillars) -> Screen:
    return await _overview(ctx)


@on(PagePillars, reading=True)
async def page_groups(ctx: Context, press: PagePillars) -> Screen:
    return await _overview(ctx, press.page)


@on(OpenPillar, reading=True)
async def open_group(ctx: Context, press: OpenPillar) -> Screen:
    return await card_screen(ctx, press.pillar_id)


async def _overview(ctx: Context, number: int = 0) -> Screen:
    t, found = ctx.t, await pillars.overview(ctx.session, ctx.now)
    mine = await cards.mine(ctx.session, ctx.me)
    keeps = await rights.may(ctx.session, ctx.me, Action.KEEP_PILLARS, ctx.now)
    keep = ((KeepPillars().labelled(t.label("🛠 Keep pillars")),),) if keeps else ()
    title = t("👥 <b>Working groups</b>")
    if not found:
        text = paragraphs(title, t("No pillar has been set up yet. The manager will add them."))
        return Screen(text, (*keep, *way_back(t)))
    part = page(found, number, ROWS)
    rows = tuple(
        (
            OpenPillar(pillar.key).labelled(
                f"{'✅ ' if pillar.key in mine else ''}{pillar.name_in(t.language)} · {count}"
            ),
        )
        for pillar, count in part.items
    )
    turns = part.turns(PagePillars)
    words = t("Each pillar of our field has a working group. Which one would you like to see?")
    shown = (*rows, *((turns,) if turns else ()), *keep, *way_back(t))
    return Screen(paragraphs(title, words), shown)


async def card_screen(ctx: Context, pillar_id: int, toast: str = "") -> Screen:
    t, card = ctx.t, await cards.card(ctx.session, pillar_id, ctx.me, ctx.now)
    title = t("👥 <b>{pillar}</b>", pillar=card.pillar.name_in(t.language))
    text = paragraphs(
        title,
        lines(*leader_lines(ctx, card.leaders)) or t("It has no guarantor just now."),
        lines(*_numbers(ctx, card)),
        lines(*_mine(t, card)),
    )
    rows = tuple(row for row in _rows(ctx, card) if row)
    return Screen(text, (*rows, *way_back(t, ListPillars())), toast)


def _numbers(ctx: Context, card: Card) -> Iterator[str]:
    t, event = ctx.t, card.next_event
    people = t.n("{n} person", "{n} people", card.people)
    homes = t.n("{n} organisation", "{n} organisations", card.organisations)
    yield t("👥 {people} · 🏢 {organisations}", people=people, organisations=homes)
    if event is not None:
        when = t.moment(event.starts_at)
        yield t("📅 Next: <b>{title}</b>, {when}", title=event.title, when=when)
    if ctx.me.is_member and card.topics:
        yield t.n("💡 {n} open topic", "💡 {n} open topics", card.topics)


def _mine(t: Texts, card: Card) -> Iterator[str]:
    if card.is_in:
        yield t("✅ You are in it.")
    if card.asked:
        yield t("🙋 You have asked to join. I will write as soon as it is decided.")
    if card.home_stands:
        yield t("🏢 Your organisation is in it.")


def _rows(ctx: Context, card: Card) -> Iterator[tuple[Face, ...]]:
    t, key, is_member = ctx.t, card.pillar.key, ctx.me.is_member
    inside = is_member or card.is_in
    yield tuple(_door(ctx, card))
    if is_member:
        yield (
            ListRoster(key).labelled(t.label("👥 Who is in it")),
            ShowNumbers(key).labelled(t.label("📈 Numbers")),
        )
    if inside:
        yield (
            ListMeetings(key).labelled(t.label("📅 Meetings")),
            ListTopics(key).labelled(t.label("💡 Our topics")),
        )
    yield (
        ListInstrumentsOf(key).labelled(t.label("🔬 Equipment")),
        ListCallsOf(key).labelled(t.label("💶 Grant calls")),
    )
    if card.speaks_for is not None:
        yield (ListPillarsOf(card.speaks_for).labelled(t.label("🏢 Our organisation's pillars")),)
    if card.may_run:
        yield (RunPillar(key).labelled(t.label("🛠 Lead the group")),)


def _door(ctx: Context, card: Card) -> Iterator[Face]:
    t, key = ctx.t, card.pillar.key
    if card.is_in:
        if card.has_chat:
            yield EnterPillarChat(key).labelled(t.label("💬 To the group"))
        yield LeavePillar(key).labelled(t.label("🚪 Leave"))
    elif ctx.me.is_member:
        yield JoinPillar(key).labelled(t.label("➕ Join"), "success")
    elif not card.asked:
        yield AskForPillar(key).labelled(t.label("🙋 Ask to join"))

"""The manager keeps the pillars: adds, orders, closes and opens them again."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.groups import pillars
from bot.domain.groups.pillars import Kept
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.groups.ways import KeepPillars
from handlers.groups.words import former_lines, leader_lines
from handlers.links import ChooseOrganisation, ListPillars, OpenPillar, way_back

UP, DOWN = -1, 1


@dataclass(frozen=True)
class PageKept(Button, prefix="pi.keep.p"):
    page: int


@dataclass(frozen=True)
class OpenKept(Button, prefix="pi.keep.o"):
    pillar_id: int


@dataclass(frozen=True)
class AddPillar(Button, prefix="pi.add"):
    pass


@dataclass(frozen=True)
class RenamePillar(Button, prefix="pi.name"):
    pillar_id: int


@dataclass(frozen=True)
class MovePillar(Button, prefix="pi.move"):
    pillar_id: int
    by: int


@dataclass(frozen=True)
class ClosePillar(Button, prefix="pi.close"):
    """Asks once more."""

    pillar_id: int


@dataclass(frozen=True)
class ClosePillarSurely(Button, prefix="pi.close!"):
    pillar_id: int


@dataclass(frozen=True)
class ReopenPillar(Button, prefix="pi.reopen"):
    pillar_id: int


@on(KeepPillars, reading=True)
async def keep(ctx: Context, _: KeepPillars) -> Screen:
    return await _list(ctx, 0)


@on(PageKept, reading=True)
async def page_kept(ctx: Context, press: PageKept) -> Screen:
    return await _list(ctx, press.page)


@on(OpenKept, reading=True)
async def open_kept(ctx: Context, press: OpenKept) -> Screen:
    return await kept_screen(ctx, press.pillar_id)


@on(MovePillar)
async def move(ctx: Context, press: MovePillar) -> Screen:
    by = UP if press.by < 0 else DOWN
    await pillars.move(ctx.session, press.pillar_id, by, ctx.me, ctx.now)
    return await kept_screen(ctx, press.pillar_id)


@on(ClosePillar, reading=True)
async def close(ctx: Context, press: ClosePillar) -> Screen:
    t, kept = ctx.t, await pillars.look(ctx.session, press.pillar_id, ctx.me, ctx.now)
    name = kept.pillar.name_in(t.language)
    text = paragraphs(
        t("🔒 <b>Close the pillar {name}?</b>", name=name),
        lines(*_what_happens(t, kept)),
    )
    sure = ClosePillarSurely(press.pillar_id).labelled(t.label("🔒 Yes, close it"), "danger")
    return Screen(text, ((sure,), *way_back(t, OpenKept(press.pillar_id))))


@on(ClosePillarSurely)
async def close_surely(ctx: Context, press: ClosePillarSurely) -> Screen:
    pillar, asked = await pillars.close(ctx.session, press.pillar_id, ctx.me, ctx.now)
    for request, asker in asked:
        t = ctx.texts_of(asker)
        words = t("The pillar <b>{name}</b> has been closed.", name=pillar.name_in(t.language))
        told = Screen(words, way_back(t, ListPillars()))
        ctx.tell(asker, told, key=f"pr{request.key}:decided")
    return await kept_screen(ctx, press.pillar_id, ctx.t.plain("Closed."))


@on(ReopenPillar)
async def reopen(ctx: Context, press: ReopenPillar) -> Screen:
    await pillars.reopen(ctx.session, press.pillar_id, ctx.me, ctx.now)
    return await kept_screen(ctx, press.pillar_id, ctx.t.plain("It is open again."))


async def _list(ctx: Context, number: int) -> Screen:
    t = ctx.t
    part = page(await pillars.every(ctx.session, ctx.me, ctx.now), number)
    rows = tuple(
        (
            OpenKept(each.key).labelled(
                f"{'' if each.stands(ctx.now) else '🔒 '}{each.name_in(t.language)}"
            ),
        )
        for each in part.items
    )
    turns = part.turns(PageKept)
    add = AddPillar().labelled(t.label("➕ New pillar"))
    words = t("Here you add, rename, order and close pillars.")
    text = paragraphs(t("🛠 <b>Pillars</b>"), words)
    last = ((add,), *way_back(t, ListPillars()))
    return Screen(text, (*rows, *((turns,) if turns else ()), *last))


async def kept_screen(ctx: Context, pillar_id: int, toast: str = "") -> Screen:
    t, kept = ctx.t, await pillars.look(ctx.session, pillar_id, ctx.me, ctx.now)
    pillar = kept.pillar
    text = paragraphs(
        lines(
            t("🛠 <b>{name}</b>", name=pillar.name_cs),
            t("In English: {name}", name=pillar.name_en),
            _dates(t, kept),
        ),
        lines(*_former(t, kept)),
        lines(*leader_lines(ctx, kept.leaders)) or t("It has no guarantor just now."),
        lines(*former_lines(ctx, kept.former_leaders)),
        t("You appoint guarantors on the card of a person.") if pillar.stands(ctx.now) else "",
    )
    rows = tuple(_rows(ctx, kept))
    return Screen(text, (*rows, *way_back(t, KeepPillars())), toast)


def _dates(t: Texts, kept: Kept) -> str:
    since = t.date(kept.pillar.since.astimezone(t.zone).date())
    if kept.pillar.until is None:
        return t("Since {day}", day=since)
    until = t.date(kept.pillar.until.astimezone(t.zone).date())
    return t("🔒 From {since} until {until}", since=since, until=until)


def _former(t: Texts, kept: Kept) -> Iterator[str]:
    for each in kept.former:
        yield t(
            "Formerly <b>{name}</b>, {since} – {until}",
            name=each.name_cs if t.language == "cs" else each.name_en,
            since=t.date(each.since.astimezone(t.zone).date()),
            until=t.date(each.until.astimezone(t.zone).date()),
        )


def _rows(ctx: Context, kept: Kept) -> Iterator[tuple[Face, ...]]:
    t, key = ctx.t, kept.pillar.key
    if not kept.pillar.stands(ctx.now):
        yield (ReopenPillar(key).labelled(t.label("🔓 Open it again")),)
        return
    yield (
        RenamePillar(key).labelled(t.label("✏️ Rename")),
        MovePillar(key, UP).labelled(t.label("🔼 Up")),
        MovePillar(key, DOWN).labelled(t.label("🔽 Down")),
    )
    yield (
        ChooseOrganisation("people").labelled(t.label("👤 People")),
        OpenPillar(key).labelled(t.label("👥 To the pillar")),
    )
    yield (ClosePillar(key).labelled(t.label("🔒 Close")),)


def _what_happens(t: Texts, kept: Kept) -> Iterator[str]:
    yield t("• Nobody sees it in the list any more; what has happened there stays.")
    if kept.people:
        yield t.n(
            "• {n} person is in it. They lose the pillar, and have it again if you reopen it.",
            "• {n} people are in it. They lose the pillar, and have it again if you reopen it.",
            kept.people,
        )
    if kept.organisations:
        yield t.n(
            "• {n} organisation stands in it, and will not be shown there.",
            "• {n} organisations stand in it, and will not be shown there.",
            kept.organisations,
        )
    if kept.waiting:
        yield t.n(
            "• {n} guest waits for an answer and will learn that it is closed.",
            "• {n} guests wait for an answer and will learn that it is closed.",
            kept.waiting,
        )
    if kept.leaders:
        yield t("• Its guarantors cannot lead it any more.")

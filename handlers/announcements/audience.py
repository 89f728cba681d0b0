"""Choosing for whom an announcement is: the usual audiences, a press or two away."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain import announcements
from bot.domain.announcements import composing, results, saving
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.announcements.audience_said import addressees, code, read
from handlers.announcements.audience_ways import (
    ChooseLike,
    ComposeAudience,
    ListSaved,
    overtaken,
)
from handlers.announcements.cards import BackToDraft, ChooseAudience, screen
from handlers.links import way_back
from storage import pillars, workshops
from storage.announcements import EVERYBODY, Choice, Facet, audiences
from storage.workshops import Coming

STILL_OF_INTEREST = timedelta(days=30)  # after an event: thanks, slides, pictures

PILLARS = 8  # on one page


@dataclass(frozen=True)
class ListPillarsFor(Button, prefix="an.pi"):
    announcement_id: int


@dataclass(frozen=True)
class PagePillarsFor(Button, prefix="an.pi.p"):
    announcement_id: int
    page: int


@dataclass(frozen=True)
class ListEventsFor(Button, prefix="an.ev"):
    announcement_id: int
    page: int = 0


@dataclass(frozen=True)
class Address(Button, prefix="an.to"):
    """Those alone of whom the condition holds; without one, everybody."""

    announcement_id: int
    edition: int
    condition: str = ""

    @property
    def choice(self) -> Choice:
        return Choice((read(self.condition),)) if self.condition else EVERYBODY


@on(ChooseAudience, reading=True)
async def choose(ctx: Context, press: ChooseAudience) -> Screen:
    return await _usual(ctx, press.announcement_id)


async def _usual(ctx: Context, key: int, toast: str = "") -> Screen:
    t = ctx.t
    card = await composing.choosing(ctx.session, key, ctx.me, ctx.now)
    edition, members = card.announcement.edition, code(Facet.MEMBERSHIP, audiences.MEMBERS)
    rows: Rows = (
        (Address(key, edition).labelled(t.label("👥 Everybody with the bot")),),
        (Address(key, edition, members).labelled(t.label("🏢 Members of the cluster")),),
        (ListPillarsFor(key).labelled(t.label("🔬 One pillar…")),),
        (ListEventsFor(key).labelled(t.label("📅 Registered for…")),),
        *await _known_ones(ctx, key, edition),
        (ComposeAudience(key).labelled(t.label("🧩 Put it together…")),),
        *way_back(t, BackToDraft(key)),
    )
    now_for = addressees(t, card.choice, card.named) if card.choice else ""
    return Screen(paragraphs(t("<b>For whom is it?</b>"), now_for), rows, toast, bool(toast))


async def _known_ones(ctx: Context, key: int, edition: int) -> Rows:
    faces: list[Face] = []
    if await saving.offered(ctx.session, ctx.me, ctx.now):
        faces.append(ListSaved(key).labelled(ctx.t.label("⭐ Saved…")))
    for last in await results.lately(ctx.session, ctx.me, ctx.now, 1):
        again = ChooseLike(key, edition, last.key)
        faces.append(again.labelled(ctx.t.label("↩️ As the last one")))
    return (tuple(faces),) if faces else ()


@on(ListPillarsFor, reading=True)
async def list_pillars(ctx: Context, press: ListPillarsFor) -> Screen:
    return await page_pillars(ctx, PagePillarsFor(press.announcement_id, 0))


@on(PagePillarsFor, reading=True)
async def page_pillars(ctx: Context, press: PagePillarsFor) -> Screen:
    key, t = press.announcement_id, ctx.t
    card = await composing.choosing(ctx.session, key, ctx.me, ctx.now)
    found = await pillars.standing(ctx.session, ctx.now)
    back = way_back(t, ChooseAudience(key))
    if not found:
        return Screen(t("There are no pillars yet. Please choose somebody else."), back)
    part = page(found, press.page, PILLARS)
    edition = card.announcement.edition
    rows = tuple(
        (Address(key, edition, code(Facet.PILLAR, each.key)).labelled(each.name_in(t.language)),)
        for each in part.items
    )
    turns = part.turns(lambda to: PagePillarsFor(key, to))
    words = t("Everybody in the pillar will get it, and the people of its organisations.")
    return Screen(
        paragraphs(t("<b>Which pillar?</b>"), words), (*rows, *((turns,) if turns else ()), *back)
    )


@on(ListEventsFor, reading=True)
async def list_events(ctx: Context, press: ListEventsFor) -> Screen:
    key, t = press.announcement_id, ctx.t
    card = await composing.choosing(ctx.session, key, ctx.me, ctx.now)
    since = ctx.now - STILL_OF_INTEREST
    part = page(await workshops.coming(ctx.session, since), press.page)
    back = way_back(t, ChooseAudience(key))
    if not part.items:
        return Screen(t("There are no events now. Please choose somebody else."), back)
    edition = card.announcement.edition
    rows = tuple(
        (Address(key, edition, code(Facet.REGISTERED, each.key)).labelled(event_label(t, each)),)
        for each in part.items
    )
    turns = part.turns(lambda to: ListEventsFor(key, to))
    words = t("Everybody with a seat or a place in the queue will get it.")
    text = paragraphs(t("<b>Which event?</b>"), words)
    return Screen(text, (*rows, *((turns,) if turns else ()), *back))


def event_label(t: Texts, event: Coming) -> str:
    values = {"day": t.date(event.starts_at.astimezone(t.zone)), "title": event.title}
    if event.provisional:
        return t.label("{day} (preliminary) · {title}", **values)
    return t.label("{day} · {title}", **values)


@on(Address)
async def address(ctx: Context, press: Address) -> Screen:
    key, edition = press.announcement_id, press.edition
    try:
        card = await composing.choose(
            ctx.session, key, ctx.me, press.choice, ctx.now, edition=edition
        )
    except composing.Overtaken as why:
        return await _usual(ctx, key, overtaken(ctx, why))
    return screen(ctx, card)


@on(ChooseLike)
async def choose_like(ctx: Context, press: ChooseLike) -> Screen:
    key, edition = press.announcement_id, press.edition
    try:
        card = await composing.choose_as(
            ctx.session, key, ctx.me, press.other_id, ctx.now, edition=edition
        )
    except composing.Overtaken as why:
        return await _usual(ctx, key, overtaken(ctx, why))
    return screen(ctx, card)


@on(BackToDraft, reading=True)
async def back_to_draft(ctx: Context, press: BackToDraft) -> Screen:
    card = await announcements.look(ctx.session, press.announcement_id, ctx.me, ctx.now)
    return screen(ctx, card)

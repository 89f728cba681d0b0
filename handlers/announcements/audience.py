"""Choosing for whom an announcement is."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain import announcements
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
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
    """Everybody who is of that value; of an empty facet, everybody."""

    announcement_id: int
    facet: str = ""
    value: str = ""

    @property
    def choice(self) -> Choice:
        if not self.facet:
            return EVERYBODY
        value = int(self.value) if self.value.isdecimal() else self.value
        return audiences.of(Facet(self.facet), value)


@on(ChooseAudience, reading=True)
async def choose(ctx: Context, press: ChooseAudience) -> Screen:
    key, t = press.announcement_id, ctx.t
    await announcements.look(ctx.session, key, ctx.me, ctx.now)
    rows: tuple[tuple[Face, ...], ...] = (
        (Address(key).labelled(t.label("👥 Everybody with the bot")),),
        (
            Address(key, Facet.MEMBERSHIP, audiences.MEMBERS).labelled(
                t.label("🏢 Members of the cluster")
            ),
        ),
        (ListPillarsFor(key).labelled(t.label("🔬 One pillar…")),),
        (ListEventsFor(key).labelled(t.label("📅 Registered for…")),),
    )
    return Screen(t("<b>For whom is it?</b>"), (*rows, *way_back(t, BackToDraft(key))))


@on(ListPillarsFor, reading=True)
async def list_pillars(ctx: Context, press: ListPillarsFor) -> Screen:
    return await page_pillars(ctx, PagePillarsFor(press.announcement_id, 0))


@on(PagePillarsFor, reading=True)
async def page_pillars(ctx: Context, press: PagePillarsFor) -> Screen:
    key, t = press.announcement_id, ctx.t
    await announcements.look(ctx.session, key, ctx.me, ctx.now)
    found = await pillars.standing(ctx.session, ctx.now)
    back = way_back(t, ChooseAudience(key))
    if not found:
        return Screen(t("There are no pillars yet. Please choose somebody else."), back)
    part = page(found, press.page, PILLARS)
    rows = tuple(
        (Address(key, Facet.PILLAR, str(each.key)).labelled(each.name_in(t.language)),)
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
    await announcements.look(ctx.session, key, ctx.me, ctx.now)
    since = ctx.now - STILL_OF_INTEREST
    part = page(await workshops.coming(ctx.session, since), press.page)
    back = way_back(t, ChooseAudience(key))
    if not part.items:
        return Screen(t("There are no events now. Please choose somebody else."), back)
    rows = tuple(
        (Address(key, Facet.REGISTERED, str(each.key)).labelled(_label(t, each)),)
        for each in part.items
    )
    turns = part.turns(lambda to: ListEventsFor(key, to))
    words = t("Everybody with a seat or a place in the queue will get it.")
    text = paragraphs(t("<b>Which event?</b>"), words)
    return Screen(text, (*rows, *((turns,) if turns else ()), *back))


def _label(t: Texts, event: Coming) -> str:
    values = {"day": t.date(event.starts_at.astimezone(t.zone)), "title": event.title}
    if event.provisional:
        return t.label("{day} (preliminary) · {title}", **values)
    return t.label("{day} · {title}", **values)


@on(Address)
async def address(ctx: Context, press: Address) -> Screen:
    card = await announcements.address(
        ctx.session, press.announcement_id, ctx.me, press.choice, ctx.now
    )
    return screen(ctx.t, card)


@on(BackToDraft, reading=True)
async def back_to_draft(ctx: Context, press: BackToDraft) -> Screen:
    card = await announcements.look(ctx.session, press.announcement_id, ctx.me, ctx.now)
    return screen(ctx.t, card)

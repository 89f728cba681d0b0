"""Whom an event is for: everybody, members, those of a pillar, or the invited."""

from dataclasses import dataclass

from bot.domain import workshops
from bot.domain.refusals import Gone
from bot.domain.workshops import settings
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import way_back
from handlers.workshops.editing import ChangeWho
from handlers.workshops.inviting import ListGuests
from handlers.workshops.leading import editor
from handlers.workshops.ways import Change
from storage import pillars
from storage.workshops import Audience, Event, guests

PILLARS = 8  # on one page


@dataclass(frozen=True)
class OpenTo(Button, prefix="ws.ed.for"):
    workshop_id: int
    audience: str
    pillar_id: int = 0


@dataclass(frozen=True)
class ChoosePillar(Button, prefix="ws.ed.pi"):
    workshop_id: int


@dataclass(frozen=True)
class PagePillars(Button, prefix="ws.ed.pi.p"):
    workshop_id: int
    page: int


@on(ChangeWho, reading=True)
async def change_who(ctx: Context, press: ChangeWho) -> Screen:
    return await who_screen(ctx, press.workshop_id)


async def who_screen(ctx: Context, workshop_id: int, toast: str = "") -> Screen:
    event, _ = await workshops.editable(ctx.session, workshop_id, ctx.me, ctx.now)
    t, key = ctx.t, event.id
    pillar = await pillars.find(ctx.session, event.pillar_id) if event.pillar_id else None
    named = t("🔬 {pillar}", pillar=pillar.name_in(t.language)) if pillar else ""
    invited: Rows = ()
    if event.audience == Audience.INVITED:
        number = await guests.count(ctx.session, key)
        label = t.label("✉️ Invited: {n}", n=number)
        invited = ((ListGuests(key).labelled(label, None if number else "primary"),),)
    text = paragraphs(
        t("👥 Whom is <b>{title}</b> for?", title=event.title),
        lines(_explained(t, event.audience), named),
    )
    return Screen(text, (*_choices(t, event), *invited, *way_back(t, Change(key))), toast)


def _choices(t: Texts, event: Event) -> Rows:
    everybody = _choice(t, event, Audience.PUBLIC, t.label("🌍 Everybody"))
    members = _choice(t, event, Audience.MEMBERS, t.label("🔒 Members"))
    invited = _choice(t, event, Audience.INVITED, t.label("✉️ The invited"))
    label = _marked(t.label("🔬 A pillar"), event.audience == Audience.PILLAR)
    return ((everybody, members), (ChoosePillar(event.id).labelled(label), invited))


def _choice(t: Texts, event: Event, audience: Audience, label: str) -> Face:
    return OpenTo(event.id, audience).labelled(_marked(label, event.audience == audience))


def _marked(label: str, chosen: bool) -> str:
    return f"✅ {label}" if chosen else label


def _explained(t: Texts, audience: Audience) -> str:
    match audience:
        case Audience.PUBLIC:
            return t("Everybody who writes to me sees it and may come.")
        case Audience.MEMBERS:
            return t("Verified people of member organisations see it and may come.")
        case Audience.PILLAR:
            return t("Everybody in one pillar, and the people of its organisations, may come.")
        case Audience.INVITED:
            return t("Only people and organisations on the list see it and may come.")


@on(ChoosePillar, reading=True)
async def choose_pillar(ctx: Context, press: ChoosePillar) -> Screen:
    return await page_pillars(ctx, PagePillars(press.workshop_id, 0))


@on(PagePillars, reading=True)
async def page_pillars(ctx: Context, press: PagePillars) -> Screen:
    event, _ = await workshops.editable(ctx.session, press.workshop_id, ctx.me, ctx.now)
    t, key = ctx.t, event.id
    part = page(await pillars.standing(ctx.session, ctx.now), press.page, PILLARS)
    rows = tuple(
        (
            OpenTo(key, Audience.PILLAR, each.key).labelled(
                _marked(each.name_in(t.language), each.id == event.pillar_id)
            ),
        )
        for each in part.items
    )
    turns = part.turns(lambda to: PagePillars(key, to))
    shown = (*rows, *((turns,) if turns else ()), *way_back(t, ChangeWho(key)))
    return Screen(t("🔬 For which pillar is it?"), shown)


@on(OpenTo)
async def open_to(ctx: Context, press: OpenTo) -> Screen:
    if press.audience not in list(Audience):
        raise Gone
    audience, pillar_id = Audience(press.audience), press.pillar_id or None
    await settings.open_to(editor(ctx, press.workshop_id), audience, pillar_id)
    return await who_screen(ctx, press.workshop_id, ctx.t.plain("Changed."))

"""An event as the team sees it: publish or throw away; the door, the board, papers, changes."""

from dataclasses import dataclass

from bot.domain import workshops
from bot.domain.workshops import Card, Editor
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.links import AnnounceTo, ListWorkshops, OpenWorkshop, way_back
from handlers.workshops.listing import list_events
from handlers.workshops.reading import card_text
from handlers.workshops.ways import (
    Change,
    CopyWorkshop,
    Lead,
    OpenBoard,
    OpenDocuments,
    OpenDoor,
)
from storage.workshops import State


@dataclass(frozen=True)
class Publish(Button, prefix="ws.pub"):
    workshop_id: int


@dataclass(frozen=True)
class Discard(Button, prefix="ws.del"):
    workshop_id: int


@dataclass(frozen=True)
class Cancel(Button, prefix="ws.off"):
    """Asks once more: to call it off, or to end it where it has begun."""

    workshop_id: int


@dataclass(frozen=True)
class Attendees(Button, prefix="ws.who"):
    """Page `page` of those who have a place in a part; part 0 is the first."""

    workshop_id: int
    part_id: int = 0
    page: int = 0


@on(Lead, reading=True)
async def lead(ctx: Context, press: Lead) -> Screen:
    return await lead_screen(ctx, press.workshop_id)


@on(Publish)
async def publish(ctx: Context, press: Publish) -> Screen:
    zone = ctx.house.cluster.zone
    await workshops.publish(ctx.session, press.workshop_id, ctx.me, ctx.now, zone)
    return await lead_screen(
        ctx, press.workshop_id, ctx.t.plain("Published. Now you can announce it.")
    )


@on(Discard)
async def discard(ctx: Context, press: Discard) -> Screen:
    await workshops.discard(ctx.session, press.workshop_id, ctx.me, ctx.now)
    shown = await list_events(ctx, ListWorkshops())
    return Screen(shown.text, shown.rows, ctx.t.plain("The draft is gone."))


def editor(ctx: Context, workshop_id: int) -> Editor:
    return Editor(ctx.session, workshop_id, ctx.me, ctx.now, ctx.house.cluster.zone)


async def lead_screen(ctx: Context, workshop_id: int, toast: str = "") -> Screen:
    card, publishes = await workshops.lead(ctx.session, workshop_id, ctx.me, ctx.now)
    t = ctx.t
    rows = _of_draft(t, card, publishes) if _is_draft(card) else _of_public(t, card, publishes)
    text = paragraphs(card_text(t, card), _what_next(t, card, publishes))
    back = ListWorkshops() if _is_draft(card) else OpenWorkshop(workshop_id)
    return Screen(text, (*rows, *way_back(t, back)), toast)


def _is_draft(card: Card) -> bool:
    return card.event.state == State.DRAFT


def _what_next(t: Texts, card: Card, publishes: bool) -> str:
    if not _is_draft(card):
        return ""
    if publishes:
        return t("This is how people will see it. Shall it be published?")
    return t("This is how people will see it. A manager can publish it.")


def _of_draft(t: Texts, card: Card, publishes: bool) -> Rows:
    key = card.event.id
    publish = (Publish(key).labelled(t.label("📣 Publish"), "success"),)
    change = Change(key).labelled(t.label("✏️ Change"))
    copy = CopyWorkshop(key).labelled(t.label("📋 Copy"))
    discard = Discard(key).labelled(t.label("🗑 Throw away"))
    return (*((publish,) if publishes else ()), (change, copy), (discard,))


def _of_public(t: Texts, card: Card, publishes: bool) -> Rows:
    """Four rows for whoever may do everything; fewer where less can be done."""
    key = card.event.id
    who = t.label("👥 Who signed up") if card.is_over else t.label("👥 Who is coming")
    people = (
        Attendees(key).labelled(who),
        OpenBoard(key).labelled(t.label("📊 Overview")),
    )
    papers = OpenDocuments(key).labelled(t.label("📁 Documents"))
    copy = CopyWorkshop(key).labelled(t.label("📋 Copy"))
    announce = AnnounceTo(key).labelled(t.label("📣 Write an announcement"))
    if card.event.state == State.CANCELLED:
        return (people, (papers, copy))
    door = OpenDoor(key).labelled(t.label("🚪 Door"))
    if card.is_over or not publishes:
        return (people, (door, papers), (copy,) if not publishes else (announce, copy))
    change = Change(key).labelled(t.label("✏️ Change"))
    return (people, (door, papers), (announce, change), (copy, _cancel(t, card)))


def _cancel(t: Texts, card: Card) -> Face:
    running = card.event.starts_at <= card.now
    label = t.label("⏹ End it now") if running else t.label("❌ Cancel the event")
    return Cancel(card.event.id).labelled(label)

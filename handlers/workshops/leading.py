"""An event as those see it who lead it: publish or throw away; the door, papers, changes."""

from dataclasses import dataclass

from bot.domain import workshops
from bot.domain.workshops import Card, Editor, Led
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
    led = await workshops.lead(ctx.session, workshop_id, ctx.me, ctx.now)
    t, card = ctx.t, led.card
    text = paragraphs(card_text(t, card), _what_next(t, card, led.may_publish))
    rows = _rows(t, led)
    back = ListWorkshops() if _is_draft(card) else OpenWorkshop(workshop_id)
    return Screen(text, (*rows, *way_back(t, back)), toast)


def _rows(t: Texts, led: Led) -> Rows:
    if not led.is_team:
        return _of_meeting(t, led.card)
    if _is_draft(led.card):
        return _of_draft(t, led.card, led.may_publish)
    return _of_public(t, led.card, led.may_publish)


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


def _of_meeting(t: Texts, card: Card) -> Rows:
    """For the guarantor of the pillar."""
    key = card.event.id
    who = (Attendees(key).labelled(_who(t, card)),)
    if card.is_over or card.event.state == State.CANCELLED:
        return (who,)
    return (who, (Change(key).labelled(t.label("✏️ Change")), _cancel(t, card)))


def _who(t: Texts, card: Card) -> str:
    return t.label("👥 Who signed up") if card.is_over else t.label("👥 Who is coming")


def _of_public(t: Texts, card: Card, publishes: bool) -> Rows:
    """Four rows for whoever may do everything; fewer where less can be done."""
    key = card.event.id
    people = (
        Attendees(key).labelled(_who(t, card)),
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

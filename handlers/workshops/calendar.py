"""An event as a file for one's own calendar, which takes later changes over into its old entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar
from icalendar import Event as Entry

from bot.domain import workshops
from bot.domain.workshops import Card, PartCard
from bot.kit.buttons import Button
from bot.kit.context import Context, House
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, Toast, paragraphs
from handlers.links import OpenCalendarFeed, OpenWorkshop, way_back
from handlers.workshops.ways import OutOfCalendar
from storage.workshops import Event, PartKind, Slot, State

ADDRESS = ("https://", "http://")  # what the link of an online part may begin with


@dataclass(frozen=True)
class ToCalendar(Button, prefix="ws.ics"):
    workshop_id: int


@dataclass(frozen=True)
class AsFile(Button, prefix="ws.ics.f"):
    workshop_id: int


@on(ToCalendar)
async def to_calendar(ctx: Context, press: ToCalendar) -> Answer:
    """Where we have no address of our own, there is but one way."""
    if not ctx.house.public_url:
        return await _send(ctx, press.workshop_id)
    t, key = ctx.t, press.workshop_id
    card = await workshops.look(ctx.session, key, ctx.me, ctx.now)
    text = paragraphs(
        t("📆 <b>{title}</b> in your calendar", title=card.event.title),
        t("A file brings in this event. An address brings in all your events, with every change."),
    )
    rows = (
        (AsFile(key).labelled(t.label("📥 This event as a file")),),
        (OpenCalendarFeed().labelled(t.label("🔄 All my events")),),
    )
    return Screen(text, (*rows, *way_back(t, OpenWorkshop(key))))


@on(AsFile)
async def as_file(ctx: Context, press: AsFile) -> Toast:
    return await _send(ctx, press.workshop_id)


@on(OutOfCalendar)
async def out_of_calendar(ctx: Context, press: OutOfCalendar) -> Toast:
    """For the parts in which they have no place (any more)."""
    card = await workshops.look(ctx.session, press.workshop_id, ctx.me, ctx.now)
    content = withdrawal(ctx.house, card, ctx.now)
    caption = ctx.t("Open it to take <b>{title}</b> out again.", title=card.event.title)
    await ctx.send_me(f"{_file_name(card)}-cancelled.ics", content, caption)
    return Toast(ctx.t.plain("Here is the file for your calendar."))


async def _send(ctx: Context, workshop_id: int) -> Toast:
    card = await workshops.look(ctx.session, workshop_id, ctx.me, ctx.now)
    content = calendar_file(ctx.house, card.event, card.mine or card.parts, ctx.now)
    await ctx.send_me(f"{_file_name(card)}.ics", content, _caption(ctx, card))
    return Toast(ctx.t.plain("Here is the file for your calendar."))


def calendar_file(house: House, event: Event, parts: Iterable[PartCard], now: datetime) -> bytes:
    """RFC 5545: the UID stays the same for ever, and whoever has a lower SEQUENCE, or an earlier
    DTSTAMP with the same, is out of date. Times are in UTC, which calendars show in their zone.
    """
    cancelled = event.state == State.CANCELLED
    entries = []
    for part in parts:
        entry = _entry(house, event, part.slot, now, seated=part.seated)
        if not cancelled and part.number_in_line is not None:
            entry["status"] = "TENTATIVE"
        entries.append(entry)
    return bytes(_calendar(house, "CANCEL" if cancelled else "PUBLISH", entries).to_ical())


def withdrawal(house: House, card: Card, now: datetime) -> bytes:
    """Takes out whatever the person has no place in."""
    entries = []
    for part in card.parts:
        if not part.has_place or card.event.state == State.CANCELLED:
            entry = _entry(house, card.event, part.slot, now, seated=False)
            entry["status"] = "CANCELLED"
            entries.append(entry)
    return bytes(_calendar(house, "CANCEL", entries).to_ical())


def seat_entries(house: House, seats: Iterable[tuple[datetime, Event]]) -> list[Entry]:
    """All events of somebody, for the address that their calendar reads."""
    return [_entry(house, event, event.parts[0], at, seated=True) for at, event in seats]


def _calendar(house: House, method: str, entries: Iterable[Entry]) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//{house.cluster.name}//Paprsek//")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for entry in entries:
        calendar.add_component(entry)
    return calendar


def _entry(house: House, event: Event, slot: Slot, stamp: datetime, *, seated: bool) -> Entry:
    """The link of an online part is for those who have a seat."""
    link = slot.link if seated else ""
    entry = Entry()
    entry.add("uid", f"part-{slot.id}@{house.bot.id}")
    entry.add("sequence", event.sequence)
    entry.add("status", "CANCELLED" if event.state == State.CANCELLED else "CONFIRMED")
    entry.add("dtstamp", stamp)
    entry.add("dtstart", slot.starts_at)
    entry.add("dtend", slot.ends_at)
    entry.add("summary", f"{event.title}: {slot.name}" if slot.name else event.title)
    if where := _where(event, slot, link):
        entry.add("location", where)
    entry.add("url", house.start_link(f"w{event.id}"))
    if about := "\n\n".join(words for words in (event.about, link) if words):
        entry.add("description", about)
    return entry


def _where(event: Event, slot: Slot, link: str) -> str:
    if slot.kind == PartKind.ONLINE:
        return slot.place or (link if link.startswith(ADDRESS) else "")
    return slot.place or event.place


def _file_name(card: Card) -> str:
    return f"event-{card.event.id}"


def _caption(ctx: Context, card: Card) -> str:
    if card.event.state == State.CANCELLED:
        return ctx.t("Open it to take <b>{title}</b> out again.", title=card.event.title)
    return ctx.t("Open it and <b>{title}</b> is in your calendar.", title=card.event.title)

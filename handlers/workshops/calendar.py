"""An event as a file for one's own calendar, which takes later changes over into its old entry."""

from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar
from icalendar import Event as Entry

from bot.domain import workshops
from bot.domain.workshops import Card
from bot.kit.buttons import Button
from bot.kit.context import Context, House
from bot.kit.routes import on
from bot.kit.screens import Toast
from storage.workshops import Event, Slot, State


@dataclass(frozen=True)
class ToCalendar(Button, prefix="ws.ics"):
    workshop_id: int


@on(ToCalendar)
async def to_calendar(ctx: Context, press: ToCalendar) -> Toast:
    card = await workshops.look(ctx.session, press.workshop_id, ctx.me, ctx.now)
    slots = [part.slot for part in card.mine] or list(card.event.parts)
    content = calendar_file(ctx.house, card.event, slots, ctx.now)
    await ctx.send_me(f"{_file_name(card)}.ics", content, _caption(ctx, card))
    return Toast(ctx.t.plain("Here is the file for your calendar."))


def calendar_file(house: House, event: Event, slots: list[Slot], now: datetime) -> bytes:
    """RFC 5545: the UID stays the same for ever, and whoever has a lower SEQUENCE is out of date.

    Times are in UTC, which every calendar shows in its own zone.
    """
    cancelled = event.state == State.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", f"-//{house.cluster.name}//Paprsek//")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    for slot in slots:
        calendar.add_component(_entry(house, event, slot, now))
    return bytes(calendar.to_ical())


def _entry(house: House, event: Event, slot: Slot, now: datetime) -> Entry:
    entry = Entry()
    entry.add("uid", f"part-{slot.id}@{house.bot.id}")
    entry.add("sequence", event.sequence)
    entry.add("status", "CANCELLED" if event.state == State.CANCELLED else "CONFIRMED")
    entry.add("dtstamp", now)
    entry.add("dtstart", slot.starts_at)
    entry.add("dtend", slot.ends_at)
    entry.add("summary", f"{event.title}: {slot.name}" if slot.name else event.title)
    entry.add("location", event.place)
    entry.add("url", house.start_link(f"w{event.id}"))
    if event.about:
        entry.add("description", event.about)
    return entry


def _file_name(card: Card) -> str:
    return f"event-{card.event.id}"


def _caption(ctx: Context, card: Card) -> str:
    if card.event.state == State.CANCELLED:
        return ctx.t("Open it to take <b>{title}</b> out again.", title=card.event.title)
    return ctx.t("Open it and <b>{title}</b> is in your calendar.", title=card.event.title)

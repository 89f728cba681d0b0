"""What people are told without asking: a seat for them, a change, a cancellation, a reminder.

Many are told in lots of `CHUNK`, an errand each, so that nobody else waits for a long transaction.
"""

from datetime import datetime, timedelta

from bot.domain import workshops
from bot.domain.workshops import Change, Raised, Reminded
from bot.kit.buttons import Rows
from bot.kit.context import Context, Desk
from bot.kit.errands import Trip
from bot.kit.routes import errand, job
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import OpenWorkshop, home
from handlers.workshops.calendar import ToCalendar
from handlers.workshops.words import part_name, what_it_is
from storage.people import Person
from storage.workshops import Event, Slot, State, find, seats
from storage.workshops.reminders import Kind

CHUNK = 500
Note = dict[str, str]  # what changed, of which part, from what to what; times as ISO spans


def tell_promoted(desk: Desk, person: Person, event: Event, slot: Slot) -> None:
    t = desk.texts_of(person)
    part = t("The seat is for: {part}", part=part_name(t, slot)) if len(event.parts) > 1 else ""
    text = paragraphs(t("🎉 A seat is free, and it is yours."), lines(what_it_is(t, event), part))
    desk.tell(person, Screen(text, _ways(t, event.id)), expires_at=slot.starts_at)


async def promise_promoted(ctx: Context, event_id: int, raised: Raised) -> None:
    """Tell those who sit now because there are more seats."""
    if raised.first is not None and raised.last is not None:
        facts = {"part_id": raised.slot.id, "first": raised.first, "last": raised.last}
        await ctx.errand("workshops.promoted", workshop_id=event_id, **facts)


@errand("workshops.promoted")
async def promoted(trip: Trip, workshop_id: int, part_id: int, first: int, last: int) -> None:
    async with trip.deliver() as desk:
        event = await find(desk.session, workshop_id)
        slot = next((part for part in event.parts if part.id == part_id), None) if event else None
        if event is None or slot is None or event.state != State.PUBLISHED:
            return
        seated = await seats.between(desk.session, part_id, first, last, CHUNK)
        for _, person in seated:
            tell_promoted(desk, person, event, slot)
        if len(seated) == CHUNK:
            facts = {"part_id": part_id, "first": seated[-1][0] + 1, "last": last}
            await desk.errand("workshops.promoted", workshop_id=workshop_id, **facts)


async def promise_change(ctx: Context, change: Change) -> None:
    """Tell those with a place what is different now, old and new."""
    notes = _notes(change)
    if notes and change.people and change.before.state == State.PUBLISHED:
        await ctx.errand(
            "workshops.changed",
            workshop_id=change.after.id,
            title=change.before.title,
            notes=notes,
            after=0,
        )


@errand("workshops.changed")
async def changed(trip: Trip, workshop_id: int, title: str, notes: list[Note], after: int) -> None:
    async with trip.deliver() as desk:
        people = await seats.registered(desk.session, workshop_id, after=after, limit=CHUNK)
        for person in people:
            t = desk.texts_of(person)
            desk.tell(person, _change_screen(t, workshop_id, title, notes))
        if len(people) == CHUNK:
            facts = {"title": title, "notes": notes, "after": people[-1].key}
            await desk.errand("workshops.changed", workshop_id=workshop_id, **facts)


@job("reminders", every=timedelta(seconds=15))
async def reminders(desk: Desk) -> None:
    for each in await workshops.remind(desk.session, desk.now):
        key = f"r{each.reminder.key}:p{each.person.key}"
        screen = _reminder_screen(desk.texts_of(each.person), each)
        desk.tell(each.person, screen, key=key, expires_at=each.slots[0].starts_at)


def _reminder_screen(t: Texts, reminded: Reminded) -> Screen:
    event, slots = reminded.event, reminded.slots
    if reminded.reminder.kind == Kind.DAY_BEFORE:
        head = t("⏰ Tomorrow: <b>{title}</b>", title=event.title)
    else:
        start = t.time(slots[0].starts_at)
        head = t("⏰ Today at {time}: <b>{title}</b>", time=start, title=event.title)
    whens = [_when(t, event, slot) for slot in slots]
    text = lines(head, *whens, t("📍 {place}", place=event.place))
    return Screen(text, _ways(t, event.id))


def _when(t: Texts, event: Event, slot: Slot) -> str:
    span = t.span(slot.starts_at, slot.ends_at)
    if len(event.parts) == 1:
        return t("🕘 {when}", when=span)
    return t("🕘 {part}: {when}", part=part_name(t, slot), when=span)


def _notes(change: Change) -> list[Note]:
    before, after = change.before, change.after
    if before.state != State.CANCELLED and after.state == State.CANCELLED:
        return [{"what": "cancelled", "part": "", "old": _iso(before), "new": ""}]
    notes = [
        {"what": what, "part": "", "old": old, "new": new}
        for what, old, new in (
            ("title", before.title, after.title),
            ("place", before.place, after.place),
        )
        if old != new
    ]
    was = {slot.id: slot for slot in before.parts}
    for slot in after.parts:
        old_slot = was.get(slot.id, slot)
        if _iso(old_slot) != _iso(slot):
            part = slot.name if len(after.parts) > 1 else ""
            notes.append({"what": "time", "part": part, "old": _iso(old_slot), "new": _iso(slot)})
    return notes


def _change_screen(t: Texts, workshop_id: int, title: str, notes: list[Note]) -> Screen:
    if notes[0]["what"] == "cancelled":
        text = lines(
            t("❌ <b>{title}</b> is cancelled.", title=title),
            t("It was to be: {when}", when=_said(t, notes[0]["old"])),
        )
    else:
        head = t("✏️ <b>{title}</b> has changed", title=title)
        text = paragraphs(head, *(_note(t, note) for note in notes))
    file = ToCalendar(workshop_id).labelled(t.label("📆 Update my calendar"))
    return Screen(text, ((file,), *_ways(t, workshop_id)))


def _note(t: Texts, note: Note) -> str:
    old, new = note["old"], note["new"]
    match note["what"]:
        case "title":
            return t("Name: <s>{old}</s> → <b>{new}</b>", old=old, new=new)
        case "place":
            return t("📍 <s>{old}</s> → <b>{new}</b>", old=old, new=new)
    part = t("<b>{part}</b>", part=note["part"]) if note["part"] else ""
    spans = {"old": _said(t, old), "new": _said(t, new)}
    return lines(part, t("🕘 <s>{old}</s> → <b>{new}</b>", **spans))


def _iso(when: Event | Slot) -> str:
    return f"{when.starts_at.isoformat()}/{when.ends_at.isoformat()}"


def _said(t: Texts, span: str) -> str:
    start, end = (datetime.fromisoformat(each) for each in span.split("/"))
    return t.span(start, end)


def _ways(t: Texts, workshop_id: int) -> Rows:
    return ((OpenWorkshop(workshop_id).labelled(t.label("📅 Open the event")), home(t)),)

"""What is different now is told to those with a place, seated or waiting: old → new, part by part.

Many are told in lots of `CHUNK`, an errand each, so that nobody else waits for a long transaction.
"""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.workshops import Change
from bot.domain.workshops.ending import Ending
from bot.kit.context import Context
from bot.kit.errands import Trip
from bot.kit.routes import errand
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import OpenWorkshop, home
from handlers.workshops.calendar import ToCalendar
from storage.workshops import Event, Slot, State, seats

CHUNK = 500
Note = dict[str, str]  # what changed, of which part, from what to what; times as ISO spans


async def promise_change(ctx: Context, change: Change) -> None:
    notes = list(_notes(change))
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
            desk.tell(person, change_screen(t, workshop_id, title, notes))
        if len(people) == CHUNK:
            facts = {"title": title, "notes": notes, "after": people[-1].key}
            await desk.errand("workshops.changed", workshop_id=workshop_id, **facts)


async def promise_ending(ctx: Context, ending: Ending) -> None:
    """Their places are gone by the time they are told, so each errand knows its people."""
    notes = [*_ended(ending)]
    ids = ending.person_ids
    for start in range(0, len(ids), CHUNK):
        await ctx.errand(
            "workshops.ended",
            workshop_id=ending.after.id,
            title=ending.before.title,
            notes=notes,
            person_ids=ids[start : start + CHUNK],
        )


@errand("workshops.ended")
async def ended(
    trip: Trip, workshop_id: int, title: str, notes: list[Note], person_ids: list[int]
) -> None:
    async with trip.deliver() as desk:
        for person in await seats.people(desk.session, person_ids):
            t = desk.texts_of(person)
            desk.tell(person, change_screen(t, workshop_id, title, notes))


def _notes(change: Change) -> Iterator[Note]:
    before, after = change.before, change.after
    if before.state != State.CANCELLED and after.state == State.CANCELLED:
        yield _note("cancelled", old=_iso(before))
        return
    for what, old, new in (
        ("title", before.title, after.title),
        ("place", before.place, after.place),
    ):
        if old != new:
            yield _note(what, old=old, new=new)
    was = {slot.id: slot for slot in before.parts}
    for slot in after.parts:
        yield from _notes_of_part(change, was.get(slot.id, slot), slot)
    if before.provisional != after.provisional:
        yield _note("provisional" if after.provisional else "fixed", new=_iso(after))


def _notes_of_part(change: Change, old: Slot, new: Slot) -> Iterator[Note]:
    part = new.name if len(change.after.parts) > 1 else ""
    if _iso(old) != _iso(new):
        yield _note("time", part=part, old=_iso(old), new=_iso(new))
    was, now = old.place or change.before.place, new.place or change.after.place
    if old.place != new.place and was != now:
        yield _note("place", part=part, old=was, new=now)
    if old.link and old.link != new.link:
        yield _note("link", part=part)


def _ended(ending: Ending) -> Iterator[Note]:
    yield _note("ended")
    several = len(ending.before.parts) > 1
    for slot in ending.dropped:
        yield _note("dropped", part=slot.name if several else "", old=_iso(slot))


def _note(what: str, *, part: str = "", old: str = "", new: str = "") -> Note:
    return {"what": what, "part": part, "old": old, "new": new}


def change_screen(t: Texts, workshop_id: int, title: str, notes: list[Note]) -> Screen:
    text = paragraphs(_head(t, title, notes[0]), *_by_part(t, notes))
    file = ToCalendar(workshop_id).labelled(t.label("📆 Update my calendar"))
    event = OpenWorkshop(workshop_id).labelled(t.label("📅 Open the event"))
    return Screen(text, ((file,), (event, home(t))))


def _head(t: Texts, title: str, first: Note) -> str:
    match first["what"]:
        case "cancelled":
            was = t("It was to be: {when}", when=_said(t, first["old"]))
            return lines(t("❌ <b>{title}</b> is cancelled.", title=title), was)
        case "ended":
            return t("⏹ <b>{title}</b> ends now, earlier than planned.", title=title)
        case "fixed":
            date = t("The date is certain: <b>{when}</b>", when=_said(t, first["new"]))
            return lines(t("✅ <b>{title}</b>", title=title), date)
        case "provisional":
            return lines(
                t("🗓 <b>{title}</b>", title=title),
                t("The date may still change. I will tell you as soon as it is certain."),
            )
    return t("✏️ <b>{title}</b> has changed", title=title)


def _by_part(t: Texts, notes: list[Note]) -> Iterator[str]:
    """A paragraph for each part, one for the event as a whole."""
    for part in dict.fromkeys(note["part"] for note in notes):
        said = [_worded(t, note) for note in notes if note["part"] == part]
        if any(said):
            yield lines(t("<b>{part}</b>", part=part) if part else "", *said)


def _worded(t: Texts, note: Note) -> str:
    old, new = note["old"], note["new"]
    match note["what"]:
        case "title":
            return t("Name: <s>{old}</s> → <b>{new}</b>", old=old, new=new)
        case "place":
            return t("📍 <s>{old}</s> → <b>{new}</b>", old=old, new=new)
        case "time":
            spans = {"old": _said(t, old), "new": _said(t, new)}
            return t("🕘 <s>{old}</s> → <b>{new}</b>", **spans)
        case "link":
            return t("🔗 The link for joining is new; you find it on the card of the event.")
        case "dropped":
            return t("🕘 <s>{old}</s> will not take place", old=_said(t, old))
    return ""


def _iso(when: Event | Slot) -> str:
    return f"{when.starts_at.isoformat()}/{when.ends_at.isoformat()}"


def _said(t: Texts, span: str) -> str:
    start, end = (datetime.fromisoformat(each) for each in span.split("/"))
    return t.span(start, end)

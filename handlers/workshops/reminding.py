"""Reminders as people read them. What is said at which moment is put together here:

    @remind(Kind.NUDGE)
    def nudge(t: Texts, reminded: Reminded) -> Screen:

To whom and when is for the domain to say; None says nothing. What does not concern their seat has
a `line` for Monday's digest, in case they have had enough for the week.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from urllib.parse import urlencode

from bot.domain import workshops
from bot.domain.workshops import Reminded
from bot.domain.workshops.rhythm import AFTER
from bot.kit.buttons import Button, Rows, link
from bot.kit.context import Desk
from bot.kit.routes import job
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import OpenWorkshop, home
from handlers.workshops.carrying import promise_tickets
from handlers.workshops.ways import ConfirmPlace, DeclinePlace, HandOver, ShowTicket
from handlers.workshops.words import part_name
from storage.pushes import PushKind
from storage.workshops import Event, PartKind, Slot
from storage.workshops.reminders import Kind

MAP = "https://www.google.com/maps/search/?"
Say = Callable[[Texts, Reminded], Screen | None]
Line = Callable[[Texts, Event], tuple[str, Button]]
_sayings: dict[Kind, Say] = {}
_lines: dict[Kind, Line] = {}


def remind(kind: Kind, *, line: Line | None = None) -> Callable[[Say], Say]:
    def register(say: Say) -> Say:
        _sayings[kind] = say
        if line is not None:
            _lines[kind] = line
        return say

    return register


@job("reminders", every=timedelta(seconds=15))
async def reminders(desk: Desk) -> None:
    told = await workshops.remind(desk.session, desk.house.cluster.zone, desk.now)
    for each in told:
        say = _sayings.get(each.reminder.kind)
        screen = say(desk.texts_of(each.person), each) if say else None
        if screen is not None:
            await _bring(desk, each, screen)
    await promise_tickets(desk, [each for each in told if each.reminder.kind == Kind.SOON])


async def _bring(desk: Desk, each: Reminded, screen: Screen) -> None:
    kind, key = each.reminder.kind, f"r{each.reminder.key}:p{each.person.key}"
    if kind in _lines:
        title, opens = _lines[kind](desk.texts_of(each.person), each.event)
        await desk.push(each.person, PushKind.EVENTS, screen, key=key, title=title, opens=opens)
    else:
        until = None if kind in AFTER else each.slots[0].starts_at
        desk.tell(each.person, screen, key=key, expires_at=until)


@remind(Kind.WEEK_BEFORE)
def week_before(t: Texts, reminded: Reminded) -> Screen:
    event = reminded.event
    text = paragraphs(
        lines(t("⏰ Coming soon: <b>{title}</b>", title=event.title), *_wheres(t, reminded)),
        t("Has something come up? Please give your seat to somebody else in time."),
    )
    return Screen(text, ways(t, event))


@remind(Kind.WILL_YOU_COME)
def will_you_come(t: Texts, reminded: Reminded) -> Screen:
    head = t("⏰ We look forward to seeing you: <b>{title}</b>", title=reminded.event.title)
    return _asking(t, reminded, head)


@remind(Kind.DAY_BEFORE)
def day_before(t: Texts, reminded: Reminded) -> Screen:
    head = t("⏰ Tomorrow: <b>{title}</b>", title=reminded.event.title)
    return _asking(t, reminded, head)


@remind(Kind.SOON)
def soon(t: Texts, reminded: Reminded) -> Screen:
    start = t.time(reminded.slots[0].starts_at)
    head = t("⏰ Today at {time}: <b>{title}</b>", time=start, title=reminded.event.title)
    return _on_the_way(t, reminded, head)


@remind(Kind.EVENING)
def evening(t: Texts, reminded: Reminded) -> Screen:
    start = t.time(reminded.slots[0].starts_at)
    head = t("⏰ Tonight at {time}: <b>{title}</b>", time=start, title=reminded.event.title)
    return _on_the_way(t, reminded, head)


@remind(Kind.NEXT_DAY)
def next_day(t: Texts, reminded: Reminded) -> Screen:
    head = t("⏰ Good morning! Today goes on: <b>{title}</b>", title=reminded.event.title)
    return _on_the_way(t, reminded, head)


@remind(Kind.LINK)
def joining(t: Texts, reminded: Reminded) -> Screen:
    event, slot = reminded.event, reminded.slots[0]
    head = t("⏰ Online at {time}: <b>{title}</b>", time=t.time(slot.starts_at), title=event.title)
    text = lines(head, *_whens(t, reminded), t("🔗 {link}", link=slot.link) if slot.link else "")
    is_address = slot.link.startswith(("https://", "http://"))
    join: Rows = ((link(t.label("▶️ Join"), slot.link),),) if is_address else ()
    return Screen(text, (*join, *ways(t, event)))


def ways(t: Texts, event: Event) -> Rows:
    return ((OpenWorkshop(event.id).labelled(t.label("📅 Open the event")), home(t)),)


def _asking(t: Texts, reminded: Reminded, head: str) -> Screen:
    event = reminded.event
    said = lines(head, *_wheres(t, reminded))
    if not reminded.asked:
        return Screen(said, ways(t, event))
    yes = ConfirmPlace(event.id).labelled(t.label("✅ I am coming"), "success")
    other = HandOver(event.id).labelled(t.label("👤 I am sending a colleague"))
    no = DeclinePlace(event.id).labelled(t.label("❌ I cannot come"))
    rows: Rows = ((yes,), (other,), (no,)) if reminded.person.is_member else ((yes,), (no,))
    return Screen(paragraphs(said, t("Are you coming?")), (*rows, *ways(t, event)))


def _on_the_way(t: Texts, reminded: Reminded, head: str) -> Screen:
    event = reminded.event
    place = _place(event, reminded.slots[0])
    address = MAP + urlencode({"api": 1, "query": place})
    row = (
        link(t.label("🗺 Map"), address),
        ShowTicket(event.id).labelled(t.label("🎟 My ticket")),
    )
    return Screen(lines(head, *_wheres(t, reminded)), (row, *ways(t, event)))


def _wheres(t: Texts, reminded: Reminded) -> list[str]:
    """When it is, and where; a place that holds for all is said once."""
    places = {_place(reminded.event, slot) for slot in reminded.slots}
    if len(places) == 1:
        return [*_whens(t, reminded), t("📍 {place}", place=places.pop())]
    return [
        line
        for slot, when in zip(reminded.slots, _whens(t, reminded), strict=True)
        for line in (when, t("📍 {place}", place=_place(reminded.event, slot)))
    ]


def _whens(t: Texts, reminded: Reminded) -> Sequence[str]:
    spans = [t.span(slot.starts_at, slot.ends_at) for slot in reminded.slots]
    if len(reminded.event.parts) == 1:
        return [t("🕘 {when}", when=span) for span in spans]
    return [
        t("🕘 {part}: {when}", part=part_name(t, slot), when=span)
        for slot, span in zip(reminded.slots, spans, strict=True)
    ]


def _place(event: Event, slot: Slot) -> str:
    return slot.place or ("online" if slot.kind == PartKind.ONLINE else event.place)

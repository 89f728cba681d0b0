"""What those who wait are told without asking: a seat for them, one to be quick for, their number.

Many are told in lots, an errand each, so that nobody else waits for a long transaction.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain import workshops
from bot.kit.buttons import Button, Rows
from bot.kit.context import Desk
from bot.kit.errands import Trip
from bot.kit.routes import errand, job
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import OpenWorkshop, home
from handlers.workshops.ways import ConfirmPlace, DeclinePlace
from handlers.workshops.words import part_name, what_it_is
from storage.workshops import Event, Slot, State, find
from storage.workshops import lines as waiting_lines

CHUNK = 500
DAYTIME = range(8, 20)  # hours in which people are told of their number in the line


@dataclass(frozen=True)
class ClaimSeat(Button, prefix="ws.grab"):
    """I want the seat that is offered to all who wait."""

    workshop_id: int
    part_id: int


@errand("workshops.rose")
async def rose(trip: Trip, workshop_id: int, part_id: int, seat_ids: list[int]) -> None:
    """They waited and have a seat now."""
    async with trip.deliver() as desk:
        event, slot = await _coming(desk, workshop_id, part_id)
        if event is None or slot is None:
            return
        for person in await waiting_lines.holders(desk.session, seat_ids, seated=True):
            screen = _yours(desk.texts_of(person), event, slot)
            desk.tell(person, screen, expires_at=slot.starts_at)


@errand("workshops.pushed_back")
async def pushed_back(trip: Trip, workshop_id: int, part_id: int, seat_ids: list[int]) -> None:
    """They had a seat and wait now."""
    async with trip.deliver() as desk:
        event, slot = await _coming(desk, workshop_id, part_id)
        if event is None or slot is None:
            return
        for person in await waiting_lines.holders(desk.session, seat_ids, seated=False):
            screen = _not_yours(desk.texts_of(person), event, slot)
            desk.tell(person, screen, expires_at=slot.starts_at)


@errand("workshops.offered")
async def offered(trip: Trip, workshop_id: int, part_id: int, after: int) -> None:
    """A seat for whoever of those who wait taps first."""
    async with trip.deliver() as desk:
        event, slot = await _coming(desk, workshop_id, part_id)
        if event is None or slot is None:
            return
        waiters = await waiting_lines.waiters_after(desk.session, part_id, after, CHUNK)
        for _, person in waiters:
            screen = _for_the_quickest(desk.texts_of(person), event, slot)
            desk.tell(person, screen, expires_at=slot.starts_at)
        if len(waiters) == CHUNK:
            facts = {"part_id": part_id, "after": waiters[-1][0]}
            await desk.errand("workshops.offered", workshop_id=workshop_id, **facts)


@job("queue", every=timedelta(minutes=1))
async def queue(desk: Desk) -> None:
    """Seats that time alone has freed, and the numbers of those who are nearly there."""
    await workshops.settle_all(desk.session, desk.now)
    if desk.now.astimezone(desk.house.cluster.zone).hour not in DAYTIME:
        return
    for each in await workshops.nearly_there(desk.session, desk.now):
        screen = _nearly(desk.texts_of(each.person), each.event, each.numbers)
        desk.tell(each.person, screen, expires_at=each.event.starts_at)


async def _coming(
    desk: Desk, workshop_id: int, part_id: int
) -> tuple[Event, Slot] | tuple[None, None]:
    """Nothing when it is cancelled, gone, or has begun."""
    event = await find(desk.session, workshop_id)
    if event is None or event.state != State.PUBLISHED:
        return None, None
    slots = (each for each in event.parts if each.id == part_id and each.starts_at > desk.now)
    slot = next(slots, None)
    return (event, slot) if slot else (None, None)


def _yours(t: Texts, event: Event, slot: Slot) -> Screen:
    text = paragraphs(t("🎉 A seat is free, and it is yours."), _what(t, event, slot))
    answers = (
        ConfirmPlace(event.id).labelled(t.label("✅ I will come"), "success"),
        DeclinePlace(event.id, slot.id).labelled(t.label("❌ I cannot")),
    )
    return Screen(text, (answers, *ways(t, event.id)))


def _for_the_quickest(t: Texts, event: Event, slot: Slot) -> Screen:
    text = paragraphs(
        t("⚡ A seat is free. It goes to whoever taps first."), _what(t, event, slot)
    )
    claim = ClaimSeat(event.id, slot.id).labelled(t.label("⚡ Take the seat"), "success")
    return Screen(text, ((claim,), *ways(t, event.id)))


def _not_yours(t: Texts, event: Event, slot: Slot) -> Screen:
    text = paragraphs(
        t("⏳ There are fewer seats than planned, so you wait again: at the front of the line."),
        _what(t, event, slot),
        t("I am sorry. As soon as a seat is free, I will tell you."),
    )
    return Screen(text, ways(t, event.id))


def _nearly(t: Texts, event: Event, numbers: tuple[tuple[Slot, int], ...]) -> Screen:
    several = len(event.parts) > 1
    return Screen(
        paragraphs(
            what_it_is(t, event),
            lines(
                *(
                    t("⏳ {part}: you are number {n} in line.", part=part_name(t, slot), n=number)
                    if several
                    else t("⏳ You are number {n} in line.", n=number)
                    for slot, number in numbers
                )
            ),
        ),
        ways(t, event.id),
    )


def _what(t: Texts, event: Event, slot: Slot) -> str:
    """The event, or of several parts the one that is meant."""
    if len(event.parts) == 1:
        return what_it_is(t, event)
    when = t.span(slot.starts_at, slot.ends_at)
    return lines(
        t("📅 <b>{title}</b>", title=event.title),
        t("🕘 {part}: {when}", part=part_name(t, slot), when=when),
        t("📍 {place}", place=slot.place or event.place),
    )


def ways(t: Texts, workshop_id: int) -> Rows:
    return ((OpenWorkshop(workshop_id).labelled(t.label("📅 Open the event")), home(t)),)

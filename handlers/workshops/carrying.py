"""Shortly before an event everybody's ticket comes to the top of their chat, as a picture.

Tickets are made out first and drawn outside any transaction, a few at a time.
"""

from collections.abc import Iterable
from contextlib import suppress

from bot.domain.refusals import Refusal
from bot.domain.workshops import Reminded, tickets
from bot.domain.workshops.tickets import Ticket
from bot.kit.context import Desk
from bot.kit.errands import Trip
from bot.kit.routes import errand
from handlers.workshops.tickets import caption, picture_of
from storage import organisations
from storage.workshops import find, seats
from storage.workshops.reminders import places

LOT = 20


async def promise_tickets(desk: Desk, reminded: Iterable[Reminded]) -> None:
    """To those who have just been told that it begins soon."""
    reached: dict[int, list[int]] = {}
    for each in reminded:
        if each.person.telegram_id is not None and each.person.reachable:
            reached.setdefault(each.event.id, []).append(each.person.key)
    for workshop_id, ids in reached.items():
        for start in range(0, len(ids), LOT):
            lot = ids[start : start + LOT]
            await desk.errand("workshops.tickets", workshop_id=workshop_id, person_ids=lot)


@errand("workshops.tickets")
async def make_out(trip: Trip, workshop_id: int, person_ids: list[int]) -> None:
    """Whoever has left in the meantime gets none."""
    async with trip.deliver() as desk:
        codes = {}
        for person in await seats.people(desk.session, person_ids):
            with suppress(Refusal):
                ticket = await tickets.issue(desk.session, workshop_id, person, trip.now)
                codes[str(person.key)] = ticket.code
        if codes:
            await desk.errand("workshops.ticket_pictures", workshop_id=workshop_id, codes=codes)


@errand("workshops.ticket_pictures")
async def send_pictures(trip: Trip, workshop_id: int, codes: dict[str, str]) -> None:
    async with trip.look() as desk:
        found = await _tickets(desk, workshop_id, codes)
        texts = [desk.texts_of(ticket.person) for ticket in found]
    pictures = [
        await trip.aside(picture_of, t, trip.house, ticket)
        for t, ticket in zip(texts, found, strict=True)
    ]
    async with trip.deliver() as desk:
        for t, ticket, picture in zip(texts, found, pictures, strict=True):
            name, words = f"ticket-{workshop_id}.png", caption(t, ticket)
            await desk.send_file(ticket.person, name, picture, words, photo=True, quietly=True)


async def _tickets(desk: Desk, workshop_id: int, codes: dict[str, str]) -> list[Ticket]:
    """What the pictures say; `codes` are those of the tickets, by the ids of people."""
    event = await find(desk.session, workshop_id)
    if event is None:
        return []
    parts = [slot.id for slot in event.parts]
    found = []
    for person in await seats.people(desk.session, [int(key) for key in codes]):
        sits = {each.part_id for each in await places(desk.session, parts, [person.key])}
        slots = tuple(slot for slot in event.parts if slot.id in sits)
        where = person.organisation_id
        organisation = await organisations.find(desk.session, where) if where else None
        name = organisation.name if organisation else ""
        if slots:
            found.append(Ticket(event, slots, person, name, codes[str(person.key)]))
    return found

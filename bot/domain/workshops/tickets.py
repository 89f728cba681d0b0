"""Tickets: one for a person and an event; who scans one sees what they may see."""

from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_urlsafe

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.refusals import Gone, Refusal
from bot.domain.workshops import check_in, door
from bot.domain.workshops.card import Cancelled
from bot.domain.workshops.check_in import Case, Verdict
from bot.domain.workshops.door import OverAlready
from storage import organisations, people
from storage.people import Person
from storage.workshops import Event, Slot, State, check_ins, doors
from storage.workshops import events as store
from storage.workshops.check_ins import How

CODE_BYTES = 16


class NoTicket(Refusal):
    """Who does not sit anywhere has no ticket."""


class ForgedTicket(Refusal):
    """We have made no such ticket."""


class TicketElsewhere(Refusal):
    """A helper has scanned a ticket for an event at whose door they do not stand."""


class SomebodysTicket(Refusal):
    """Whoever scanned it is not of the team, and learns nothing of whose it is."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """All that its picture says."""

    event: Event
    slots: tuple[Slot, ...]  # in which the person sits
    person: Person
    organisation: str
    code: str


@dataclass(frozen=True, slots=True)
class Scan:
    """`entered` is whether this very scan has let them in."""

    event: Event
    case: Case | None = None  # None: it is one's own
    entered: bool = False
    is_another_day: bool = False  # at this time the door of another event is open


async def issue(session: AsyncSession, workshop_id: int, person: Person, now: datetime) -> Ticket:
    """The ticket that they have, or a new one.

    Raises `Gone`, `Cancelled`, `OverAlready`, and `NoTicket` for who does not sit.
    """
    new = token_urlsafe(CODE_BYTES)
    ticket = await _good_for(session, workshop_id, person, now)
    code = await check_ins.ticket(session, workshop_id, person.key, new)
    return replace(ticket, code=code)


async def look(session: AsyncSession, workshop_id: int, person: Person, now: datetime) -> Ticket:
    """One that was issued. Raises what `issue` raises."""
    ticket = await _good_for(session, workshop_id, person, now)
    code = await check_ins.ticket_code(session, workshop_id, person.key)
    if code is None:
        raise NoTicket
    return replace(ticket, code=code)


async def _good_for(
    session: AsyncSession, workshop_id: int, person: Person, now: datetime
) -> Ticket:
    event = await store.find(session, workshop_id)
    if event is None or event.state == State.DRAFT:
        raise Gone
    if event.state == State.CANCELLED:
        raise Cancelled
    if event.ends_at <= now:
        raise OverAlready
    present = await check_ins.presences(session, workshop_id, person.key)
    slots = tuple(slot for slot in event.parts if present[slot.id].seated_at is not None)
    if not slots:
        raise NoTicket
    where = person.organisation_id
    organisation = await organisations.find(session, where) if where else None
    return Ticket(event, slots, person, organisation.name if organisation else "", "")


async def scan(session: AsyncSession, code: str, me: Person, now: datetime) -> Scan:
    """Let in whom the ticket belongs to, where there is but one part that they can have come to.

    Raises `ForgedTicket`, `SomebodysTicket`, `TicketElsewhere` and `Cancelled`.
    """
    ticket = await check_ins.ticket_by_code(session, code)
    event = await store.find(session, ticket.workshop_id, lock=True) if ticket else None
    owner = await people.find(session, ticket.person_id) if ticket else None
    if event is None or owner is None:
        raise ForgedTicket
    if not await door.may_keep(session, event, me, now):
        return await _not_at_the_door(session, event, owner, me, now)
    if event.state == State.CANCELLED:
        raise Cancelled
    case = await check_in.case_of(session, event, owner, me, now)
    entered = False
    if case.verdict == Verdict.ENTER and case.turn is not None:
        entered = await check_ins.enter(
            session, case.turn.slot.id, owner.key, How.TICKET, me.key, now
        )
        case = await check_in.case_of(session, event, owner, me, now)
    open_ones = await doors.are_open(session, now, door.EARLY)
    another = case.verdict == Verdict.CLOSED and bool(open_ones)
    return Scan(event, case, entered, another)


async def _not_at_the_door(
    session: AsyncSession, event: Event, owner: Person, me: Person, now: datetime
) -> Scan:
    if owner.key == me.key:
        return Scan(event)
    if await doors.keeps_any(session, me.key, now - door.HELPERS_STAY):
        raise TicketElsewhere
    raise SomebodysTicket

"""What an event leaves behind for whoever paid for it: who was there, and everything about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from bot.domain.workshops import outcomes, rating
from bot.domain.workshops.certificates import number
from storage import pillars
from storage.audit import record
from storage.people import Person
from storage.workshops import Event, Slot, State, papers, ratings
from storage.workshops import events as store
from storage.workshops import evidence as rows
from storage.workshops import presence as there
from storage.workshops.evidence import Sent
from storage.workshops.papers import Paper, PaperKind
from storage.workshops.presence import Guest, Listed
from storage.workshops.ratings import Said
from storage.workshops.reminders import Kind

CODE_BYTES = 16


class NobodyComes(Refusal):
    """Nobody has a seat, so there is nobody to make badges for."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What the team finds under documents."""

    event: Event
    papers: int
    signed: int
    rated: int
    topics: int
    told: int


@dataclass(frozen=True, slots=True)
class Register:
    """The lines of one part; a part that has not begun is yet to be signed."""

    slot: Slot
    lines: Sequence[Listed]

    @property
    def came(self) -> int:
        return sum(each.came_at is not None for each in self.lines)

    @property
    def sat(self) -> int:
        return sum(each.sat for each in self.lines)


@dataclass(frozen=True, slots=True)
class Attendance:
    event: Event
    registers: tuple[Register, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    guest: Guest
    pillars: tuple[int, ...]  # their numbers among those of today, from 0
    code: str


@dataclass(frozen=True, slots=True)
class Certified:
    number: str
    name: str
    organisation: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    attendance: Attendance
    announced: Sequence[Sent]
    reminded: Sequence[tuple[Kind, datetime]]
    invited: tuple[int, int]
    rating: rating.Summary
    topics: Sequence[Said]
    outcomes: outcomes.Sums
    certified: Sequence[Certified]
    papers: Sequence[Paper]


async def folder(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Folder:
    """For the team. Raises `Gone` and `NotAllowed`."""
    event = await _led(session, workshop_id, me, now)
    kept = await papers.of_workshop(session, workshop_id)
    signed = sum(each.kind == PaperKind.SIGNED_SHEET for each in kept)
    counts = await ratings.counts(session, workshop_id)
    rated = sum(n for of_part in counts.values() for n in of_part.values())
    topics = len(await ratings.topics(session, workshop_id))
    told = sum((await ratings.outcome_counts(session, workshop_id)).values())
    return Folder(event, len(kept) - signed, signed, rated, topics, told)


async def take_out(
    session: AsyncSession, workshop_id: int, what: str, me: Person, now: datetime
) -> Event:
    """Note that something with people's names leaves the house. Raises what `folder` raises."""
    event = await _led(session, workshop_id, me, now)
    await record(session, me.key, f"export_{what}", f"workshop:{workshop_id}", now)
    return event


async def attendance(session: AsyncSession, event: Event) -> Attendance:
    registers = [Register(slot, await there.sheet(session, slot.id)) for slot in event.parts]
    return Attendance(event, tuple(registers))


async def issue_badges(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime
) -> Event:
    """Everybody gets the ticket that their badge shows.

    Raises `Gone`, `NotAllowed` and `NobodyComes`.
    """
    event = await take_out(session, workshop_id, "badges", me, now)
    await store.find(session, workshop_id, lock=True)
    guests = await there.guests(session, workshop_id)
    if not guests:
        raise NobodyComes
    have = await there.tickets(session, workshop_id)
    lack = [guest.person_id for guest in guests if guest.person_id not in have]
    codes = {person_id: token_urlsafe(CODE_BYTES) for person_id in lack}
    await there.add_tickets(session, workshop_id, codes)
    return event


async def badges(session: AsyncSession, workshop_id: int, now: datetime) -> list[Badge]:
    standing = await pillars.standing(session, now)
    numbers = {pillar.key: number for number, pillar in enumerate(standing)}
    homes = await there.pillars(session)
    codes = await there.tickets(session, workshop_id)
    return [
        Badge(guest, _pillars(guest, homes, numbers), codes.get(guest.person_id, ""))
        for guest in await there.guests(session, workshop_id)
    ]


async def gather(session: AsyncSession, event: Event) -> Evidence:
    """Everything of it that we know."""
    return Evidence(
        attendance=await attendance(session, event),
        announced=await rows.announced(session, event.id),
        reminded=await rows.reminded(session, event.id),
        invited=await rows.invited(session, event.id),
        rating=await rating.summed_up(session, event),
        topics=await ratings.topics(session, event.id),
        outcomes=await outcomes.summed_up(session, event),
        certified=await _certified(session, event),
        papers=await papers.of_workshop(session, event.id),
    )


async def seal(
    session: AsyncSession,
    workshop_id: int,
    person_id: int,
    sha256: str,
    size: int,
    missing: int,
    now: datetime,
) -> None:
    """Keep for ever which pack was made, so that it can be told from another."""
    subject = f"workshop:{workshop_id}"
    facts = {"sha256": sha256, "bytes": size, "missing": missing}
    await record(session, person_id, "pack_evidence", subject, now, **facts)


async def _certified(session: AsyncSession, event: Event) -> list[Certified]:
    attended = await there.certified(session, event.id)
    slots = {slot.id: slot for slot in event.parts}
    return [
        Certified(
            number(event, guest.person_id),
            guest.name,
            guest.organisation,
            tuple(slots[part_id] for part_id in attended[guest.person_id] if part_id in slots),
        )
        for guest in await there.guests(session, event.id)
        if guest.person_id in attended
    ]


def _pillars(
    guest: Guest, homes: Mapping[int, Sequence[int]], numbers: Mapping[int, int]
) -> tuple[int, ...]:
    mine = homes.get(guest.organisation_id or 0, ())
    return tuple(sorted(numbers[each] for each in mine if each in numbers))


async def _led(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Event:
    await rights.require(session, me, Action.SEE_ATTENDEES, now)
    event = await store.find(session, workshop_id)
    if event is None or event.state == State.DRAFT:
        raise Gone
    return event

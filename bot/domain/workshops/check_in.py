"""Checking people in: by a ticket, from the list, or by themselves. Once for each part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.refusals import Gone, Refusal
from bot.domain.workshops import door
from bot.domain.workshops.door import DoorNotOpen
from storage import organisations, people
from storage.audit import record
from storage.people import Person
from storage.workshops import Event, Slot, check_ins
from storage.workshops.check_ins import How, Presence


class NoSeatThere(Refusal):
    """They have no seat in that part."""


class NoSeatLeft(Refusal):
    """All seats of the part are taken."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody has to do with one part."""

    slot: Slot
    presence: Presence
    left: int  # free seats

    @property
    def seated(self) -> bool:
        return self.presence.seated_at is not None

    @property
    def waits(self) -> bool:
        return self.presence.seat_id is not None and not self.seated

    @property
    def came_at(self) -> datetime | None:
        return self.presence.came_at


class Verdict(Enum):
    """What is to be done with somebody who stands at the door."""

    ENTER = auto()  # there is one part that they can only have come to
    ALREADY = auto()
    CHOOSE = auto()  # several parts are on for them
    NO_SEAT = auto()  # in what is on now
    CLOSED = auto()  # nothing is on now


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody at the door of an event; `turn` is the part that the verdict is about."""

    event: Event
    person: Person
    organisation: str
    turns: tuple[Turn, ...]
    verdict: Verdict
    turn: Turn | None = None
    is_team: bool = False  # whoever looks at it

    @property
    def has_a_place(self) -> bool:
        return any(turn.seated or turn.waits for turn in self.turns)


def judge(turns: Sequence[Turn], now: datetime) -> tuple[Verdict, Turn | None]:
    on = [turn for turn in turns if door.is_open(turn.slot, now)]
    mine = [turn for turn in on if turn.seated or turn.came_at]
    fresh = [turn for turn in mine if turn.came_at is None]
    if not on:
        return Verdict.CLOSED, None
    if not mine:
        return Verdict.NO_SEAT, None
    if not fresh:
        return Verdict.ALREADY, mine[0]
    if len(mine) > 1:
        return Verdict.CHOOSE, None
    return Verdict.ENTER, fresh[0]


async def case_of(
    session: AsyncSession, event: Event, person: Person, me: Person, now: datetime
) -> Case:
    """Of somebody whom `me` may see."""
    present = await check_ins.presences(session, event.id, person.key)
    taken = await check_ins.seated(session, event.id)
    turns = tuple(
        Turn(slot, present[slot.id], max(0, slot.capacity - taken[slot.id]))
        for slot in event.parts
    )
    verdict, turn = judge(turns, now)
    where = person.organisation_id
    organisation = await organisations.find(session, where) if where else None
    name = organisation.name if organisation else ""
    leads = await door.is_team(session, me, now)
    return Case(event, person, name, turns, verdict, turn, leads)


async def look(
    session: AsyncSession, workshop_id: int, person_id: int, me: Person, now: datetime
) -> Case:
    """Raises `Gone`, `Cancelled` and `NotAllowed`."""
    event = await door.at_door(session, workshop_id, me, now)
    person = await people.find(session, person_id)
    if person is None:
        raise Gone
    case = await case_of(session, event, person, me, now)
    if not case.has_a_place and not any(turn.came_at for turn in case.turns):
        raise Gone  # the door is for those who have to do with the event
    return case


async def admit(
    session: AsyncSession,
    workshop_id: int,
    part_id: int,
    person_id: int,
    how: How,
    me: Person,
    now: datetime,
) -> bool:
    """The team lets somebody in; whether it was the first time.

    Raises `Gone`, `Cancelled`, `NotAllowed`, `DoorNotOpen` and `NoSeatThere`.
    """
    event = await door.at_door(session, workshop_id, me, now, lock=True)
    slot = _opened(event, part_id, now)
    present = await check_ins.presences(session, workshop_id, person_id)
    if present[slot.id].came_at is not None:
        return False
    if present[slot.id].seated_at is None:
        raise NoSeatThere
    return await check_ins.enter(session, slot.id, person_id, how, me.key, now)


async def seat_and_admit(
    session: AsyncSession,
    workshop_id: int,
    part_id: int,
    person_id: int,
    how: How,
    me: Person,
    now: datetime,
) -> None:
    """The team gives a free seat to somebody who stands at the door without one.

    Raises what `admit` raises, and `NoSeatLeft`.
    """
    event = await door.for_team(session, workshop_id, me, now, lock=True)
    slot = _opened(event, part_id, now)
    if await people.find(session, person_id) is None:
        raise Gone
    if await take_seat(session, event, slot, person_id, now):
        subject, about = f"workshop:{workshop_id}", {"part": part_id, "person": person_id}
        await record(session, me.key, "seat_at_door", subject, now, **about)
    await check_ins.enter(session, slot.id, person_id, how, me.key, now)


async def take_seat(
    session: AsyncSession, event: Event, slot: Slot, person_id: int, now: datetime
) -> bool:
    """Whether they had none; the event has to be locked. Raises `NoSeatLeft`."""
    present = await check_ins.presences(session, event.id, person_id)
    if present[slot.id].seated_at is not None:
        return False
    taken = await check_ins.seated(session, event.id)
    if taken[slot.id] >= slot.capacity:
        raise NoSeatLeft
    await check_ins.seat(session, slot.id, person_id, now)
    return True


async def take_back(
    session: AsyncSession,
    workshop_id: int,
    part_id: int,
    person_id: int,
    me: Person,
    now: datetime,
) -> None:
    """They have not come after all. Twice is as good as once."""
    event = await door.at_door(session, workshop_id, me, now, lock=True)
    slot = door.slot_of(event, part_id)
    gone = await check_ins.take_back(session, slot.id, person_id)
    if gone is not None:
        about = {"part": slot.id, "person": person_id, "how": gone.how}
        about["at"] = gone.at.isoformat()
        subject = f"workshop:{workshop_id}"
        await record(session, me.key, "take_back_check_in", subject, now, **about)


def _opened(event: Event, part_id: int, now: datetime) -> Slot:
    """What is over may be completed still: somebody has to write down those who came."""
    slot = door.slot_of(event, part_id)
    if now < door.opens_at(slot):
        raise DoorNotOpen(door.opens_at(slot))
    return slot

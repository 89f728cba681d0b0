"""The door of an event: when it is open, who may stand at it, and whom they expect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.rights import Action
from bot.domain.workshops.card import Cancelled
from storage.folding import fold, words
from storage.people import Person
from storage.workshops import Event, PartKind, Slot, State, check_ins, doors
from storage.workshops import events as store
from storage.workshops.check_ins import Troop, Visitor

EARLY = timedelta(hours=2)  # so long before a part its door opens
HELPERS_STAY = timedelta(days=1)  # after the end of the event
FOUND = 10  # people that a search shows


@dataclass(eq=False)
class DoorNotOpen(Refusal):
    """It opens at `since`."""

    since: datetime


class OverAlready(Refusal):
    """The event has ended."""


@dataclass(frozen=True, slots=True)
class Door:
    """The list of one part, by organisation."""

    event: Event
    slot: Slot
    troops: Sequence[Troop]
    is_team: bool

    @property
    def expected(self) -> int:
        return sum(troop.expected for troop in self.troops)

    @property
    def came(self) -> int:
        return sum(troop.came for troop in self.troops)


@dataclass(frozen=True, slots=True)
class Row:
    """The people of one organisation in one part."""

    event: Event
    slot: Slot
    troop: Troop
    visitors: Sequence[Visitor]


def opens_at(slot: Slot) -> datetime:
    return slot.starts_at - EARLY


def is_open(slot: Slot, now: datetime) -> bool:
    """Nobody comes to the door of what is online."""
    return slot.kind != PartKind.ONLINE and opens_at(slot) <= now <= slot.ends_at


def next_opening(event: Event, now: datetime) -> datetime:
    """Raises `OverAlready` when no door will open any more."""
    coming = [opens_at(slot) for slot in event.parts if opens_at(slot) > now]
    if not coming:
        raise OverAlready
    return min(coming)


async def is_team(session: AsyncSession, me: Person, now: datetime) -> bool:
    return await rights.may(session, me, Action.KEEP_DOOR, now)


async def may_keep(session: AsyncSession, event: Event, me: Person, now: datetime) -> bool:
    if await is_team(session, me, now):
        return True
    is_helper = await doors.keeps(session, event.id, me.key)
    return is_helper and now <= event.ends_at + HELPERS_STAY


async def at_door(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime, *, lock: bool = False
) -> Event:
    """The event at whose door `me` stands. Raises `Gone`, `Cancelled` and `NotAllowed`."""
    event = await store.find(session, workshop_id, lock=lock)
    if event is None or event.state == State.DRAFT:
        raise Gone
    if not await may_keep(session, event, me, now):
        raise NotAllowed
    if event.state == State.CANCELLED:
        raise Cancelled
    return event


async def for_team(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime, *, lock: bool = False
) -> Event:
    """What no helper may do. Raises as `at_door` does."""
    await rights.require(session, me, Action.KEEP_DOOR, now)
    return await at_door(session, workshop_id, me, now, lock=lock)


def slot_of(event: Event, part_id: int) -> Slot:
    """Raises `Gone`."""
    found = next((slot for slot in event.parts if slot.id == part_id), None)
    if found is None:
        raise Gone
    return found


def slot_now(event: Event, now: datetime) -> Slot:
    """The part that the list opens with: the one that is on, else the next, else the last."""
    on = [slot for slot in event.parts if is_open(slot, now)]
    coming = [slot for slot in event.parts if slot.starts_at > now]
    return (on or coming or list(event.parts)[-1:])[0]


async def open_list(
    session: AsyncSession, workshop_id: int, part_id: int, me: Person, now: datetime
) -> Door:
    """Part 0 is the one that is on. Raises as `at_door` does."""
    event = await at_door(session, workshop_id, me, now)
    slot = slot_of(event, part_id) if part_id else slot_now(event, now)
    troops = await check_ins.troops(session, slot.id)
    return Door(event, slot, troops, await is_team(session, me, now))


async def open_row(
    session: AsyncSession,
    workshop_id: int,
    part_id: int,
    organisation_id: int,
    me: Person,
    now: datetime,
) -> Row:
    """Raises as `at_door` does, and `Gone` when nobody of them is expected any more."""
    event = await at_door(session, workshop_id, me, now)
    slot = slot_of(event, part_id)
    visitors = await check_ins.visitors(session, slot.id, organisation_id)
    if not visitors:
        raise Gone
    came = sum(visitor.came_at is not None for visitor in visitors)
    troop = Troop(organisation_id, visitors[0].organisation, len(visitors), came)
    return Row(event, slot, troop, visitors)


async def look_for(
    session: AsyncSession, workshop_id: int, typed: str, me: Person, now: datetime
) -> tuple[Event, Sequence[Visitor]]:
    """Those with a place in any part whose name or organisation has a word like each typed."""
    event = await at_door(session, workshop_id, me, now)
    wanted = words(typed)
    if not wanted:
        return event, ()
    everybody = await check_ins.everybody(session, workshop_id)
    fitting = (each for each in everybody if fits(f"{each.name} {each.organisation}", wanted))
    return event, [visitor for visitor, _ in zip(fitting, range(FOUND), strict=False)]


def fits(name: str, wanted: Sequence[str]) -> bool:
    """Whether each word that was typed begins one of the name's."""
    spaced = f" {fold(name)}"
    return all(f" {word}" in spaced for word in wanted)

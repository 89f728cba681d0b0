"""An event is changed or moved; those who have a place in it are to be told."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.refusals import Gone, Refusal
from bot.domain.workshops import leading, line, planning, reminders
from bot.domain.workshops.card import Cancelled
from bot.domain.workshops.planning import PartPlan, locked
from bot.domain.workshops.queue import TooLate
from storage import audit
from storage.people import Person
from storage.workshops import Event, Part, Slot, State, Workshop, seats
from storage.workshops import events as store


@dataclass(eq=False)
class Seated(Refusal):
    """More people sit than there would be seats."""

    number: int


@dataclass(eq=False)
class HasPeople(Refusal):
    """People have a place in the part that would go."""

    number: int


class LastPart(Refusal):
    """An event has at least one part."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an event was and is; `people` have a place in it and want to know."""

    before: Event
    after: Event
    people: int

    @property
    def matters(self) -> bool:
        """Where and when it is, and what it is called, matter to those who come."""
        return _seen(self.before) != _seen(self.after)


@dataclass(frozen=True, slots=True)
class Raised:
    """A part with another number of seats; those who sit or wait because of it are told."""

    slot: Slot
    rose: int
    pushed_back: int


async def editable(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime
) -> tuple[Event, int]:
    """The event, and how many people have a place in it. Raises what an `Editor` would."""
    event = await store.find(session, workshop_id)
    if event is None:
        raise Gone
    await require(session, event, me, now)
    return event, await seats.count_registered(session, workshop_id)


@dataclass(frozen=True)
class Editor:
    """Who changes which event, and when."""

    session: AsyncSession
    workshop_id: int
    me: Person
    now: datetime
    zone: tzinfo

    async def rename(self, title: str) -> Change:
        async def act(workshop: Workshop) -> None:
            workshop.title = planning.short(title, planning.TITLE)

        return await self.edit("rename", act)

    async def relocate(self, place: str) -> Change:
        async def act(workshop: Workshop) -> None:
            workshop.place = planning.short(place, planning.PLACE)

        return await self.edit("relocate", act)

    async def describe(self, about: str) -> Change:
        async def act(workshop: Workshop) -> None:
            workshop.about = planning.long(about, planning.ABOUT) if about else ""

        return await self.edit("describe", act)

    async def move(self, part_id: int, starts_at: datetime, ends_at: datetime) -> Change:
        """Raises `TooLate` for what has begun, `BadTimes` and `InPast` for where it would go."""

        async def act(workshop: Workshop) -> None:
            part = await self.part(part_id)
            if part.starts_at <= self.now and workshop.state == State.PUBLISHED:
                raise TooLate
            planning.check_times(starts_at, ends_at, self.now)
            part.starts_at, part.ends_at = starts_at, ends_at

        return await self.edit("move", act)

    async def name_part(self, part_id: int, name: str) -> Change:
        async def act(_: Workshop) -> None:
            part = await self.part(part_id)
            part.name = planning.short(name, planning.PART_NAME)

        return await self.edit("name_part", act)

    async def make_usual(self, part_id: int, usual: bool) -> Change:
        async def act(_: Workshop) -> None:
            part = await self.part(part_id)
            part.usual = usual

        return await self.edit("make_usual", act)

    async def add_part(self, part: PartPlan) -> Change:
        """Raises `TooManyParts` and what `planning.add` raises."""

        async def act(workshop: Workshop) -> None:
            event = await locked(self.session, workshop.key)
            if len(event.parts) >= planning.PARTS:
                raise planning.TooManyParts
            planning.add(self.session, workshop.key, part, self.now)

        return await self.edit("add_part", act)

    async def remove_part(self, part_id: int) -> Change:
        """Raises `LastPart`, and `HasPeople` when somebody has a place in it."""

        async def act(workshop: Workshop) -> None:
            part = await self.part(part_id)
            event = await locked(self.session, workshop.key)
            if len(event.parts) == 1:
                raise LastPart
            number = sum(await seats.counts(self.session, part.key))
            if number:
                raise HasPeople(number)
            await self.session.delete(part)

        return await self.edit("remove_part", act)

    async def resize(self, part_id: int, capacity: int, *, push_back: bool = False) -> Raised:
        """Raises `BadCapacity`, and `Seated` when there would be fewer seats than people sit;
        with `push_back` the last of them go to the front of the line instead."""
        event = await locked(self.session, self.workshop_id)
        await require(self.session, event, self.me, self.now)
        part = await self.part(part_id)
        was, capacity = part.capacity, planning.checked_capacity(capacity)
        sitting, _ = await seats.counts(self.session, part_id)
        surplus = max(0, sitting - capacity)
        if surplus and not push_back:
            raise Seated(sitting)
        if surplus and part.starts_at <= self.now:
            raise TooLate
        part.capacity = capacity
        await self.session.flush()
        await self.record("resize", part=part_id, was=was, capacity=capacity)
        slot = next(slot for slot in event.parts if slot.id == part_id)
        slot, freed = replace(slot, capacity=capacity), max(0, capacity - was)
        await line.push_back(self.session, event, slot, surplus, self.now)
        settled = await line.settle(self.session, event, slot, self.now, freed=freed)
        return Raised(slot, len(settled.rose), surplus)

    async def edit(self, deed: str, act: Callable[[Workshop], Awaitable[None]]) -> Change:
        """Lock the event, ask whether we may, `act`, and plan anew what follows from it."""
        before = await locked(self.session, self.workshop_id)
        await require(self.session, before, self.me, self.now)
        workshop = await store.row(self.session, self.workshop_id)
        assert workshop is not None
        await act(workshop)
        workshop.refold()
        await self.session.flush()
        after = await locked(self.session, self.workshop_id)
        change = Change(before, after, await seats.count_registered(self.session, before.id))
        if change.matters and before.state == State.PUBLISHED:
            workshop.sequence += 1
            await self.session.flush()
        await reminders.replan(self.session, after, self.zone, self.now)
        await self.record(deed)
        return change

    async def part(self, part_id: int) -> Part:
        part = await store.part_row(self.session, part_id)
        if part is None or part.workshop_id != self.workshop_id:
            raise Gone
        return part

    async def record(self, deed: str, **details: int) -> None:
        subject = f"workshop:{self.workshop_id}"
        await audit.record(self.session, self.me.key, deed, subject, self.now, **details)


async def require(session: AsyncSession, event: Event, me: Person, now: datetime) -> None:
    await leading.require_change(session, event, me, now)
    if event.state == State.CANCELLED:
        raise Cancelled
    if event.state == State.PUBLISHED and event.ends_at <= now:
        raise TooLate


def _seen(event: Event) -> tuple[object, ...]:
    parts = [
        (part.id, part.starts_at, part.ends_at, part.place, part.link) for part in event.parts
    ]
    return event.title, event.place, event.state, event.provisional, parts

"""What came of an event, asked of those who were there half a year later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from bot.domain.workshops.planning import short
from bot.domain.workshops.presence import presence
from storage import people
from storage.people import Person
from storage.workshops import Event, ratings
from storage.workshops import events as store
from storage.workshops.ratings import Said, WorkshopOutcome

SENTENCE = 500  # characters


class Choice(StrEnum):
    COOPERATION = "cooperation"
    ORDER = "order"
    PROJECT = "project"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Sums:
    event: Event
    counts: Mapping[Choice, int]
    sentences: Sequence[Said]


async def asked(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Event:
    """The event that they may tell of. Raises what `tell` raises."""
    there = await presence(session, workshop_id, me, now)
    there.over(now)
    return there.event


async def tell(
    session: AsyncSession, workshop_id: int, choice: str, me: Person, now: datetime
) -> Event:
    """A later choice takes the place of an earlier one.

    Raises `Gone`, `Cancelled`, `WasNotThere` and `NotOverYet`.
    """
    if choice not in list(Choice):
        raise Gone
    await people.lock(session, me.key)
    there = await presence(session, workshop_id, me, now)
    there.over(now)
    told = await ratings.outcome(session, workshop_id, me.key)
    if told is None:
        told = WorkshopOutcome(
            workshop_id=workshop_id, person_id=me.key, choice=choice, told_at=now
        )
        session.add(told)
    told.choice, told.told_at = choice, now
    await session.flush()
    return there.event


async def say(session: AsyncSession, workshop_id: int, words: str, me: Person) -> None:
    """Raises `Gone` for who has not chosen, and `BadLength`."""
    told = await ratings.outcome(session, workshop_id, me.key)
    if told is None:
        raise Gone
    told.words = short(words, SENTENCE)
    await session.flush()


async def sums(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Sums:
    """For the team. Raises `Gone` and `NotAllowed`."""
    await rights.require(session, me, Action.SEE_ATTENDEES, now)
    event = await store.find(session, workshop_id)
    if event is None:
        raise Gone
    return await summed_up(session, event)


async def summed_up(session: AsyncSession, event: Event) -> Sums:
    counts = await ratings.outcome_counts(session, event.id)
    known = {choice: counts.get(choice, 0) for choice in Choice}
    return Sums(event, known, await ratings.outcomes(session, event.id))

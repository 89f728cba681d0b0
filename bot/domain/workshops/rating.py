"""What people thought of it: stars for each part, and one sentence. The organiser sees whose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from bot.domain.workshops.planning import short
from bot.domain.workshops.presence import presence
from storage import people
from storage.people import Person, RoleName
from storage.workshops import Event, Part, Slot, ratings
from storage.workshops import events as store
from storage.workshops import presence as rows
from storage.workshops.ratings import Rating, Said

STARS = range(1, 6)
SENTENCE = 500  # characters
LOW = 2  # stars, of which the manager hears the same day
COOLS = timedelta(minutes=10)  # in which a sentence may still come, or another star
SAME_DAY = timedelta(days=1)


class NotRatedYet(Refusal):
    """The sentence stands with the stars, and there are none."""


@dataclass(frozen=True, slots=True)
class Mine:
    """What somebody gave to the parts at which they were; `stars` by the ids of parts."""

    event: Event
    slots: tuple[Slot, ...]
    stars: Mapping[int, int]
    words: str

    @property
    def next(self) -> Slot | None:
        """The first part without stars."""
        return next((slot for slot in self.slots if slot.id not in self.stars), None)


@dataclass(frozen=True, slots=True)
class Score:
    slot: Slot
    counts: Mapping[int, int]  # people, by the stars that they gave

    @property
    def number(self) -> int:
        return sum(self.counts.values())

    @property
    def average(self) -> float:
        return sum(stars * n for stars, n in self.counts.items()) / self.number


@dataclass(frozen=True, slots=True)
class Summary:
    event: Event
    scores: tuple[Score, ...]
    sentences: Sequence[Said]
    there: int  # people who could have rated


@dataclass(frozen=True, slots=True)
class Unhappy:
    """Somebody gave few stars; `managers` are to be told."""

    rating: Rating
    part: Part
    event: Event
    person: Person
    managers: Sequence[Person]


async def mine(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Mine:
    """Raises `Gone`, `Cancelled`, `WasNotThere` and `NotOverYet`."""
    there = await presence(session, workshop_id, me, now)
    slots = there.over(now)
    given = await ratings.of_person(session, workshop_id, me.key)
    words = next((each.words for each in given if each.words), "")
    return Mine(there.event, slots, {each.part_id: each.stars for each in given}, words)


async def rate(
    session: AsyncSession, workshop_id: int, part_id: int, stars: int, me: Person, now: datetime
) -> Mine:
    """Later stars take the place of earlier ones. Raises what `mine` raises."""
    await people.lock(session, me.key)
    before = await mine(session, workshop_id, me, now)
    if stars not in STARS or part_id not in {slot.id for slot in before.slots}:
        raise Gone
    rating = await ratings.find(session, part_id, me.key)
    if rating is None:
        rating = Rating(part_id=part_id, person_id=me.key, stars=stars, rated_at=now)
        session.add(rating)
    rating.stars, rating.rated_at = stars, now
    await session.flush()
    return await mine(session, workshop_id, me, now)


async def say(
    session: AsyncSession, workshop_id: int, words: str, me: Person, now: datetime
) -> Mine:
    """One sentence for the whole; it stands with what they liked least. Empty takes it back.

    Raises `NotRatedYet`, `BadLength` and what `mine` raises.
    """
    await people.lock(session, me.key)
    await mine(session, workshop_id, me, now)
    given = await ratings.of_person(session, workshop_id, me.key)
    if not given:
        raise NotRatedYet
    for each in given:
        each.words = ""
    if words:
        min(given, key=lambda each: each.stars).words = short(words, SENTENCE)
    await session.flush()
    return await mine(session, workshop_id, me, now)


async def summary(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Summary:
    """For the team. Raises `Gone` and `NotAllowed`."""
    await rights.require(session, me, Action.SEE_ATTENDEES, now)
    event = await store.find(session, workshop_id)
    if event is None:
        raise Gone
    return await summed_up(session, event)


async def summed_up(session: AsyncSession, event: Event) -> Summary:
    counts = await ratings.counts(session, event.id)
    scores = tuple(Score(slot, counts.get(slot.id, {})) for slot in event.parts)
    sentences = await ratings.sentences(session, event.id)
    return Summary(event, scores, sentences, await rows.count_there(session, event.id))


async def unhappy(session: AsyncSession, now: datetime) -> list[Unhappy]:
    """Of the last day, once there was time for a sentence."""
    low = await ratings.low(session, LOW, now - SAME_DAY, now - COOLS)
    if not low:
        return []
    managers = await people.holders(session, RoleName.MANAGER, now)
    events = {part.workshop_id: await store.find(session, part.workshop_id) for _, part, _ in low}
    return [
        Unhappy(rating, part, event, person, managers)
        for rating, part, person in low
        if (event := events[part.workshop_id])
    ]

"""What people would like to hear about at an event: proposed until a date, seen by the team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from bot.domain.workshops.card import Cancelled, visible
from bot.domain.workshops.planning import short
from storage import people
from storage.audit import record
from storage.people import Person
from storage.workshops import Event, State, check_ins, ratings
from storage.workshops import events as store
from storage.workshops.ratings import Said, TopicProposal

WORDS = 300  # characters
EACH = 5  # topics that one person may propose


class NoTopicsTaken(Refusal):
    """Nobody asks for topics of this event."""


@dataclass(eq=False)
class TopicsClosed(Refusal):
    """They were taken until `until`."""

    until: datetime


@dataclass(eq=False)
class EnoughTopics(Refusal):
    """The person has proposed `limit` already."""

    limit: int


@dataclass(frozen=True, slots=True)
class Mine:
    event: Event
    until: datetime
    topics: Sequence[TopicProposal]
    is_open: bool

    @property
    def may_add(self) -> bool:
        return self.is_open and len(self.topics) < EACH


async def mine(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Mine:
    """For members, and whoever has a place in it.

    Raises `Gone`, `Cancelled`, `MembersOnly`, `NotForYou`, and `NoTopicsTaken`; after the date
    `TopicsClosed` for who has proposed none.
    """
    event = await visible(session, workshop_id, me, now)
    if event.state == State.CANCELLED:
        raise Cancelled
    if event.topics_until is None:
        raise NoTopicsTaken
    if not await _has_place(session, workshop_id, me):
        await rights.require(session, me, Action.TAKE_MEMBERS_SEAT, now)
    topics = await ratings.topics_of(session, workshop_id, me.key)
    is_open = now < event.topics_until
    if not is_open and not topics:
        raise TopicsClosed(event.topics_until)
    return Mine(event, event.topics_until, topics, is_open)


async def may_propose(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> Mine:
    """Raises what `mine` raises, `TopicsClosed` and `EnoughTopics`."""
    own = await mine(session, workshop_id, me, now)
    if not own.is_open:
        raise TopicsClosed(own.until)
    if not own.may_add:
        raise EnoughTopics(EACH)
    return own


async def propose(
    session: AsyncSession, workshop_id: int, words: str, me: Person, now: datetime
) -> None:
    """The same words twice are one topic. Raises what `may_propose` raises, and `BadLength`."""
    await people.lock(session, me.key)
    own = await may_propose(session, workshop_id, me, now)
    text = short(words, WORDS)
    if text in {each.words for each in own.topics}:
        return
    session.add(
        TopicProposal(workshop_id=workshop_id, person_id=me.key, words=text, proposed_at=now)
    )
    await session.flush()


async def take_back(session: AsyncSession, topic_id: int, me: Person) -> int:
    """One's own; the id of its event. Raises `Gone`."""
    topic = await ratings.topic(session, topic_id)
    if topic is None or topic.person_id != me.key:
        raise Gone
    await session.delete(topic)
    await session.flush()
    return topic.workshop_id


async def all_of(
    session: AsyncSession, workshop_id: int, me: Person, now: datetime
) -> tuple[Event, Sequence[Said]]:
    """For the team. Raises `Gone` and `NotAllowed`."""
    await rights.require(session, me, Action.SEE_ATTENDEES, now)
    event = await store.find(session, workshop_id)
    if event is None:
        raise Gone
    return event, await ratings.topics(session, workshop_id)


async def take_out(session: AsyncSession, workshop_id: int, me: Person, now: datetime) -> None:
    """Note that they leave the house. Raises `Gone` and `NotAllowed`."""
    await all_of(session, workshop_id, me, now)
    await record(session, me.key, "export_topics", f"workshop:{workshop_id}", now)


async def _has_place(session: AsyncSession, workshop_id: int, me: Person) -> bool:
    present = await check_ins.presences(session, workshop_id, me.key)
    return any(each.seat_id is not None for each in present.values())

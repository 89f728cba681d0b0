"""How far a topic has come: whoever leads the pillar moves it on, and says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.groups.topics import TopicClosed, behind, visible
from bot.domain.instruments.enquiries import said
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage import people
from storage.audit import record
from storage.groups import membership
from storage.groups import topics as store
from storage.groups.topics import Progress, Topic, TopicMove
from storage.people import Person
from storage.pillars import Pillar

LONGEST = 500  # characters of a reason
ORDER = (
    Progress.NEW,
    Progress.DISCUSSED,
    Progress.ADOPTED,
    Progress.PASSED_ON,
    Progress.DONE,
)


class TopicMoved(Refusal):
    """Somebody else has moved it since."""


@dataclass(frozen=True, slots=True)
class Moved:
    topic: Topic
    pillar: Pillar
    move: TopicMove
    told: Sequence[Person]  # who are to hear of it, once each


def ahead(progress: Progress) -> tuple[Progress, ...]:
    """Where it may go from there: any later step, or off the table."""
    if progress in store.CLOSED:
        return ()
    return (*ORDER[ORDER.index(progress) + 1 :], Progress.DROPPED)


async def may_move(
    session: AsyncSession, topic_id: int, me: Person, now: datetime
) -> tuple[Topic, Pillar]:
    """Raises `Gone`, `MembersOnly`, `NotAllowed`, `TopicClosed`."""
    topic = await store.find(session, topic_id, lock=True)
    if topic is None:
        raise Gone
    await rights.require(session, me, Action.RUN_PILLAR, now, pillar_id=topic.pillar_id)
    _, pillar = await visible(session, topic_id, me, now)
    if topic.progress in store.CLOSED:
        raise TopicClosed
    return topic, pillar


async def may_move_to(
    session: AsyncSession, topic_id: int, old: str, new: str, me: Person, now: datetime
) -> tuple[Topic, Pillar]:
    """From where they saw it. The same, and `TopicMoved` where it stands elsewhere by now."""
    topic, pillar = await may_move(session, topic_id, me, now)
    if topic.progress != old or new not in ahead(topic.progress):
        raise TopicMoved
    return topic, pillar


async def move(
    session: AsyncSession,
    topic_id: int,
    old: str,
    new: str,
    why: str,
    me: Person,
    now: datetime,
) -> Moved:
    """Raises what `may_move_to` raises, and `Illegible`."""
    topic, pillar = await may_move_to(session, topic_id, old, new, me, now)
    done = TopicMove(
        topic_id=topic_id,
        old=topic.progress,
        new=Progress(new),
        why=said(why, LONGEST),
        person_id=me.key,
        moved_at=now,
    )
    topic.progress = done.new
    session.add(done)
    await record(session, me.key, "move_topic", f"topic:{topic_id}", now, new=done.new.value)
    await session.flush()
    return Moved(topic, pillar, done, await _concerned(session, topic, me))


async def history(
    session: AsyncSession, topic_id: int, me: Person, now: datetime
) -> tuple[Topic, Sequence[tuple[TopicMove, Person]]]:
    """The latest first. Raises `Gone`, `MembersOnly`."""
    topic, _ = await visible(session, topic_id, me, now)
    return topic, await store.moves(session, topic_id)


async def _concerned(session: AsyncSession, topic: Topic, me: Person) -> list[Person]:
    """Its author and who have said that their organisation stands behind it."""
    supporters = [each.person for each in await behind(session, topic, counted=True)]
    author = await people.find(session, topic.person_id)
    everybody = {person.key: person for person in (author, *supporters) if person}
    everybody.pop(me.key, None)
    return [each for each in everybody.values() if await _may_read(session, topic, each)]


async def _may_read(session: AsyncSession, topic: Topic, person: Person) -> bool:
    return person.is_member or await membership.is_in(session, topic.pillar_id, person.key)

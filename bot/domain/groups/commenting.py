"""What those in a pillar say of its topics."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.groups.topics import TopicClosed, first_row, is_inside, require_inside, visible
from bot.domain.instruments.enquiries import said
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.rights import Action
from storage.groups import topics as store
from storage.groups.topics import Topic, TopicComment
from storage.people import Person

LONGEST = 500  # characters
EACH = 20  # comments of one person to a topic


@dataclass(eq=False)
class EnoughComments(Refusal):
    limit: int


@dataclass(frozen=True, slots=True)
class Remarks:
    topic: Topic
    comments: Sequence[tuple[TopicComment, Person]]  # of one page
    count: int
    may_say: bool
    may_clear: bool  # what others have said


async def remarks(
    session: AsyncSession, topic_id: int, number: int, size: int, me: Person, now: datetime
) -> Remarks:
    """Raises `Gone`, `MembersOnly`."""
    topic, pillar = await visible(session, topic_id, me, now)
    count = await store.count_comments(session, topic_id)
    skip = first_row(number, count, size)
    found = await store.comments(session, topic_id, skip=skip, limit=size)
    inside = await is_inside(session, pillar.key, me, now)
    may_clear = await rights.may(session, me, Action.RUN_PILLAR, now, pillar_id=pillar.key)
    return Remarks(topic, found, count, inside and topic.progress not in store.CLOSED, may_clear)


async def may_say(session: AsyncSession, topic_id: int, me: Person, now: datetime) -> Topic:
    """Raises `Gone`, `MembersOnly`, `NotOfPillar`, `TopicClosed`, `EnoughComments`."""
    topic, _ = await visible(session, topic_id, me, now, lock=True)
    await require_inside(session, topic.pillar_id, me, now)
    if topic.progress in store.CLOSED:
        raise TopicClosed
    if await store.count_comments_of(session, topic_id, me.key) >= EACH:
        raise EnoughComments(EACH)
    return topic


async def say(session: AsyncSession, topic_id: int, text: str, me: Person, now: datetime) -> None:
    """Raises what `may_say` raises, and `Illegible`."""
    await may_say(session, topic_id, me, now)
    words = said(text, LONGEST)
    session.add(TopicComment(topic_id=topic_id, person_id=me.key, text=words, said_at=now))
    await session.flush()


async def take_back(session: AsyncSession, comment_id: int, me: Person, now: datetime) -> int:
    """One's own, or as who leads the pillar; the id of its topic. Raises `Gone`, `NotAllowed`."""
    comment = await store.comment(session, comment_id)
    topic = await store.find(session, comment.topic_id) if comment else None
    if comment is None or topic is None:
        raise Gone
    if comment.person_id != me.key and not await rights.may(
        session, me, Action.RUN_PILLAR, now, pillar_id=topic.pillar_id
    ):
        raise NotAllowed
    await session.delete(comment)
    await session.flush()
    return topic.key

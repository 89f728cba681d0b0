"""Standing behind a topic of a pillar: an organisation does it once, whoever of it says so."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.groups.topics import (
    Supporter,
    TopicClosed,
    behind,
    may_withdraw,
    require_inside,
    visible,
)
from bot.domain.refusals import NotAllowed, Refusal
from storage import organisations, people
from storage.groups import supports, topics
from storage.groups.topics import Topic, TopicSupport
from storage.people import Person


class SupportNotCounted(Refusal):
    """Only member organisations support topics, and theirs is none (any more)."""


class SupportedAlready(Refusal):
    """A colleague has said so; `name` is theirs, or empty if it was the same person."""

    def __init__(self, name: str) -> None:
        self.name = name


async def support(session: AsyncSession, topic_id: int, me: Person, now: datetime) -> Topic:
    """Raises `Gone`, `MembersOnly`, `NotOfPillar`, `TopicClosed`, `SupportNotCounted`,
    `SupportedAlready`."""
    topic = await _open(session, topic_id, me, now)
    home = me.organisation_id if me.is_member else None
    if home is None or not await organisations.is_member(session, home):
        raise SupportNotCounted
    before = await supports.find(session, topic_id, home)
    if before is not None:
        who = await people.find(session, before.person_id)
        raise SupportedAlready(who.name if who and who.key != me.key else "")
    session.add(TopicSupport(topic_id=topic_id, organisation_id=home, person_id=me.key, since=now))
    await session.flush()
    return topic


async def withdraw(session: AsyncSession, topic_id: int, me: Person, now: datetime) -> Topic:
    """By whoever said so, or their contact person; doing it twice is doing it once.

    Raises `Gone`, `MembersOnly`, `NotOfPillar`, `TopicClosed`, `NotAllowed`.
    """
    topic = await _open(session, topic_id, me, now)
    home = me.organisation_id
    before = await supports.find(session, topic_id, home) if home else None
    if before is None:
        return topic
    if not await may_withdraw(session, before, me, now):
        raise NotAllowed
    await session.delete(before)
    await session.flush()
    return topic


async def who(
    session: AsyncSession, topic_id: int, me: Person, now: datetime
) -> tuple[Topic, list[Supporter], list[Supporter]]:
    """Those that count, and those that do not any more. Raises `Gone`, `MembersOnly`."""
    topic, _ = await visible(session, topic_id, me, now)
    counted = await behind(session, topic, counted=True)
    return topic, counted, await behind(session, topic, counted=False)


async def _open(session: AsyncSession, topic_id: int, me: Person, now: datetime) -> Topic:
    topic, _ = await visible(session, topic_id, me, now, lock=True)
    await require_inside(session, topic.pillar_id, me, now)
    if topic.progress in topics.CLOSED:
        raise TopicClosed
    return topic

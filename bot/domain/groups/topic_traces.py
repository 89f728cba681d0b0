"""What we keep of those who want something changed: given out, and forgotten."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from bot.domain.privacy import Record, facts
from storage.groups import supports, topics
from storage.groups.topics import Topic, TopicComment, TopicMove, TopicSupport
from storage.people import Person

WORDS = timedelta(days=365)  # of comments, after the topic is done or dropped


async def prune(session: AsyncSession, now: datetime) -> None:
    await topics.drop_comments(session, now - WORDS)


async def _put(session: AsyncSession, me: Person) -> Sequence[Record]:
    put = await topics.put_by(session, me.key)
    return [facts(each, without=["organisation_id"]) for each in put]


async def _supported(session: AsyncSession, me: Person) -> Sequence[Record]:
    said = await supports.said_by(session, me.key)
    return [facts(each, without=["organisation_id"]) for each in said]


async def _said(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [facts(each) for each in await topics.said_by(session, me.key)]


async def _unsay(session: AsyncSession, me: Person, _: datetime) -> None:
    """Topics and support are the organisation's, and stay without a name."""
    for comment in await topics.said_by(session, me.key):
        await session.delete(comment)


async def _moved(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [facts(each) for each in await topics.moved_by(session, me.key)]


privacy.keep("topics_put_forward", Topic, give=_put)
privacy.keep("topics_supported", TopicSupport, give=_supported)
privacy.keep("topics_commented", TopicComment, give=_said, forget=_unsay)
privacy.keep("topics_moved", TopicMove, give=_moved)

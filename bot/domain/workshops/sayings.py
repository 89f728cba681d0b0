"""What people have said of events, as far as it is theirs: given out, and without words later."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from bot.domain.privacy import Record
from storage.people import Person
from storage.workshops import ratings
from storage.workshops.ratings import Rating, TopicProposal, WorkshopOutcome


async def _ratings(session: AsyncSession, me: Person) -> Sequence[Record]:
    return (await ratings.export(session, me.key))["ratings"]


async def _topics(session: AsyncSession, me: Person) -> Sequence[Record]:
    return (await ratings.export(session, me.key))["topics"]


async def _outcomes(session: AsyncSession, me: Person) -> Sequence[Record]:
    return (await ratings.export(session, me.key))["outcomes"]


async def _without_words(session: AsyncSession, me: Person, _now: datetime) -> None:
    await ratings.forget(session, me.key)


privacy.keep("ratings", Rating, give=_ratings, forget=_without_words)
privacy.keep("topics", TopicProposal, give=_topics, forget=_without_words)
privacy.keep("outcomes", WorkshopOutcome, give=_outcomes, forget=_without_words)

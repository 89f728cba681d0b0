"""What we keep of people in pillars: where they are and were, and what they asked for."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from bot.domain.groups.joining import leave_all
from bot.domain.privacy import Record, facts
from storage.groups import membership, requests
from storage.groups.members import PillarMember, PillarRequest
from storage.people import Person

REQUESTS = timedelta(days=365)  # once they are decided


async def _pillars(session: AsyncSession, me: Person) -> Sequence[Record]:
    return [facts(each) for each in await membership.of_person(session, me.key)]


async def _leave(session: AsyncSession, me: Person, now: datetime) -> None:
    await leave_all(session, me, now)


async def _requests(session: AsyncSession, me: Person) -> Sequence[Record]:
    asked = await requests.of_person(session, me.key)
    return [facts(each, without=["decided_by"]) for each in asked]


async def _forget_requests(session: AsyncSession, me: Person, now: datetime) -> None:
    """The sentence goes; that somebody asked stays."""
    for request in await requests.of_person(session, me.key):
        request.why = ""
        request.decided_at = request.decided_at or now


async def prune(session: AsyncSession, now: datetime) -> None:
    await requests.prune(session, now - REQUESTS)


privacy.keep("pillars", PillarMember, give=_pillars, forget=_leave)
privacy.keep("pillar_requests", PillarRequest, give=_requests, forget=_forget_requests)

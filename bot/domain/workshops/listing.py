"""The coming events that somebody may see, in which of them they have a place, and past ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.rights import Action
from storage.people import Person
from storage.workshops import Coming, listing, seats

KEPT = timedelta(days=3 * 365)  # past events are listed for as long


@dataclass(frozen=True, slots=True)
class Listing:
    events: Sequence[Coming]
    mine: frozenset[int]
    leads: bool  # the reader may plan events


async def coming(session: AsyncSession, me: Person, now: datetime) -> Listing:
    """For the team with drafts, which come first."""
    leads = await rights.may(session, me, Action.PLAN_EVENT, now)
    drafts = await listing.drafts(session) if leads else []
    published = await listing.coming_for(session, me.key, now)
    return Listing([*drafts, *published], await seats.mine(session, me.key), leads)


async def past(session: AsyncSession, me: Person, now: datetime) -> Sequence[Coming]:
    """The latest first: all of them for the team, for others those in which they had a place."""
    ended = await listing.past(session, now - KEPT, now)
    if await rights.may(session, me, Action.PLAN_EVENT, now):
        return ended
    mine = await seats.mine(session, me.key)
    return [each for each in ended if each.key in mine]

"""A secret address from which somebody's calendar reads their events again and again.

The address is known to its owner alone; we keep what is needed to recognise it, and no more.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from storage import people
from storage.people import Person
from storage.workshops import Event
from storage.workshops import feeds as store
from storage.workshops.feeds import CalendarFeed

TOKEN_BYTES = 32
LOOKS_BACK = timedelta(days=90)  # what is over stays in the calendar for so long


async def opened_at(session: AsyncSession, me: Person) -> datetime | None:
    """Since when they have an address; None when they have none."""
    feed = await store.of_person(session, me.key)
    return feed.made_at if feed else None


async def open_feed(session: AsyncSession, who: Person, now: datetime) -> str:
    """The token of a new address, seen this once; the one before ends."""
    me = await people.lock(session, who.key)
    assert me is not None
    await store.remove(session, me.key)
    token = token_urlsafe(TOKEN_BYTES)
    session.add(CalendarFeed(person_id=me.key, digest=_digest(token), made_at=now))
    await session.flush()
    return token


async def close_feed(session: AsyncSession, me: Person) -> None:
    await store.remove(session, me.key)


async def owner(session: AsyncSession, token: str) -> Person | None:
    """Whose address it is; None for one that we do not know."""
    feed = await store.by_digest(session, _digest(token))
    return await people.find(session, feed.person_id) if feed else None


async def entries(
    session: AsyncSession, me: Person, now: datetime
) -> Sequence[tuple[datetime, Event]]:
    """When they signed up, and the event with the one part."""
    return await store.entries(session, me.key, now - LOOKS_BACK)


def _digest(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()


async def _give(session: AsyncSession, me: Person) -> Sequence[dict[str, Any]]:
    feed = await store.of_person(session, me.key)
    return [privacy.facts(feed, without=["digest"])] if feed else []


async def _forget(session: AsyncSession, me: Person, _now: datetime) -> None:
    await store.remove(session, me.key)


privacy.keep("calendar_address", CalendarFeed, give=_give, forget=_forget)

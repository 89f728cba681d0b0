"""Time passes: calls whose last deadline is over are closed, forecast ones open on their day."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.agenda import awaits
from bot.domain.calls import changes
from bot.domain.calls.changes import Held
from storage.calls import calendar as store
from storage.calls import sighting

AT_ONCE = 200


@awaits
async def next_opening(session: AsyncSession, now: datetime) -> datetime | None:
    return await store.next_opening(session, now)


async def is_due(session: AsyncSession, now: datetime) -> bool:
    return await store.is_due(session, now)


async def follow(session: AsyncSession, now: datetime) -> None:
    """A call that closes in time is no news: its deadline was known."""
    await store.close_past(session, now)
    calls = await store.to_open(session, now, AT_ONCE)
    deadlines = await sighting.deadlines_of(session, [call.key for call in calls])
    every = [
        Held(call, [each for each in deadlines if each.call_id == call.key], []) for call in calls
    ]
    for held in every:
        changes.follow_the_calendar(held, None, now)
    await changes.keep(session, every, now)

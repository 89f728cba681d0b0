"""What is to happen by itself: when the next of it is due.

Each feature that tells people something at its own time says when that will be:

    @awaits
    async def next_reminder(session: AsyncSession, now: datetime) -> datetime | None:

It looks only ahead of `now`, and only at what somebody would notice. The demonstration offers to
move its clock there.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

Look = Callable[[AsyncSession, datetime], Awaitable[datetime | None]]
LookThere = Callable[[AsyncSession, tzinfo, datetime], Awaitable[datetime | None]]
_looks: list[Look] = []
_looks_there: list[LookThere] = []


def awaits(look: Look) -> Look:
    _looks.append(look)
    return look


def awaits_there(look: LookThere) -> LookThere:
    """For what is due by the clocks of the cluster's zone."""
    _looks_there.append(look)
    return look


async def next_due(session: AsyncSession, zone: tzinfo, now: datetime) -> datetime | None:
    moments = [await look(session, now) for look in _looks]
    moments += [await look(session, zone, now) for look in _looks_there]
    return min((moment for moment in moments if moment), default=None)

"""Deadlines of calls as calendars read them: those of calls that somebody follows, or of all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls import browsing as store
from storage.calls.records import Deadline, GrantCall
from storage.people import Person

LOOKS_BACK = timedelta(days=90)  # what is over stays in the calendar for so long
MOST = 500


@dataclass(frozen=True)
class Dates:
    """A call with its deadlines that are sure. `changes` grows with each change of the call."""

    call: GrantCall
    deadlines: Sequence[Deadline]
    since: datetime  # it is in the calendar
    changes: int


async def followed(session: AsyncSession, me: Person, now: datetime) -> list[Dates]:
    rows = await store.followed(session, me.key, now - LOOKS_BACK)
    return await _dates(session, rows)


async def every(session: AsyncSession, now: datetime) -> list[Dates]:
    """Of all calls that were sent."""
    calls = await store.sent(session, now - LOOKS_BACK, MOST)
    return await _dates(session, [(call, call.settled_at or call.found_at) for call in calls])


async def _dates(session: AsyncSession, rows: Iterable[tuple[GrantCall, datetime]]) -> list[Dates]:
    """Deadlines in an order that stays when their times change."""
    since = {call.key: (call, at) for call, at in rows}
    deadlines = await store.deadlines(session, since)
    changes = await store.changes(session, since)
    return [
        Dates(
            call,
            sorted(
                (each for each in deadlines.get(key, ()) if each.sure),
                key=lambda each: (each.what, each.at),
            ),
            at,
            changes.get(key, 0),
        )
        for key, (call, at) in since.items()
    ]

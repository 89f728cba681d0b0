"""What we keep of people in the groups of pillars: given out on request, and forgotten."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from bot.domain.groups import attending
from bot.domain.privacy import Record, facts
from storage.groups import doors, places, presence
from storage.groups.chats import Departure, GroupChange, GroupMember, JoinRequest
from storage.people import Person

DECIDED = timedelta(days=90)  # who asked to be let in, and who was shown out
HIDDEN = ("decided_by", "by", "told_at")


async def _present(session: AsyncSession, me: Person) -> Sequence[Record]:
    found = await presence.of_person(session, me.telegram_id or 0)
    return [facts(each) for each in found]


async def _changes(session: AsyncSession, me: Person) -> Sequence[Record]:
    found = await presence.changes_of(session, me.telegram_id or 0)
    return [facts(each, without=HIDDEN) for each in found]


async def _requests(session: AsyncSession, me: Person) -> Sequence[Record]:
    found = await doors.requests_of(session, me.telegram_id or 0)
    return [facts(each, without=HIDDEN) for each in found]


async def _departures(session: AsyncSession, me: Person) -> Sequence[Record]:
    found = await doors.departures_of(session, me.telegram_id or 0)
    return [facts(each, without=HIDDEN) for each in found]


async def _forget(session: AsyncSession, me: Person, _now: datetime) -> None:
    if me.telegram_id is not None:
        await presence.forget(session, me.telegram_id)
        await doors.forget(session, me.telegram_id)
        await places.forget(session, me.telegram_id)


async def prune(session: AsyncSession, now: datetime) -> None:
    await presence.prune(session, now - attending.KEPT)
    await doors.prune(session, now - DECIDED)


privacy.keep("groups", GroupMember, give=_present, forget=_forget)
privacy.keep("groups_changes", GroupChange, give=_changes)
privacy.keep("groups_asked", JoinRequest, give=_requests)
privacy.keep("groups_left", Departure, give=_departures)

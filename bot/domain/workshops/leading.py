"""Who leads an event: the team, and whoever guarantees the pillar whose meeting it is."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import NotAllowed
from bot.domain.rights import Action
from storage.groups import dates
from storage.people import Person
from storage.workshops import Audience, Event, State


async def may_see(session: AsyncSession, event: Event, me: Person, now: datetime) -> bool:
    """Who is coming, and what can be done with the event."""
    if await rights.may(session, me, Action.SEE_ATTENDEES, now):
        return True
    return await _guarantees(session, event, me, now)


async def may_change(session: AsyncSession, event: Event, me: Person, now: datetime) -> bool:
    if await is_of_team(session, event, me, now):
        return True
    return await _guarantees(session, event, me, now)


async def is_of_team(session: AsyncSession, event: Event, me: Person, now: datetime) -> bool:
    """The team prepares; what people have seen is changed by a manager."""
    action = Action.PLAN_EVENT if event.state == State.DRAFT else Action.PUBLISH_EVENT
    return await rights.may(session, me, action, now)


async def require_sight(session: AsyncSession, event: Event, me: Person, now: datetime) -> None:
    if not await may_see(session, event, me, now):
        raise NotAllowed


async def require_change(session: AsyncSession, event: Event, me: Person, now: datetime) -> None:
    if not await may_change(session, event, me, now):
        raise NotAllowed


async def require_team(session: AsyncSession, event: Event, me: Person, now: datetime) -> None:
    if not await is_of_team(session, event, me, now):
        raise NotAllowed


async def _guarantees(session: AsyncSession, event: Event, me: Person, now: datetime) -> bool:
    """Of a pillar's events, those that came of a vote for a date are led by its guarantor."""
    pillar_id = event.pillar_id
    if event.audience != Audience.PILLAR or pillar_id is None:
        return False
    leads = await rights.may(session, me, Action.LEAD_MEETING, now, pillar_id=pillar_id)
    return leads and await dates.led_to(session, event.id)

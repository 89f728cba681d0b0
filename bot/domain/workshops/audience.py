"""Whom an event is for, asked at the moment of action: to see it, and to take a place in it."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Refusal
from bot.domain.rights import Action
from storage.people import Person
from storage.workshops import Audience, Event, invitees


class NotForYou(Refusal):
    """The event is for the invited, or for another narrow circle."""


class NotInPillar(NotForYou):
    """The event is for members of a pillar in which they are not."""


async def require_sight(session: AsyncSession, event: Event, me: Person, now: datetime) -> None:
    """Raises `MembersOnly` and `NotForYou`."""
    await _require(session, event, me, now, Action.SEE_PUBLIC, Action.SEE_MEMBERS)


async def require_place(session: AsyncSession, event: Event, me: Person, now: datetime) -> None:
    """May they sit in it? Raises `MembersOnly` and `NotForYou`."""
    await _require(session, event, me, now, Action.TAKE_PUBLIC_SEAT, Action.TAKE_MEMBERS_SEAT)


async def _require(
    session: AsyncSession,
    event: Event,
    me: Person,
    now: datetime,
    public: Action,
    members: Action,
) -> None:
    match event.audience:
        case Audience.PUBLIC:
            await rights.require(session, me, public, now)
        case Audience.MEMBERS:
            await rights.require(session, me, members, now)
        case Audience.PILLAR if not await invitees.includes(session, event.id, me.key):
            raise NotInPillar
        case Audience.INVITED if not await invitees.includes(session, event.id, me.key):
            raise NotForYou

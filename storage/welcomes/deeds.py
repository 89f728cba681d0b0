"""Whether somebody has done what a step of a series invites to."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.subscriptions import Profile, Subscription
from storage.groups.chats import GroupChat
from storage.groups.members import PillarMember
from storage.groups.topics import Topic
from storage.instruments.records import Condition, Instrument
from storage.instruments.windows import Window
from storage.people import Person
from storage.pillars import OrganisationPillar
from storage.workshops.events import Workshop
from storage.workshops.seats import Seat


async def joined_pillar(session: AsyncSession, person_id: int) -> bool:
    mine = col(PillarMember.person_id) == person_id
    return await _any(session, sa.select(col(PillarMember.id)).where(mine))


async def chose_calls(session: AsyncSession, person_id: int) -> bool:
    mine = col(Subscription.person_id) == person_id
    return await _any(session, sa.select(col(Subscription.person_id)).where(mine))


async def signed_up(session: AsyncSession, person_id: int) -> bool:
    mine = col(Seat.person_id) == person_id
    return await _any(session, sa.select(col(Seat.id)).where(mine))


async def has_colleagues(session: AsyncSession, organisation_id: int) -> bool:
    theirs = sa.select(col(Person.id)).where(
        col(Person.organisation_id) == organisation_id, col(Person.verified_at).is_not(None)
    )
    connection = await session.connection()
    return len((await connection.execute(theirs.limit(2))).all()) > 1


async def declared_pillar(session: AsyncSession, organisation_id: int) -> bool:
    theirs = col(OrganisationPillar.organisation_id) == organisation_id
    return await _any(session, sa.select(col(OrganisationPillar.pillar_id)).where(theirs))


async def offers_instrument(session: AsyncSession, organisation_id: int) -> bool:
    shown = sa.select(col(Instrument.id)).where(
        col(Instrument.organisation_id) == organisation_id,
        col(Instrument.condition) != Condition.HIDDEN,
    )
    return await _any(session, shown)


async def has_profile(session: AsyncSession, organisation_id: int) -> bool:
    theirs = col(Profile.organisation_id) == organisation_id
    return await _any(session, sa.select(col(Profile.organisation_id)).where(theirs))


async def published_window(session: AsyncSession, organisation_id: int) -> bool:
    theirs = (
        sa.select(col(Window.id))
        .join(Instrument, col(Instrument.id) == col(Window.instrument_id))
        .where(col(Instrument.organisation_id) == organisation_id)
    )
    return await _any(session, theirs)


async def linked_group(session: AsyncSession, pillar_id: int) -> bool:
    linked = sa.select(col(GroupChat.id)).where(
        col(GroupChat.pillar_id) == pillar_id, col(GroupChat.until).is_(None)
    )
    return await _any(session, linked)


async def met(session: AsyncSession, pillar_id: int) -> bool:
    of_pillar = col(Workshop.pillar_id) == pillar_id
    return await _any(session, sa.select(col(Workshop.id)).where(of_pillar))


async def has_topic(session: AsyncSession, pillar_id: int) -> bool:
    of_pillar = col(Topic.pillar_id) == pillar_id
    return await _any(session, sa.select(col(Topic.id)).where(of_pillar))


async def _any(session: AsyncSession, query: "sa.Select[Any]") -> bool:
    connection = await session.connection()
    return (await connection.execute(query.limit(1))).first() is not None

"""A pillar at a glance: who leads it, how many are in it, what is coming."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.pillars import standing
from bot.domain.rights import Action
from storage import pillars
from storage.groups import glance, membership, places, requests, topics
from storage.people import Person, Role
from storage.pillars import Pillar
from storage.workshops import Coming


@dataclass(frozen=True)
class Card:
    pillar: Pillar
    leaders: Sequence[tuple[Role, Person]]
    people: int
    organisations: int
    next_event: Coming | None  # that is for whoever looks
    topics: int
    is_in: bool
    asked: bool  # and waits
    has_chat: bool
    may_run: bool
    home_stands: bool  # their organisation, in the pillar
    speaks_for: int | None  # it, if they may change that


async def card(session: AsyncSession, pillar_id: int, me: Person, now: datetime) -> Card:
    """For anybody. Raises `Gone`."""
    pillar = await standing(session, pillar_id, now)
    home = me.organisation_id
    declared = await pillars.of_organisation(session, home) if home else ()
    return Card(
        pillar,
        await membership.leaders(session, pillar_id, now),
        await membership.size(session, pillar_id),
        (await pillars.sizes(session)).get(pillar_id, 0),
        await glance.next_event(session, pillar_id, me.key, now),
        await topics.count_open(session, pillar_id),
        await membership.is_in(session, pillar_id, me.key),
        await requests.open_of(session, pillar_id, me.key) is not None,
        await places.of_pillar(session, pillar_id) is not None,
        await rights.may(session, me, Action.RUN_PILLAR, now, pillar_id=pillar_id),
        pillar_id in declared,
        await _speaks_for(session, me, now),
    )


async def mine(session: AsyncSession, me: Person) -> set[int]:
    """The ids of the pillars they are in."""
    return await membership.pillars_of(session, me.key)


@dataclass(frozen=True)
class Run:
    """What its guarantor and the team see besides."""

    card: Card
    waiting: int  # guests who asked
    may_announce: bool
    may_keep: bool


async def run(session: AsyncSession, pillar_id: int, me: Person, now: datetime) -> Run:
    """Raises `Gone`, `NotAllowed`."""
    await rights.require(session, me, Action.RUN_PILLAR, now, pillar_id=pillar_id)
    return Run(
        await card(session, pillar_id, me, now),
        await requests.count_waiting(session, pillar_id),
        await rights.may(session, me, Action.ANNOUNCE_TO_PILLAR, now, pillar_id=pillar_id),
        await rights.may(session, me, Action.KEEP_PILLARS, now),
    )


async def _speaks_for(session: AsyncSession, me: Person, now: datetime) -> int | None:
    own = me.organisation_id
    if own is None:
        return None
    may = await rights.may(session, me, Action.KEEP_PROFILE, now, organisation_id=own)
    return own if may else None

"""Topics that a pillar has adopted, on paper for ministries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.groups.topics import behind
from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action
from storage import organisations, pillars
from storage.audit import record
from storage.groups import supports
from storage.groups.topics import Topic
from storage.organisations import Organisation
from storage.people import Person
from storage.pillars import Pillar


class NothingAdopted(Refusal):
    """No topic stands as adopted, so there is nothing to be written."""


@dataclass(frozen=True, slots=True)
class Adopted:
    pillar: Pillar
    topic: Topic
    put_by: Organisation | None
    supporters: Sequence[Organisation]


@dataclass(frozen=True, slots=True)
class Offer:
    pillar: Pillar
    here: int  # adopted topics of the pillar
    everywhere: int


async def offer(session: AsyncSession, pillar_id: int, me: Person, now: datetime) -> Offer:
    """Raises `NotAllowed`, `Gone`, `NothingAdopted`."""
    await rights.require(session, me, Action.KEEP_PILLARS, now)
    pillar = await pillars.find(session, pillar_id)
    if pillar is None:
        raise Gone
    found = await supports.adopted(session, None)
    if not found:
        raise NothingAdopted
    here = sum(topic.pillar_id == pillar_id for _, topic in found)
    return Offer(pillar, here, len(found))


async def take_out(session: AsyncSession, pillar_id: int, me: Person, now: datetime) -> None:
    """Note that they leave the house; 0 is every pillar. Raises `NotAllowed`, `NothingAdopted`."""
    await rights.require(session, me, Action.KEEP_PILLARS, now)
    if not await supports.adopted(session, pillar_id or None):
        raise NothingAdopted
    await record(session, me.key, "export_topics", f"pillar:{pillar_id}", now)


async def adopted(
    session: AsyncSession, pillar_id: int, me: Person, now: datetime
) -> list[Adopted]:
    """By pillar, those with most support first. Raises `NotAllowed`."""
    await rights.require(session, me, Action.KEEP_PILLARS, now)
    found = await supports.adopted(session, pillar_id or None)
    whole = [await _whole(session, pillar, topic) for pillar, topic in found]
    return sorted(whole, key=lambda each: (each.pillar.position, -len(each.supporters)))


async def _whole(session: AsyncSession, pillar: Pillar, topic: Topic) -> Adopted:
    home = topic.organisation_id
    put_by = await organisations.find(session, home) if home else None
    supporters = await behind(session, topic, counted=True)
    return Adopted(pillar, topic, put_by, [each.organisation for each in supporters])

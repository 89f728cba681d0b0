"""In which pillars an organisation stands, as its contact person or the team says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.pillars import standing
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from storage import audit, organisations, pillars
from storage.organisations import Organisation
from storage.people import Person
from storage.pillars import Pillar


@dataclass(frozen=True)
class Declared:
    organisation: Organisation
    pillars: Sequence[Pillar]  # of today
    stands_in: frozenset[int]


async def look(session: AsyncSession, organisation_id: int, me: Person, now: datetime) -> Declared:
    """Raises `Gone`, `NotAllowed`."""
    await rights.require(session, me, Action.KEEP_PROFILE, now, organisation_id=organisation_id)
    organisation = await organisations.find(session, organisation_id)
    if organisation is None:
        raise Gone
    there = await pillars.of_organisation(session, organisation_id)
    return Declared(organisation, await pillars.standing(session, now), frozenset(there))


async def declare(
    session: AsyncSession,
    organisation_id: int,
    pillar_id: int,
    me: Person,
    now: datetime,
    *,
    stands: bool,
) -> Pillar:
    """Twice is as good as once. Raises `Gone`, `NotAllowed`."""
    pillar = await standing(session, pillar_id, now, lock=True)
    declared = await look(session, organisation_id, me, now)
    if stands == (pillar_id in declared.stands_in):
        return pillar
    deed = "declare" if stands else "withdraw"
    if stands:
        await pillars.declare(session, organisation_id, pillar_id)
    else:
        await pillars.withdraw(session, organisation_id, pillar_id)
    subject = f"organisation:{organisation_id}"
    await audit.record(session, me.key, f"pillar.{deed}", subject, now, pillar=pillar_id)
    return pillar

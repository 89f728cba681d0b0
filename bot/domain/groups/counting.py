"""How many are in each pillar: now, and at the beginning of each month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.pillars import standing
from bot.domain.rights import Action
from storage import pillars
from storage.groups import counts, membership
from storage.groups.counts import PillarCount
from storage.people import Person
from storage.pillars import Pillar

MONTHS = 12


@dataclass(frozen=True)
class Numbers:
    pillar: Pillar
    people: int
    organisations: int
    past: Sequence[PillarCount]  # the latest first


async def numbers(session: AsyncSession, pillar_id: int, me: Person, now: datetime) -> Numbers:
    """Raises `Gone`, `MembersOnly`."""
    await rights.require(session, me, Action.SEE_MEMBERS, now)
    return Numbers(
        await standing(session, pillar_id, now),
        await membership.size(session, pillar_id),
        (await pillars.sizes(session)).get(pillar_id, 0),
        await counts.of_pillar(session, pillar_id, MONTHS),
    )


def month_of(now: datetime, zone: tzinfo) -> date:
    return now.astimezone(zone).date().replace(day=1)


async def is_due(session: AsyncSession, zone: tzinfo, now: datetime) -> bool:
    return not await counts.is_counted(session, month_of(now, zone))


async def count(session: AsyncSession, zone: tzinfo, now: datetime) -> None:
    """Write down the numbers of this month, once."""
    if not await is_due(session, zone, now):
        return
    people, organisations = await membership.sizes(session), await pillars.sizes(session)
    session.add_all(
        PillarCount(
            pillar_id=each.key,
            counted_on=month_of(now, zone),
            people=people.get(each.key, 0),
            organisations=organisations.get(each.key, 0),
        )
        for each in await pillars.standing(session, now)
    )

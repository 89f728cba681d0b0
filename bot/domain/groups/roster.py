"""Who is in a pillar, organisation by organisation, for members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.pillars import standing
from bot.domain.rights import Action
from storage import organisations
from storage.groups import membership
from storage.organisations import Organisation
from storage.people import Person
from storage.pillars import Pillar

PAGE = 5  # organisations
NAMED = 6  # people of an organisation on the page of all
NAMES = 30  # people on a page of one organisation


@dataclass(frozen=True)
class Entry:
    """`organisation` is None for guests; `named` are the first of its people."""

    organisation: Organisation | None
    stands: bool
    people: int
    named: Sequence[Person]


@dataclass(frozen=True)
class Roster:
    pillar: Pillar
    people: int
    organisations: int  # that stand in it
    entries: Sequence[Entry]  # of this page
    number: int
    pages: int


@dataclass(frozen=True)
class Names:
    """A page of the people of one organisation."""

    pillar: Pillar
    organisation: Organisation | None
    people: Sequence[Person]
    number: int
    more: bool


async def look(
    session: AsyncSession, pillar_id: int, number: int, me: Person, now: datetime
) -> Roster:
    """Raises `Gone`, `MembersOnly`. A page that is not there is the last one."""
    await rights.require(session, me, Action.SEE_MEMBERS, now)
    pillar = await standing(session, pillar_id, now)
    lines = await membership.roster(session, pillar_id)
    everybody = await membership.size(session, pillar_id)
    guests = everybody - sum(line.people for line in lines)
    pages = max(1, -(-(len(lines) + bool(guests)) // PAGE))
    number = min(max(number, 0), pages - 1)
    shown = lines[number * PAGE : (number + 1) * PAGE]
    known = await organisations.by_ids(session, [line.organisation_id for line in shown])
    entries = [
        Entry(
            known[line.organisation_id],
            line.stands,
            line.people,
            await _named(session, pillar_id, line.organisation_id) if line.people else (),
        )
        for line in shown
    ]
    if guests and number == pages - 1:
        entries.append(Entry(None, False, guests, await _named(session, pillar_id, None)))
    stand = sum(line.stands for line in lines)
    return Roster(pillar, everybody, stand, entries, number, pages)


async def names(
    session: AsyncSession,
    pillar_id: int,
    organisation_id: int | None,
    number: int,
    me: Person,
    now: datetime,
) -> Names:
    await rights.require(session, me, Action.SEE_MEMBERS, now)
    pillar = await standing(session, pillar_id, now)
    home = await organisations.find(session, organisation_id) if organisation_id else None
    number = max(number, 0)
    found = await membership.people(
        session, pillar_id, organisation_id, skip=number * NAMES, limit=NAMES + 1
    )
    return Names(pillar, home, found[:NAMES], number, len(found) > NAMES)


async def _named(
    session: AsyncSession, pillar_id: int, organisation_id: int | None
) -> Sequence[Person]:
    return await membership.people(session, pillar_id, organisation_id, skip=0, limit=NAMED)

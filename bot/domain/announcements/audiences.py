"""For whom an announcement is: choosing it, and what a choice is called."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.refusals import Gone
from storage import announcements as store
from storage import organisations, pillars, workshops
from storage.announcements import Announcement, Choice, Facet, SavedAudience
from storage.organisations import Organisation
from storage.pillars import Pillar
from storage.workshops import Event

Thing = Pillar | Event | Organisation | Announcement | SavedAudience
Named = Mapping[tuple[Facet, int], Thing]  # what the ids of a choice stand for


async def named(session: AsyncSession, choice: Choice | None) -> Named:
    """What has gone is not there."""
    found: dict[tuple[Facet, int], Thing] = {}
    for clause in choice.clauses if choice else ():
        for value in clause.values:
            thing = await _thing(session, clause.facet, value)
            if thing is not None:
                found[clause.facet, int(value)] = thing
    return found


async def check(session: AsyncSession, choice: Choice, now: datetime) -> None:
    """Raises `Gone` when something that it names is not there."""
    for clause in choice.clauses:
        for value in clause.values:
            if isinstance(value, int) and await _thing(session, clause.facet, value) is None:
                raise Gone


async def _thing(session: AsyncSession, facet: Facet, value: int | str) -> Thing | None:
    if not isinstance(value, int):
        return None
    match facet:
        case Facet.PILLAR:
            return await pillars.find(session, value)
        case Facet.ORGANISATION:
            return await organisations.find(session, value)
        case Facet.REGISTERED | Facet.CAME | Facet.SILENT:
            return await workshops.find(session, value)
        case Facet.GOT | Facet.REACTED:
            return await store.find(session, value)
        case Facet.SAVED:
            return await session.get(SavedAudience, value)
        case _:
            return None

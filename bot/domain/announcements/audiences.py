"""For whom an announcement is: what a choice names, and whether that is still there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.refusals import Gone
from storage import announcements as store
from storage import organisations, pillars, workshops
from storage.announcements import (
    EVERYBODY,
    Announcement,
    Choice,
    Clause,
    Content,
    Facet,
    SavedAudience,
    saved,
)
from storage.organisations import Organisation
from storage.pillars import Pillar
from storage.workshops import Event


@dataclass(frozen=True)
class Earlier:
    """An announcement that people are told apart by."""

    announcement_id: int
    contents: Sequence[Content]


Thing = Pillar | Event | Organisation | Earlier | SavedAudience
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


def is_whole(choice: Choice | None, things: Named) -> bool:
    """Whether all that it names is still there: what has gone keeps nobody out any more."""
    return not choice or all(
        (clause.facet, value) in things
        for clause in choice.clauses
        for value in clause.values
        if isinstance(value, int)
    )


async def stands(session: AsyncSession, announcement: Announcement) -> bool:
    """Whether all that its audience names is still there."""
    choice = Choice.read(announcement.audience or EVERYBODY.written())
    return is_whole(choice, await named(session, choice))


async def check(session: AsyncSession, *clauses: Clause) -> None:
    """Raises `Gone` when something that they name is not there."""
    choice = Choice(clauses)
    if not is_whole(choice, await named(session, choice)):
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
            return await _earlier(session, value)
        case Facet.SAVED:
            return await saved.find(session, value)
        case _:
            return None


async def _earlier(session: AsyncSession, announcement_id: int) -> Earlier | None:
    if await store.find(session, announcement_id) is None:
        return None
    return Earlier(announcement_id, await store.contents(session, announcement_id))

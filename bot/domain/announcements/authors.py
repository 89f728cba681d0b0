"""Who may write and send an announcement, and how often a guarantor writes to their pillar."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.rights import Action
from storage import announcements as store
from storage.announcements import Announcement
from storage.people import Person

PAUSE = timedelta(days=7)  # after a guarantor's announcement, until their pillar gets the next


async def is_team(session: AsyncSession, who: Person, now: datetime) -> bool:
    return await rights.may(session, who, Action.DRAFT_ANNOUNCEMENT, now)


async def require_draft(
    session: AsyncSession, who: Person, announcement: Announcement, now: datetime
) -> None:
    """The team writes any, a guarantor their own to their pillar. Raises `NotAllowed`."""
    own = announcement.author_id == who.key
    if own and await _guarantees(session, who, announcement, now):
        return
    await rights.require(session, who, Action.DRAFT_ANNOUNCEMENT, now)


async def may_send(
    session: AsyncSession, who: Person, announcement: Announcement, now: datetime
) -> bool:
    if await rights.may(session, who, Action.SEND_ANNOUNCEMENT, now):
        return True
    own = announcement.author_id == who.key
    return own and await _guarantees(session, who, announcement, now)


async def require_sending(
    session: AsyncSession, who: Person, announcement: Announcement, now: datetime
) -> None:
    if not await may_send(session, who, announcement, now):
        await rights.require(session, who, Action.SEND_ANNOUNCEMENT, now)


async def free_from(
    session: AsyncSession, who: Person, announcement: Announcement, now: datetime
) -> datetime | None:
    """When a guarantor may write to the pillar again; None: at once, as managers always may."""
    pillar_id = announcement.pillar_id
    if pillar_id is None:
        return None
    if await rights.may(session, who, Action.SEND_ANNOUNCEMENT, now):
        return None
    last = await store.last_of_guarantors(session, pillar_id)
    return last + PAUSE if last is not None and now < last + PAUSE else None


async def _guarantees(
    session: AsyncSession, who: Person, announcement: Announcement, now: datetime
) -> bool:
    pillar_id = announcement.pillar_id
    if pillar_id is None:
        return False
    return await rights.may(session, who, Action.ANNOUNCE_TO_PILLAR, now, pillar_id=pillar_id)

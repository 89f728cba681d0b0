"""An announcement is stopped, and what has arrived is taken back as long as Telegram lets us."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.announcements import authors
from bot.domain.announcements.cards import Card, card_of, find
from bot.domain.announcements.deeds import record
from bot.domain.announcements.pausing import NotRunning
from bot.domain.refusals import Refusal
from storage import amends, batches
from storage import announcements as store
from storage.announcements import Announcement, Stage
from storage.people import Person

STOPPED = "stopped"
DELETABLE = timedelta(hours=48)  # bots may not delete what is older


class TooOld(Refusal):
    """Nothing of it can be deleted any more."""


async def stop(session: AsyncSession, announcement_id: int, who: Person, now: datetime) -> Card:
    """Whoever has not got it yet will not get it. Raises `NotRunning`."""
    announcement = await _left(session, announcement_id, who, now)
    if announcement.stage in (Stage.RUNNING, Stage.PAUSED):
        await _withdraw(session, announcement, now)
        await record(session, "stop", announcement, who, now, people=announcement.people)
    return await card_of(session, announcement, who, now)


async def recallable(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> int:
    """How many messages can be deleted. Raises `TooOld` when there are none."""
    announcement = await _left(session, announcement_id, who, now)
    sent_as = await store.batches(session, announcement.key, first=True)
    if not (count := await amends.arrived(session, sent_as, now - DELETABLE)):
        raise TooOld
    return count


async def recall(session: AsyncSession, announcement_id: int, who: Person, now: datetime) -> Card:
    """Delete it wherever it came; where it has not come, it will not. Raises `TooOld`."""
    count = await recallable(session, announcement_id, who, now)
    announcement = await find(session, announcement_id, lock=True)
    if announcement.stage in (Stage.RUNNING, Stage.PAUSED):
        await _withdraw(session, announcement, now)
    announcement.recalled_at = announcement.recalled_at or now
    await delete(session, announcement, now)
    await record(session, "recall", announcement, who, now, messages=count)
    return await card_of(session, announcement, who, now)


async def delete(session: AsyncSession, announcement: Announcement, now: datetime) -> None:
    """Also what was on its way when that was decided; everything once."""
    for content in await store.contents(session, announcement.key):
        await amends.recall(session, content, now - DELETABLE, now)


async def _left(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> Announcement:
    announcement = await find(session, announcement_id, lock=True)
    await authors.require_sending(session, who, announcement, now)
    if announcement.sent_at is None:
        raise NotRunning
    return announcement


async def _withdraw(session: AsyncSession, announcement: Announcement, now: datetime) -> None:
    announcement.stopped_at = now
    for batch_id in await store.batches(session, announcement.key):
        await batches.withdraw(session, batch_id, STOPPED, now)

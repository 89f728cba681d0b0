"""An announcement rests: because somebody says so, because of the hour, or because it stumbles."""

from datetime import datetime, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import attention
from bot.domain.announcements import authors, scheduling
from bot.domain.announcements.cards import Card, card_of, find
from bot.domain.announcements.deeds import record
from bot.domain.attention import Quiet
from bot.domain.refusals import Refusal
from storage import announcements as store
from storage import holding
from storage.announcements import Announcement, Stage
from storage.outbox import State
from storage.people import Person

STUMBLES = 20  # errors in a row, after which it rests until somebody has looked at it
NIGHT = "hours"  # why it rests until the next working morning; other reasons are Telegram's words


class NotRunning(Refusal):
    """It is through, or it has never left."""


async def pause(session: AsyncSession, announcement_id: int, who: Person, now: datetime) -> Card:
    """Nothing more leaves until somebody resumes it. Raises `NotRunning`."""
    announcement = await _running(session, announcement_id, who, now)
    if announcement.stage is Stage.RUNNING:
        await _rest(session, announcement, None, now)
        await record(session, "pause", announcement, who, now)
    announcement.paused_why = None  # the morning does not wake what somebody has paused
    return await card_of(session, announcement, who, now)


async def resume(session: AsyncSession, announcement_id: int, who: Person, now: datetime) -> Card:
    """It goes on; what Telegram refused in the meantime is tried once more."""
    announcement = await _running(session, announcement_id, who, now)
    if announcement.stage is Stage.PAUSED:
        if announcement.paused_why not in (None, NIGHT):
            await holding.retry(session, await store.batches(session, announcement.key))
        await _go_on(session, announcement)
        await record(session, "resume", announcement, who, now)
    return await card_of(session, announcement, who, now)


async def mind(
    session: AsyncSession, announcement: Announcement, card: Card, now: datetime, zone: tzinfo
) -> None:
    """What happens without anybody's saying so while it runs, or rests overnight."""
    if announcement.stage is Stage.PAUSED:
        await _wake(session, announcement, card, now, zone)
    elif announcement.stage is Stage.RUNNING:
        await _stumble(session, announcement, card, now)
        if announcement.stage is Stage.RUNNING and _is_late(announcement, now, zone):
            await _rest(session, announcement, NIGHT, now)


async def hush(session: AsyncSession, now: datetime, zone: tzinfo) -> None:
    """Those in whose own quiet hours we are get it when these are over."""
    running = [each for each in await store.running(session) if each.urgent is None]
    for announcement in running:
        await hush_one(session, announcement, now, zone)


async def hush_one(
    session: AsyncSession, announcement: Announcement, now: datetime, zone: tzinfo
) -> None:
    batches = await store.batches(session, announcement.key)
    if announcement.urgent is not None or not batches:
        return
    for hours in await holding.quiet_hours(session):
        until = attention.awake(now, zone, Quiet(*hours))
        if until > now:
            await holding.hush(session, batches, hours, until)


async def _running(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> Announcement:
    announcement = await find(session, announcement_id, lock=True)
    await authors.require_sending(session, who, announcement, now)
    if announcement.done_at is not None or announcement.stage not in (Stage.RUNNING, Stage.PAUSED):
        raise NotRunning
    return announcement


def _is_late(announcement: Announcement, now: datetime, zone: tzinfo) -> bool:
    return scheduling.rests(announcement) and attention.next_moment(now, zone) > now


async def _wake(
    session: AsyncSession, announcement: Announcement, card: Card, now: datetime, zone: tzinfo
) -> None:
    """In the morning; whoever has come back to the bot meanwhile waits with the others."""
    if announcement.paused_why == NIGHT and not _is_late(announcement, now, zone):
        await _go_on(session, announcement)
    elif card.progress.get(State.PENDING):
        await holding.hold(session, await store.batches(session, announcement.key))


async def _stumble(
    session: AsyncSession, announcement: Announcement, card: Card, now: datetime
) -> None:
    odd = card.progress.get(State.FAILED, 0) + card.progress.get(State.UNCERTAIN, 0)
    if odd < STUMBLES or announcement.sent_at is None:
        return
    batches = await store.batches(session, announcement.key, first=True)
    errors = await store.errors_in_a_row(session, batches, announcement.sent_at, STUMBLES)
    if len(errors) == STUMBLES:
        await _rest(session, announcement, errors[0] or "?", now)


async def _rest(
    session: AsyncSession, announcement: Announcement, why: str | None, now: datetime
) -> None:
    announcement.paused_at, announcement.paused_why = now, why
    await holding.hold(session, await store.batches(session, announcement.key))


async def _go_on(session: AsyncSession, announcement: Announcement) -> None:
    announcement.paused_at = announcement.paused_why = None
    await holding.release(session, await store.batches(session, announcement.key))

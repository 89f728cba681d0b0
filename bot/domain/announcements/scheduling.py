"""When an announcement leaves: a minute after the yes, or at a chosen time, at its hours."""

from datetime import datetime, timedelta, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import attention, rights
from bot.domain.announcements import authors
from bot.domain.announcements.cards import Card, card_of, find
from bot.domain.announcements.deeds import record
from bot.domain.announcements.writing import AlreadySent, draft
from bot.domain.attention import QUIET
from bot.domain.refusals import Refusal
from bot.domain.rights import Action
from storage.announcements import Announcement, Delivery, Hours, Stage
from storage.people import Person

UNDO = timedelta(minutes=1)  # in which the yes can be taken back
GRACE = timedelta(hours=2)  # later than that nothing leaves without being asked about
FURTHEST = timedelta(days=366)
LONGEST_REASON = 200  # characters


class LeavesInPast(Refusal):
    """The chosen time has passed."""


class LeavesTooLate(Refusal):
    """More than a year ahead."""


class NoReason(Refusal):
    """What is urgent has a reason, and a short one."""


def moment(
    announcement: Announcement, at: datetime | None, now: datetime, zone: tzinfo
) -> datetime:
    """When it would leave, were the yes said now. Raises `LeavesInPast`, `LeavesTooLate`."""
    if at is not None and at <= now:
        raise LeavesInPast
    if at is not None and at > now + FURTHEST:
        raise LeavesTooLate
    leaves = max(now + UNDO, at or now)
    return attention.next_moment(leaves, zone) if rests(announcement) else leaves


def rests(announcement: Announcement) -> bool:
    """Whether it leaves in working hours alone; what is urgent never waits."""
    return announcement.hours is Hours.WORKING and announcement.urgent is None


def is_night(at: datetime, zone: tzinfo) -> bool:
    return QUIET.holds(at.astimezone(zone).hour)


async def keep_hours(
    session: AsyncSession, announcement_id: int, who: Person, hours: Hours, now: datetime
) -> Card:
    announcement = await draft(session, announcement_id, who, now)
    announcement.hours = hours
    announcement.edition += 1
    return await card_of(session, announcement, who, now)


async def deliver_by(
    session: AsyncSession, announcement_id: int, who: Person, delivery: Delivery, now: datetime
) -> Card:
    announcement = await draft(session, announcement_id, who, now)
    announcement.delivery = delivery
    if delivery is Delivery.DIGEST:
        announcement.urgent = None
    announcement.edition += 1
    return await card_of(session, announcement, who, now)


async def hurry(
    session: AsyncSession, announcement_id: int, who: Person, reason: str, now: datetime
) -> Card:
    """It passes over everybody's limits and hours, and says why; without a reason it does not.

    Raises `NoReason` for one that is too long.
    """
    await rights.require(session, who, Action.DRAFT_ANNOUNCEMENT, now)
    announcement = await draft(session, announcement_id, who, now)
    if len(reason) > LONGEST_REASON:
        raise NoReason
    announcement.urgent = reason.strip() or None
    if announcement.urgent is not None:
        announcement.delivery = Delivery.PUSH
    announcement.edition += 1
    return await card_of(session, announcement, who, now)


async def take_back(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> Card:
    """It is a draft again, unless it has left. Raises `AlreadySent`."""
    announcement = await find(session, announcement_id, lock=True)
    await authors.require_sending(session, who, announcement, now)
    if announcement.stage is Stage.DRAFT:
        return await card_of(session, announcement, who, now)
    if announcement.stage is not Stage.SCHEDULED:
        raise AlreadySent
    announcement.leaves_at = announcement.shown_to = announcement.shown_in = None
    await record(session, "take_back", announcement, who, now)
    return await card_of(session, announcement, who, now)

"""Sending an announcement: once, to everybody in its audience, followed to its end."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.announcements import authors
from bot.domain.announcements.cards import Card, card_of, find
from bot.domain.refusals import Refusal
from storage import announcements as store
from storage import audit, batches, people, pillars
from storage.announcements import Announcement, Audience
from storage.outbox import Batch, State
from storage.people import Person

STOPPED = "stopped"


class Changed(Refusal):
    """It is not what was previewed any more."""


class NobodyThere(Refusal):
    """The audience is empty, or nobody in it can be reached."""


class WroteLately(Refusal):
    """A guarantor writes to their pillar once a week."""

    def __init__(self, free_from: datetime) -> None:
        self.free_from = free_from


async def send(
    session: AsyncSession,
    announcement_id: int,
    who: Person,
    now: datetime,
    *,
    edition: int,
    sure: bool,
) -> Card:
    """Owe it to everybody in the audience. Pressing twice is as good as pressing once.

    Without `sure` nothing happens when it needs a second yes: the card is still a draft's.
    """
    announcement = await find(session, announcement_id, lock=True)
    await authors.require_sending(session, who, announcement, now)
    if announcement.sent_at is not None:
        return await card_of(session, announcement, who, now)
    if announcement.edition != edition or announcement.audience is None:
        raise Changed
    if announcement.audience is Audience.PILLAR:
        await pillars.find(session, announcement.audience_id or 0, lock=True)
    card = await card_of(session, announcement, who, now)
    if not card.people:
        raise NobodyThere
    if card.free_from is not None:
        raise WroteLately(card.free_from)
    if sure or not card.needs_second_yes:
        await _owe(session, announcement, announcement.audience, who, now)
        return await card_of(session, announcement, who, now)
    return card


async def stop(session: AsyncSession, announcement_id: int, who: Person, now: datetime) -> Card:
    """Whoever has not got it yet will not get it."""
    announcement = await find(session, announcement_id, lock=True)
    await authors.require_sending(session, who, announcement, now)
    if announcement.batch_id is None:
        raise Changed
    if announcement.done_at is None and announcement.stopped_at is None:
        announcement.stopped_at = now
        await batches.withdraw(session, announcement.batch_id, STOPPED, now)
        await _record(session, "stop", announcement, who, now)
    return await card_of(session, announcement, who, now)


async def advance(session: AsyncSession, now: datetime) -> Sequence[Card]:
    """How those that run are getting on; one that is through gets its result."""
    return [await _advanced(session, each, now) for each in await store.running(session)]


async def _advanced(session: AsyncSession, announcement: Announcement, now: datetime) -> Card:
    assert announcement.sender_id is not None
    sender = await people.find(session, announcement.sender_id)
    assert sender is not None
    card = await card_of(session, announcement, sender, now)
    if not card.waiting:
        await _finish(session, announcement, card.progress, now)
    return card


async def _finish(
    session: AsyncSession, announcement: Announcement, ends: dict[State, int], now: datetime
) -> None:
    assert announcement.batch_id is not None
    unreached = await store.unreached(session, announcement.batch_id)
    announcement.delivered = ends.get(State.SENT, 0)
    announcement.uncertain = ends.get(State.UNCERTAIN, 0)
    announcement.unreachable += sum(unreached.values())
    announcement.failed = ends.get(State.FAILED, 0) - unreached.get(State.FAILED, 0)
    announcement.withheld = ends.get(State.WITHDRAWN, 0) - unreached.get(State.WITHDRAWN, 0)
    announcement.done_at = now


async def _owe(
    session: AsyncSession,
    announcement: Announcement,
    audience: Audience,
    who: Person,
    now: datetime,
) -> None:
    content = Batch(method=announcement.method, payload=announcement.payload, created_at=now)
    everybody = store.recipients(audience, announcement.audience_id)
    _, announcement.unreachable = await store.reach(session, audience, announcement.audience_id)
    key = f"b{announcement.key}"
    announcement.people = await batches.owe(session, content, everybody, key, now)
    announcement.batch_id = content.id
    announcement.sender_id = who.key
    announcement.sent_at = now
    await _record(session, "send", announcement, who, now)


async def _record(
    session: AsyncSession, deed: str, announcement: Announcement, who: Person, now: datetime
) -> None:
    subject = f"announcement:{announcement.key}"
    action = f"announcement.{deed}"
    await audit.record(session, who.key, action, subject, now, people=announcement.people)

"""Sending an announcement: once, to everybody in its audience, followed to its end."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.announcements import authors
from bot.domain.announcements.cards import Card, card_of, find
from bot.domain.refusals import Refusal
from storage import announcements as store
from storage import audit, batches, people, pillars, pushes
from storage.announcements import Announcement, Choice, audiences
from storage.outbox import Batch, State
from storage.people import Person
from storage.pushes import Way

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
    if announcement.pillar_id is not None:
        await pillars.find(session, announcement.pillar_id, lock=True)
    card = await card_of(session, announcement, who, now)
    if not card.people:
        raise NobodyThere
    if card.free_from is not None:
        raise WroteLately(card.free_from)
    if sure or not card.needs_second_yes:
        await _owe(session, announcement, Choice.read(announcement.audience), who, now)
        return await card_of(session, announcement, who, now)
    return card


async def stop(session: AsyncSession, announcement_id: int, who: Person, now: datetime) -> Card:
    """Whoever has not got it yet will not get it."""
    announcement = await find(session, announcement_id, lock=True)
    await authors.require_sending(session, who, announcement, now)
    if announcement.sent_at is None:
        raise Changed
    if announcement.done_at is None and announcement.stopped_at is None:
        announcement.stopped_at = now
        for batch_id in await store.batches(session, announcement.key):
            await batches.withdraw(session, batch_id, STOPPED, now)
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
    sent_as = await store.batches(session, announcement.key)
    unreached = await store.unreached(session, sent_as)
    announcement.delivered = ends.get(State.SENT, 0)
    announcement.uncertain = ends.get(State.UNCERTAIN, 0)
    announcement.unreachable += sum(unreached.values())
    announcement.failed = ends.get(State.FAILED, 0) - unreached.get(State.FAILED, 0)
    announcement.withheld = ends.get(State.WITHDRAWN, 0) - unreached.get(State.WITHDRAWN, 0)
    announcement.done_at = now


async def _owe(
    session: AsyncSession, announcement: Announcement, choice: Choice, who: Person, now: datetime
) -> None:
    meant = await audiences.those(session, choice, now)
    counts = await pushes.decide(session, announcement.key, meant, now)
    announcement.people = counts.get(Way.NOW, 0)
    announcement.unreachable = counts.get(Way.UNREACHABLE, 0)
    for content in await store.contents(session, announcement.key):
        batch = Batch(method=content.method, payload=content.payload, created_at=now)
        key = f"b{announcement.key}" + (f":{content.position}" if content.position else "")
        await batches.owe(session, batch, pushes.at_once(announcement.key), key, now)
        content.batch_id = batch.id
    announcement.sender_id = who.key
    announcement.sent_at = now
    await _record(session, "send", announcement, who, now)


async def _record(
    session: AsyncSession, deed: str, announcement: Announcement, who: Person, now: datetime
) -> None:
    subject = f"announcement:{announcement.key}"
    action = f"announcement.{deed}"
    await audit.record(session, who.key, action, subject, now, people=announcement.people)

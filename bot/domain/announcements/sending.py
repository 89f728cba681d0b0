"""Sending an announcement: once, to everybody in its audience, followed to its end."""

from collections.abc import Collection, Sequence
from datetime import datetime, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.announcements import authors, pausing, recalling, scheduling
from bot.domain.announcements.audiences import stands
from bot.domain.announcements.cards import Card, card_of, find
from bot.domain.announcements.corrections import LEFT
from bot.domain.announcements.deeds import record
from bot.domain.refusals import Refusal
from storage import announcements as store
from storage import batches, people, pillars, pushes
from storage.announcements import (
    Announcement,
    Choice,
    Content,
    Delivery,
    Stage,
    audiences,
    readers,
)
from storage.blanks import names
from storage.outbox import Batch, State
from storage.people import Person
from storage.pushes import Way


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
    zone: tzinfo,
    *,
    edition: int,
    sure: bool,
    at: datetime | None = None,
) -> Card:
    """Have it leave, in a minute or at that time. Pressing twice is as good as pressing once.

    Without `sure` nothing happens when it needs a second yes: the card is still a draft's.
    """
    announcement = await find(session, announcement_id, lock=True)
    await authors.require_sending(session, who, announcement, now)
    if announcement.stage is not Stage.DRAFT:
        return await card_of(session, announcement, who, now)
    if announcement.edition != edition or announcement.audience is None:
        raise Changed
    if announcement.pillar_id is not None:
        await pillars.find(session, announcement.pillar_id, lock=True)
    card = await card_of(session, announcement, who, now)
    if not card.is_whole:
        raise Changed
    if not card.people:
        raise NobodyThere
    if card.free_from is not None:
        raise WroteLately(card.free_from)
    leaves = scheduling.moment(announcement, at, now, zone)
    odd = scheduling.is_night(leaves, zone) and announcement.delivery is Delivery.PUSH
    if sure or not (card.needs_second_yes or (at is not None and odd)):
        announcement.leaves_at, announcement.sender_id = leaves, who.key
        await record(session, "send", announcement, who, now, people=card.people)
    return card


async def depart(
    session: AsyncSession, now: datetime, zone: tzinfo, *, limit: int
) -> Sequence[tuple[Announcement, datetime]]:
    """Those whose time has come leave. Returns those that are too late, or by whose audience
    something has gone: they are drafts again, and had that time."""
    missed = []
    for announcement in await store.departing(session, now):
        assert announcement.leaves_at is not None
        late = now - announcement.leaves_at > scheduling.GRACE
        if late or not await stands(session, announcement):
            missed.append((announcement, announcement.leaves_at))
            announcement.leaves_at = announcement.shown_to = announcement.shown_in = None
        else:
            await _owe(session, announcement, now, limit)
            await pausing.hush_one(session, announcement, now, zone)
    return missed


async def advance(session: AsyncSession, now: datetime, zone: tzinfo) -> Sequence[Card]:
    """How those that run are getting on; one that is through gets its result."""
    return [await _advanced(session, each, now, zone) for each in await store.running(session)]


async def _advanced(
    session: AsyncSession, announcement: Announcement, now: datetime, zone: tzinfo
) -> Card:
    assert announcement.sender_id is not None
    sender = await people.find(session, announcement.sender_id)
    assert sender is not None
    card = await card_of(session, announcement, sender, now)
    if card.waiting:
        await pausing.mind(session, announcement, card, now, zone)
    else:
        await _finish(session, announcement, card.progress, now)
    return card


async def _finish(
    session: AsyncSession, announcement: Announcement, ends: dict[State, int], now: datetime
) -> None:
    sent_as = await store.batches(session, announcement.key, first=True)
    unreached = await store.unreached(session, sent_as)
    announcement.delivered = ends.get(State.SENT, 0)
    announcement.uncertain = ends.get(State.UNCERTAIN, 0)
    announcement.unreachable += sum(unreached.values())
    announcement.failed = ends.get(State.FAILED, 0) - unreached.get(State.FAILED, 0)
    announcement.withheld = ends.get(State.WITHDRAWN, 0) - unreached.get(State.WITHDRAWN, 0)
    announcement.done_at = now
    if announcement.recalled_at is not None:
        await recalling.delete(session, announcement, now)


async def _owe(
    session: AsyncSession, announcement: Announcement, now: datetime, limit: int
) -> None:
    key, urgent = announcement.key, announcement.urgent is not None
    meant = await audiences.those(session, Choice.read(announcement.audience or {}), now)
    digest = announcement.delivery is Delivery.DIGEST
    counts = await pushes.decide(
        session, key, meant, now, urgent=urgent, digest=digest, limit=limit
    )
    announcement.people = counts.get(Way.NOW, 0)
    announcement.digested = counts.get(Way.DIGEST, 0)
    announcement.muted = counts.get(Way.OFF, 0)
    announcement.unreachable = counts.get(Way.UNREACHABLE, 0)
    announcement.sent_at = now
    announcement.audience = {**(announcement.audience or {}), LEFT: announcement.edition}
    contents = await store.contents(session, key)
    languages = {each.language for each in contents if each.language}
    for content in contents if announcement.people else ():
        await _owe_one(session, content, languages, now)


async def _owe_one(
    session: AsyncSession, content: Content, languages: Collection[str], now: datetime
) -> None:
    """To those of its language; the one of no language, to whoever has no variant."""
    key = content.announcement_id
    batch = Batch(method=content.method, payload=content.payload, created_at=now)
    said = f"b{key}" + (f":{content.position}" if content.position else "")
    blanks = readers.columns(names(content.payload))
    await batches.owe(
        session, batch, store.those_told(content, languages), said, now, blanks=blanks
    )
    content.batch_id = batch.id

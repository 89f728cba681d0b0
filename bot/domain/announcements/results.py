"""How an announcement went: whom it reached, and what they did. Nobody is said to have read it:
Telegram does not tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.announcements import questions
from bot.domain.announcements.cards import Card
from bot.domain.announcements.corrections import LEFT
from bot.domain.announcements.writing import look
from bot.domain.refusals import Gone
from bot.domain.rights import Action, require
from storage import amends, workshops
from storage import announcements as store
from storage.announcements import Announcement, Choice, Clause, Facet, audiences, results
from storage.announcements.results import Counts, Line
from storage.outbox import State
from storage.people import Person
from storage.pushes import Way

KNOWN = timedelta(days=30)  # for so long the outbox keeps what each send ended with

Missed = Sequence[tuple[Person, str, State | Way]]


@dataclass(frozen=True)
class Results:
    card: Card
    counts: Counts
    silent: int  # have it, and have done nothing about it
    is_exact: bool  # what each send ended with is still known
    corrected: int = 0  # people who have it as it was put right
    recalled: int = 0  # people from whom it was taken back


async def see(session: AsyncSession, announcement_id: int, who: Person, now: datetime) -> Results:
    """Raises `Gone` for what has not left yet."""
    card, sent_at = await _left(session, announcement_id, who, now)
    made = card.announcement
    counts = await results.counts(session, announcement_id, _events(made), sent_at)
    reached, away = await audiences.reach(session, await silent(session, made), now)
    is_exact = now - sent_at < KNOWN
    corrected, recalled = await _amended(session, made) if is_exact else (0, 0)
    return Results(card, counts, reached + away, is_exact, corrected, recalled)


async def _amended(session: AsyncSession, made: Announcement) -> tuple[int, int]:
    key, left = made.key, (made.audience or {}).get(LEFT, made.edition)
    sent_as = await store.batches(session, key, first=True)
    corrections = [amends.corrected(key, each) for each in range(left + 1, made.edition + 1)]
    corrected = await amends.amended(session, sent_as, corrections) if corrections else 0
    if made.recalled_at is None:
        return corrected, 0
    return corrected, await amends.amended(session, sent_as, [amends.recalled(key)])


async def by_organisation(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> Sequence[Line]:
    card, sent_at = await _left(session, announcement_id, who, now)
    events = _events(card.announcement)
    return await results.by_organisation(session, announcement_id, events, sent_at)


async def missed(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> Missed:
    """Whoever has not got it, and why not."""
    await _left(session, announcement_id, who, now)
    return await results.missed(session, announcement_id)


async def silent_people(
    session: AsyncSession,
    announcement_id: int,
    who: Person,
    now: datetime,
    *,
    skip: int,
    limit: int,
) -> Sequence[tuple[Person, str]]:
    """With the short names of their organisations."""
    card, _ = await _left(session, announcement_id, who, now)
    those = await audiences.those(session, await silent(session, card.announcement), now)
    return await results.people(session, those, skip=skip, limit=limit)


async def silent(session: AsyncSession, announcement: Announcement) -> Choice:
    """Whoever has it, has pressed and answered nothing, and is not registered for its event."""
    got = Clause(Facet.GOT, (announcement.key,))
    reacted = Clause(Facet.REACTED, (announcement.key,), but=True)
    events = [key for key in _events(announcement) if await workshops.find(session, key)]
    if not events:
        return Choice((got, reacted))
    return Choice((got, reacted, Clause(Facet.REGISTERED, tuple(events), but=True)))


async def lately(
    session: AsyncSession, who: Person, now: datetime, limit: int
) -> Sequence[Announcement]:
    """Those that have left, the last one first."""
    await require(session, who, Action.DRAFT_ANNOUNCEMENT, now)
    return await results.lately(session, limit)


def _events(announcement: Announcement) -> list[int]:
    event_id = questions.of(announcement).event_id
    return [] if event_id is None else [event_id]


async def _left(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> tuple[Card, datetime]:
    card = await look(session, announcement_id, who, now)
    if card.announcement.sent_at is None:
        raise Gone
    return card, card.announcement.sent_at

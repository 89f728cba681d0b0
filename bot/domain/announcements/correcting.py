"""A typo is put right for everybody: for those who have it, and for those yet to get it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.announcements import authors
from bot.domain.announcements.cards import Card, Content, card_of, find
from bot.domain.announcements.corrections import edit_of
from bot.domain.announcements.deeds import record
from bot.domain.announcements.pausing import NotRunning
from bot.domain.announcements.sending import Changed
from bot.domain.refusals import Gone
from storage import amends
from storage import announcements as store
from storage.announcements import Announcement
from storage.announcements import Content as Said
from storage.outbox import Batch
from storage.people import Person

EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Correction:
    """`late` are rows that left with the old words while they were being changed."""

    card: Card
    batch_id: int
    late: Sequence[int]


async def correctable(
    session: AsyncSession, announcement_id: int, language: str, who: Person, now: datetime
) -> tuple[Said, int, int]:
    """What is said in that language, its edition, and how many have it.

    Raises `NotRunning` before it has left or when it was taken back.
    """
    announcement, said = await _said(session, announcement_id, language, who, now)
    batches = [said.batch_id] if said.batch_id is not None else []
    return said, announcement.edition, await amends.arrived(session, batches, EVER)


async def correct(
    session: AsyncSession,
    announcement_id: int,
    language: str,
    content: Content,
    who: Person,
    now: datetime,
    *,
    edition: int,
) -> Correction:
    """Raises `Changed` when somebody else was faster, `OtherKind` and `NewBlank`."""
    announcement, said = await _said(session, announcement_id, language, who, now)
    if announcement.edition != edition:
        raise Changed
    assert said.batch_id is not None
    edit = edit_of(Content(said.method, said.payload), content)
    kept = {name: said.payload[name] for name in ("reply_markup",) if name in said.payload}
    said.payload = content.payload | kept
    announcement.edition += 1
    await amends.say(session, said.batch_id, said.payload)
    batch = Batch(method=edit.method, payload=edit.payload, created_at=now)
    await amends.correct(session, said, batch, announcement.edition, now)
    assert batch.id is not None
    late = await amends.on_the_way(session, said.batch_id)
    await record(session, "correct", announcement, who, now)
    return Correction(await card_of(session, announcement, who, now), batch.id, late)


async def catch_up(
    session: AsyncSession,
    announcement_id: int,
    edition: int,
    batch_id: int,
    late: Sequence[int],
    now: datetime,
) -> None:
    """Correct what had been on its way; nothing when it was corrected once more since then."""
    announcement = await store.find(session, announcement_id)
    edit = await session.get(Batch, batch_id)
    if announcement is None or edit is None or announcement.edition != edition:
        return
    for content in await store.contents(session, announcement_id):
        if content.batch_id is not None:
            await amends.correct(session, content, edit, edition, now, among=late)


async def _said(
    session: AsyncSession, announcement_id: int, language: str, who: Person, now: datetime
) -> tuple[Announcement, Said]:
    announcement = await find(session, announcement_id, lock=True)
    await authors.require_sending(session, who, announcement, now)
    if announcement.sent_at is None or announcement.recalled_at is not None:
        raise NotRunning
    for said in await store.contents(session, announcement_id):
        if said.language == language and not said.position:
            if said.batch_id is None:
                raise NotRunning
            return announcement, said
    raise Gone

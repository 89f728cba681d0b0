"""An announcement with what is known of it now: who would get it, and how it is getting on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.announcements import authors
from bot.domain.refusals import Gone
from storage import announcements as store
from storage import outbox, pillars, workshops
from storage.announcements import Announcement, Audience
from storage.outbox import State
from storage.people import Person
from storage.pillars import Pillar
from storage.workshops import Event

SURE_FROM = 50  # people; more are written to only after a second yes


@dataclass(frozen=True)
class Content:
    """A request to the Bot API without the chat it goes to."""

    method: str
    payload: dict[str, Any]


@dataclass(frozen=True)
class Card:
    """An announcement with what is known of it now."""

    announcement: Announcement
    target: Pillar | Event | None  # whose people are meant, when not everybody's
    people: int  # those who are to get it
    unreachable: int
    progress: dict[State, int]  # while it runs
    may_send: bool
    may_address: bool = True  # to whom they like
    free_from: datetime | None = None  # a guarantor wrote lately and waits until then

    @property
    def waiting(self) -> int:
        """How many have neither got it nor missed it yet."""
        return self.progress.get(State.PENDING, 0) + self.progress.get(State.SENDING, 0)

    @property
    def needs_second_yes(self) -> bool:
        return self.people > SURE_FROM


async def find(session: AsyncSession, announcement_id: int, *, lock: bool = False) -> Announcement:
    announcement = await store.find(session, announcement_id, lock=lock)
    if announcement is None:
        raise Gone
    return announcement


async def card_of(
    session: AsyncSession, announcement: Announcement, who: Person, now: datetime
) -> Card:
    reached, unreachable = announcement.people, announcement.unreachable
    if announcement.sent_at is None and announcement.audience is not None:
        reached, unreachable = await store.reach(
            session, announcement.audience, announcement.audience_id
        )
    progress = {}
    if announcement.batch_id is not None and announcement.done_at is None:
        progress = await outbox.progress(session, announcement.batch_id)
    return Card(
        announcement,
        await target_of(session, announcement.audience, announcement.audience_id),
        reached,
        unreachable,
        progress,
        await authors.may_send(session, who, announcement, now),
        await authors.is_team(session, who, now),
        await authors.free_from(session, who, announcement, now),
    )


async def target_of(
    session: AsyncSession, audience: Audience | None, audience_id: int | None
) -> Pillar | Event | None:
    if audience_id is None:
        return None
    if audience is Audience.PILLAR:
        return await pillars.find(session, audience_id)
    return await workshops.find(session, audience_id)

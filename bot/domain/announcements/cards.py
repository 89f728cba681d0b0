"""An announcement with what is known of it now: who would get it, and how it is getting on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.announcements import authors
from bot.domain.announcements.audiences import Named, named
from bot.domain.refusals import Gone
from storage import announcements as store
from storage import outbox
from storage.announcements import Announcement, Choice, audiences
from storage.announcements import Content as Said
from storage.outbox import State
from storage.people import Person

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
    contents: Sequence[Said]  # by language and position
    named: Named  # whom its audience tells people apart by
    people: int  # those who are to get it
    unreachable: int
    progress: dict[State, int]  # while it runs
    may_send: bool
    may_address: bool = True  # to whom they like
    free_from: datetime | None = None  # a guarantor wrote lately and waits until then

    @property
    def choice(self) -> Choice | None:
        """For whom it is; None: that has not been chosen."""
        audience = self.announcement.audience
        return None if audience is None else Choice.read(audience)

    @property
    def waiting(self) -> int:
        """How many have neither got it nor missed it yet."""
        waits = (State.PENDING, State.SENDING, State.HELD)
        return sum(self.progress.get(state, 0) for state in waits)

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
    choice = None if announcement.audience is None else Choice.read(announcement.audience)
    reached, unreachable = announcement.people, announcement.unreachable
    if announcement.sent_at is None and choice is not None:
        reached, unreachable = await audiences.reach(session, choice, now)
    contents = await store.contents(session, announcement.key)
    progress = {}
    if announcement.sent_at is not None and announcement.done_at is None:
        batches = [each.batch_id for each in contents if each.batch_id is not None]
        progress = await outbox.progress(session, batches)
    return Card(
        announcement,
        contents,
        await named(session, choice),
        reached,
        unreachable,
        progress,
        await authors.may_send(session, who, announcement, now),
        await authors.is_team(session, who, now),
        await authors.free_from(session, who, announcement, now),
    )

"""An announcement with what is known of it now: who would get it, and how it is getting on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.announcements import authors
from bot.domain.announcements.audiences import Named, is_whole, named
from bot.domain.refusals import Gone
from storage import announcements as store
from storage import batches, pushes
from storage.announcements import Announcement, Choice, audiences, readers
from storage.announcements import Content as Said
from storage.outbox import State
from storage.people import Person
from storage.pushes import Outlook

SURE_FROM = 50  # people; more are written to only after a second yes
TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024  # characters
WAITS = (State.PENDING, State.SENDING, State.HELD)


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
    progress: dict[State, int]  # while it runs, of what everybody gets first
    now: datetime
    may_send: bool
    may_address: bool = True  # to whom they like
    free_from: datetime | None = None  # a guarantor wrote lately and waits until then
    outlook: Outlook | None = None  # before it is sent
    following: int = 0  # second messages, of albums, that have not left yet
    mine: Mapping[str, str] = field(default_factory=dict)  # what its blanks say to who looks

    @property
    def choice(self) -> Choice | None:
        """For whom it is; None: that has not been chosen."""
        audience = self.announcement.audience
        return None if audience is None else Choice.read(audience)

    @property
    def is_whole(self) -> bool:
        """Whether all that its audience names is still there."""
        return is_whole(self.choice, self.named)

    @property
    def waiting(self) -> int:
        """How many have neither got it nor missed it yet."""
        return self.following + sum(self.progress.get(state, 0) for state in WAITS)

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
    people, unreachable = announcement.people, announcement.unreachable
    outlook, progress, following = None, {}, 0
    if announcement.sent_at is None and choice is not None:
        outlook = await pushes.foresee(session, await audiences.those(session, choice, now), now)
        people, unreachable = outlook.people, outlook.unreachable
    contents = await store.contents(session, announcement.key)
    if announcement.sent_at is not None and announcement.done_at is None:
        progress = await _progress(session, [each for each in contents if not each.position])
        later = await _progress(session, [each for each in contents if each.position])
        following = sum(later.get(state, 0) for state in WAITS)
    return Card(
        announcement,
        contents,
        await named(session, choice),
        people,
        unreachable,
        progress,
        now,
        await authors.may_send(session, who, announcement, now),
        await authors.is_team(session, who, now),
        await authors.free_from(session, who, announcement, now),
        outlook,
        following,
        await readers.of(session, who.key),
    )


async def _progress(session: AsyncSession, contents: Sequence[Said]) -> dict[State, int]:
    sent_as = [each.batch_id for each in contents if each.batch_id is not None]
    return await batches.progress(session, sent_as) if sent_as else {}

"""Announcements: written by the team, seen as they will be, sent by a manager, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.refusals import Gone, Refusal
from bot.domain.rights import Action, may, require
from storage import announcements as store
from storage import audit, batches, outbox, people, pillars, workshops
from storage.announcements import Announcement, Audience
from storage.outbox import Batch, State
from storage.people import Person, RoleName
from storage.pillars import Pillar
from storage.workshops import Event

SURE_FROM = 50  # people; more are written to only after a second yes
STOPPED = "stopped"


class AlreadySent(Refusal):
    """What has been sent cannot be changed or thrown away."""


class Changed(Refusal):
    """It is not what was previewed any more."""


class NobodyThere(Refusal):
    """The audience is empty, or nobody in it can be reached."""


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

    @property
    def waiting(self) -> int:
        """How many have neither got it nor missed it yet."""
        return self.progress.get(State.PENDING, 0) + self.progress.get(State.SENDING, 0)

    @property
    def needs_second_yes(self) -> bool:
        return self.people > SURE_FROM


async def write(
    session: AsyncSession,
    who: Person,
    content: Content,
    now: datetime,
    *,
    instead_of: int | None = None,
) -> Card:
    """A new draft, or a draft anew; where that has gone or left meanwhile, nothing is lost."""
    await require(session, who, Action.DRAFT_ANNOUNCEMENT, now)
    replaced = await store.find(session, instead_of, lock=True) if instead_of else None
    if replaced is not None and replaced.sent_at is None:
        replaced.method, replaced.payload = content.method, content.payload
        replaced.edition += 1
        return await _card(session, replaced, who, now)
    announcement = Announcement(
        author_id=who.key, method=content.method, payload=content.payload, created_at=now
    )
    session.add(announcement)
    await session.flush()
    return await _card(session, announcement, who, now)


async def revise(session: AsyncSession, announcement_id: int, who: Person, now: datetime) -> None:
    """Ask whether it can be written anew. Raises `AlreadySent` when it is too late."""
    await _draft(session, announcement_id, who, now)


async def address(
    session: AsyncSession,
    announcement_id: int,
    who: Person,
    audience: Audience,
    audience_id: int | None,
    now: datetime,
) -> Card:
    """Choose who is to get it."""
    announcement = await _draft(session, announcement_id, who, now)
    of_some = audience in (Audience.PILLAR, Audience.EVENT)
    if of_some and not await _target(session, audience, audience_id):
        raise Gone
    announcement.audience, announcement.audience_id = audience, audience_id
    announcement.edition += 1
    return await _card(session, announcement, who, now)


async def discard(session: AsyncSession, announcement_id: int, who: Person, now: datetime) -> None:
    await store.discard(session, await _draft(session, announcement_id, who, now))


async def look(session: AsyncSession, announcement_id: int, who: Person, now: datetime) -> Card:
    await require(session, who, Action.DRAFT_ANNOUNCEMENT, now)
    return await _card(session, await _find(session, announcement_id), who, now)


async def watch(
    session: AsyncSession, announcement_id: int, who: Person, message_id: int, now: datetime
) -> Card:
    """Look, and while it runs have the message kept up to date."""
    card = await look(session, announcement_id, who, now)
    if card.announcement.sent_at is not None and card.announcement.done_at is None:
        card.announcement.shown_to, card.announcement.shown_in = who.key, message_id
    return card


async def look_away(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> None:
    """The message shows something else from now on."""
    await require(session, who, Action.DRAFT_ANNOUNCEMENT, now)
    announcement = await _find(session, announcement_id)
    if announcement.shown_to == who.key:
        announcement.shown_to = announcement.shown_in = None


async def past(session: AsyncSession, who: Person, now: datetime) -> Sequence[Announcement]:
    await require(session, who, Action.DRAFT_ANNOUNCEMENT, now)
    return await store.latest(session)


async def hand_over(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> tuple[Card, Sequence[Person]]:
    """It is ready. Returns the managers who may send it."""
    announcement = await _draft(session, announcement_id, who, now)
    managers = await people.holders(session, RoleName.MANAGER, now)
    return await _card(session, announcement, who, now), managers


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
    await require(session, who, Action.SEND_ANNOUNCEMENT, now)
    announcement = await _find(session, announcement_id, lock=True)
    if announcement.sent_at is not None:
        return await _card(session, announcement, who, now)
    if announcement.edition != edition or announcement.audience is None:
        raise Changed
    card = await _card(session, announcement, who, now)
    if not card.people:
        raise NobodyThere
    if sure or not card.needs_second_yes:
        await _owe(session, announcement, announcement.audience, who, now)
        return await _card(session, announcement, who, now)
    return card


async def stop(session: AsyncSession, announcement_id: int, who: Person, now: datetime) -> Card:
    """Whoever has not got it yet will not get it."""
    await require(session, who, Action.SEND_ANNOUNCEMENT, now)
    announcement = await _find(session, announcement_id, lock=True)
    if announcement.batch_id is None:
        raise Changed
    if announcement.done_at is None and announcement.stopped_at is None:
        announcement.stopped_at = now
        await batches.withdraw(session, announcement.batch_id, STOPPED, now)
        await _record(session, "stop", announcement, who, now)
    return await _card(session, announcement, who, now)


async def advance(session: AsyncSession, now: datetime) -> Sequence[Card]:
    """How those that run are getting on; one that is through gets its result."""
    return [await _advanced(session, each, now) for each in await store.running(session)]


async def _advanced(session: AsyncSession, announcement: Announcement, now: datetime) -> Card:
    assert announcement.sender_id is not None
    sender = await people.find(session, announcement.sender_id)
    assert sender is not None
    card = await _card(session, announcement, sender, now)
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


async def _find(
    session: AsyncSession, announcement_id: int, *, lock: bool = False
) -> Announcement:
    announcement = await store.find(session, announcement_id, lock=lock)
    if announcement is None:
        raise Gone
    return announcement


async def _draft(
    session: AsyncSession, announcement_id: int, who: Person, now: datetime
) -> Announcement:
    """For a change: raises `AlreadySent` when it is too late for one."""
    await require(session, who, Action.DRAFT_ANNOUNCEMENT, now)
    announcement = await _find(session, announcement_id, lock=True)
    if announcement.sent_at is not None:
        raise AlreadySent
    return announcement


async def _card(
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
        await _target(session, announcement.audience, announcement.audience_id),
        reached,
        unreachable,
        progress,
        await may(session, who, Action.SEND_ANNOUNCEMENT, now),
    )


async def _target(
    session: AsyncSession, audience: Audience | None, audience_id: int | None
) -> Pillar | Event | None:
    if audience_id is None:
        return None
    if audience is Audience.PILLAR:
        return await pillars.find(session, audience_id)
    return await workshops.find(session, audience_id)

"""Announcements found: one, the latest, and those that are on their way."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import takewhile
from typing import Any

import sqlalchemy as sa
from sqlmodel import bindparam, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.announcements.records import Announcement, Content
from storage.audit import Audit
from storage.leaving import MESSAGES
from storage.outbox import Outbox, State
from storage.people import Person, Role, RoleName
from storage.pushes import at_once

BY_CHAT = (
    select(Content.announcement_id, Outbox.message_id, Outbox.payload)
    .join(Content, col(Content.batch_id) == Outbox.batch_id)
    .where(Outbox.chat_id == bindparam("chat_id"), Outbox.state == State.SENT)
)


async def find(
    session: AsyncSession, announcement_id: int, *, lock: bool = False
) -> Announcement | None:
    return await session.get(Announcement, announcement_id, with_for_update=lock or None)


async def several(
    session: AsyncSession, announcement_ids: Sequence[int]
) -> Sequence[Announcement]:
    query = select(Announcement).where(col(Announcement.id).in_(announcement_ids))
    return (await session.exec(query)).all()


async def of_message(session: AsyncSession, chat_id: int, message_id: int) -> int | None:
    """The announcement that a message is, or a part of."""
    for announcement_id, first, own in await session.exec(BY_CHAT, params={"chat_id": chat_id}):
        if message_id in (first, *own.get(MESSAGES, ())):
            return announcement_id
    return None


async def contents(session: AsyncSession, announcement_id: int) -> Sequence[Content]:
    """What it says, by language and then in the order in which it is sent."""
    query = select(Content).where(Content.announcement_id == announcement_id)
    return (await session.exec(query.order_by(col(Content.language), col(Content.position)))).all()


async def contents_of(
    session: AsyncSession, announcement_ids: Sequence[int]
) -> dict[int, Sequence[Content]]:
    """By announcement, as `contents` has them."""
    query = select(Content).where(col(Content.announcement_id).in_(announcement_ids))
    in_order = query.order_by(col(Content.language), col(Content.position))
    found: dict[int, list[Content]] = {key: [] for key in announcement_ids}
    for content in await session.exec(in_order):
        found[content.announcement_id].append(content)
    return dict(found)


async def latest(session: AsyncSession, limit: int = 100) -> Sequence[Announcement]:
    """Drafts and what was sent, newest first."""
    query = select(Announcement).order_by(col(Announcement.id).desc()).limit(limit)
    return (await session.exec(query)).all()


async def running(session: AsyncSession) -> Sequence[Announcement]:
    """Those whose end has not been told yet, locked."""
    query = select(Announcement).where(
        col(Announcement.sent_at).is_not(None), col(Announcement.done_at).is_(None)
    )
    return (await session.exec(query.order_by(col(Announcement.id)).with_for_update())).all()


async def departing(session: AsyncSession, now: datetime) -> Sequence[Announcement]:
    """Those whose time to leave has come, locked."""
    query = select(Announcement).where(
        col(Announcement.sent_at).is_(None), col(Announcement.leaves_at) <= now
    )
    return (await session.exec(query.order_by(col(Announcement.id)).with_for_update())).all()


async def last_of_guarantors(session: AsyncSession, pillar_id: int) -> datetime | None:
    """When somebody who is no manager last wrote to the pillar."""
    managers = select(Role.person_id).where(
        Role.name == RoleName.MANAGER, col(Role.until).is_(None)
    )
    left = func.coalesce(Announcement.sent_at, Announcement.leaves_at)
    query = select(func.max(left)).where(
        Announcement.pillar_id == pillar_id, col(Announcement.sender_id).not_in(managers)
    )
    return (await session.exec(query)).one()


async def written(
    session: AsyncSession, author_id: int, since: datetime, until: datetime
) -> Announcement | None:
    """The first that they wrote between these moments."""
    query = select(Announcement).where(
        Announcement.author_id == author_id,
        col(Announcement.created_at) >= since,
        col(Announcement.created_at) < until,
    )
    return (await session.exec(query.order_by(col(Announcement.id)).limit(1))).first()


async def last_deed(
    session: AsyncSession, announcement_id: int, deed: str, since: datetime
) -> Audit | None:
    """The last time that this was done with it since then."""
    query = select(Audit).where(
        col(Audit.at) >= since,
        Audit.action == f"announcement.{deed}",
        Audit.subject == f"announcement:{announcement_id}",
    )
    return (await session.exec(query.order_by(col(Audit.id).desc()).limit(1))).first()


async def discard(session: AsyncSession, announcement: Announcement) -> None:
    for content in await contents(session, announcement.key):
        await session.delete(content)
    await session.flush()
    await session.delete(announcement)


def those_told(content: Content, languages: Collection[str]) -> "sa.Select[Any, Any]":
    """Ids of people and chats who get it in its language; one of none is for those without a
    variant among `languages`."""
    people, reads = at_once(content.announcement_id), col(Person.language)
    if content.language:
        return people.where(reads == content.language)
    return people.where(reads.not_in(languages)) if languages else people


async def batches(
    session: AsyncSession, announcement_id: int, *, first: bool = False
) -> list[int]:
    """The ids under which the outbox knows what it says, or what it says `first`."""
    query = select(Content.batch_id).where(
        Content.announcement_id == announcement_id, col(Content.batch_id).is_not(None)
    )
    if first:
        query = query.where(Content.position == 0)
    return [key for key in await session.exec(query) if key is not None]


async def unreached(session: AsyncSession, batch_ids: Sequence[int]) -> dict[State, int]:
    """Of those that did not leave: how many were for people who cannot be written to any more."""
    query = (
        select(Outbox.state, func.count())
        .outerjoin(Person, col(Person.telegram_id) == Outbox.chat_id)
        .where(
            col(Outbox.batch_id).in_(batch_ids),
            col(Outbox.state).in_((State.FAILED, State.WITHDRAWN)),
            or_(col(Person.id).is_(None), ~col(Person.reachable)),
        )
        .group_by(col(Outbox.state))
    )
    return {State(state): count for state, count in (await session.exec(query)).all()}


async def errors_in_a_row(
    session: AsyncSession, batch_ids: Sequence[int], since: datetime, most: int
) -> list[str]:
    """What Telegram has said last, without a success between, newest first; `most` of it.

    Of those who have blocked the bot it is no wonder: they neither count nor end the row.
    """
    query = (
        select(Outbox.state, Outbox.error)
        .join(Person, col(Person.telegram_id) == Outbox.chat_id)
        .where(
            col(Outbox.batch_id).in_(batch_ids),
            col(Outbox.settled_at) >= since,
            or_(Outbox.state == State.SENT, col(Outbox.error).is_not(None)),
            col(Outbox.state).in_((State.SENT, State.FAILED, State.UNCERTAIN)),
            or_(Outbox.state == State.SENT, col(Person.reachable)),
        )
        .order_by(col(Outbox.settled_at).desc(), col(Outbox.id).desc())
        .limit(most)
    )
    ends = (await session.exec(query)).all()
    return [error or "" for _, error in takewhile(lambda end: end[0] != State.SENT, ends)]

"""Where we are: groups that we were added to, and those linked to a pillar."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import and_, bindparam, col, delete, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.groups.chats import (
    Departure,
    GroupChange,
    GroupChat,
    GroupMember,
    JoinRequest,
    Stay,
)
from storage.letters.records import DeskTopic

LINKED = col(GroupChat.until).is_(None)
OF_CHAT = (
    select(GroupChat)
    .where(col(GroupChat.chat_id) == bindparam("chat_id"), LINKED)
    .order_by(col(GroupChat.id))
)
BY_CHAT = (Departure, GroupChange, GroupChat, GroupMember, JoinRequest)


async def stay(session: AsyncSession, chat_id: int, *, lock: bool = False) -> Stay | None:
    return await session.get(Stay, chat_id, with_for_update=lock, populate_existing=lock)


async def find(session: AsyncSession, group_id: int, *, lock: bool = False) -> GroupChat | None:
    return await session.get(GroupChat, group_id, with_for_update=lock, populate_existing=lock)


async def of_chat(session: AsyncSession, chat_id: int) -> Sequence[GroupChat]:
    """The pillars that meet there: of a forum, each in its topic."""
    return (await session.exec(OF_CHAT, params={"chat_id": chat_id})).all()


async def of_pillar(session: AsyncSession, pillar_id: int) -> GroupChat | None:
    query = select(GroupChat).where(GroupChat.pillar_id == pillar_id, LINKED)
    return (await session.exec(query.order_by(col(GroupChat.id)))).first()


async def linked(session: AsyncSession) -> Sequence[GroupChat]:
    return (await session.exec(select(GroupChat).where(LINKED).order_by(col(GroupChat.id)))).all()


async def unchecked(session: AsyncSession, since: datetime) -> Sequence[GroupChat]:
    """Those at which we have not looked since then."""
    late = or_(col(GroupChat.checked_at).is_(None), col(GroupChat.checked_at) < since)
    return (await session.exec(select(GroupChat).where(LINKED, late))).all()


async def doubt(session: AsyncSession, chat_id: int) -> None:
    """Have somebody look how it is there."""
    there = update(GroupChat).where(col(GroupChat.chat_id) == chat_id)
    await session.exec(there.values(checked_at=None))


async def idle(session: AsyncSession, before: datetime) -> Sequence[Stay]:
    """Groups in which we have been since before then without being linked to anything: neither
    to a pillar, nor as the desk where the team reads letters."""
    joined = and_(col(GroupChat.chat_id) == col(Stay.chat_id), LINKED)
    query = (
        select(Stay)
        .outerjoin(GroupChat, joined)
        .where(col(GroupChat.id).is_(None), col(Stay.until).is_(None), Stay.since < before)
        .where(col(Stay.chat_id).not_in(select(DeskTopic.chat_id)))
    )
    return (await session.exec(query.order_by(col(Stay.chat_id)))).all()


async def move(session: AsyncSession, old: int, new: int) -> None:
    """What we know of a group is from now on known of the other one."""
    met_there = select(GroupMember.telegram_id).where(GroupMember.chat_id == new)
    twice = delete(GroupMember).where(
        col(GroupMember.chat_id) == old, col(GroupMember.telegram_id).in_(met_there)
    )
    await session.exec(twice)
    for table in BY_CHAT:
        rows = update(table).where(col(table.chat_id) == old)
        await session.exec(rows.values(chat_id=new))


async def forget(session: AsyncSession, telegram_id: int) -> None:
    """Whoever added us, and whoever let others in and out, is nobody."""
    theirs = col(Stay.added_by) == telegram_id
    await session.exec(update(Stay).where(theirs).values(added_by=None))
    deeds = col(GroupChange.by) == telegram_id
    await session.exec(update(GroupChange).where(deeds).values(by=None))

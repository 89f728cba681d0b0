"""Everybody's coming and going in the groups of pillars, and the tag that they wear there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.groups import departures, door
from bot.domain.people import tidy
from storage.groups import places, presence
from storage.groups.chats import GroupChange, GroupMember
from storage.groups.presence import PRESENT

TAG_LIMIT = 16  # characters, Telegram's
KEPT = timedelta(days=730)  # how long we keep who came and went


@dataclass(frozen=True)
class Step:
    """A change of somebody's place; statuses are as Telegram names them."""

    chat_id: int
    telegram_id: int
    name: str
    old: str
    new: str
    by: int | None = None


@dataclass(frozen=True)
class Tag:
    chat_id: int
    telegram_id: int
    text: str


async def record(session: AsyncSession, step: Step, now: datetime) -> list[Tag]:
    """Take it down where the group is a pillar's. Returns the tags that are to be put on."""
    if not await places.of_chat(session, step.chat_id):
        return []
    await _enter(session, step, now)
    if step.old != step.new:
        session.add(
            GroupChange(
                chat_id=step.chat_id,
                telegram_id=step.telegram_id,
                old=step.old,
                new=step.new,
                by=step.by,
                changed_at=now,
            )
        )
    await session.flush()
    if step.new not in PRESENT:
        await departures.gone(session, step.chat_id, step.telegram_id, now)
        return []
    if step.old in PRESENT:
        return []
    await door.came_in(session, step.chat_id, step.telegram_id, now)
    return await outdated(session, step.chat_id, [step.telegram_id])


async def _enter(session: AsyncSession, step: Step, now: datetime) -> None:
    member = await presence.find(session, step.chat_id, step.telegram_id)
    if member is None:
        member = GroupMember(
            chat_id=step.chat_id, telegram_id=step.telegram_id, status=step.new, since=now
        )
        session.add(member)
    if member.status != step.new:
        member.since = now
    if step.new not in PRESENT:
        member.tag = ""  # Telegram takes it off, too
    member.name, member.status = tidy(step.name), step.new


async def outdated(
    session: AsyncSession, chat_id: int, numbers: Sequence[int] | None = None
) -> list[Tag]:
    """Tags that should say something else by now; they count as put on."""
    stay = await places.stay(session, chat_id)
    if stay is None or "can_manage_tags" not in stay.rights:
        return []
    found = []
    for member, short in await presence.organisations(session, chat_id, numbers):
        text = tag(short)
        if member.tag != text:
            member.tag = text
            found.append(Tag(chat_id, member.telegram_id, text))
    return found


def tag(short: str) -> str:
    """An organisation's short name, as far as it fits."""
    name = tidy(short)
    if len(name) <= TAG_LIMIT:
        return name
    words = name[: TAG_LIMIT + 1].rpartition(" ")[0]
    return (words or name[:TAG_LIMIT]).rstrip(" ,;-–&")

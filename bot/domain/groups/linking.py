"""Which group is whose: a pillar's working group meets in a group of Telegram, or in one topic.

We are told when somebody adds us, and which rights we get; the rest is asked of Telegram outside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.people import tidy
from bot.domain.refusals import Gone, NotAllowed, Refusal
from bot.domain.rights import Action
from storage import audit, chats, people, pillars
from storage.groups import membership, places
from storage.groups.chats import GroupChat, Health, Stay
from storage.people import Person, RoleName
from storage.pillars import Pillar

NEEDED = ("can_invite_users", "can_restrict_members", "can_pin_messages")
IN_SUPERGROUPS = ("can_manage_tags",)
IN_FORUMS = ("can_manage_topics",)
PATIENCE = timedelta(days=1)  # with a group that nobody links
LOOK_EVERY = timedelta(days=1)


@dataclass(eq=False)
class LinkedAlready(Refusal):
    """The group, or its topic, is that of a pillar."""

    pillar: str


@dataclass(eq=False)
class HasGroup(Refusal):
    """The pillar meets somewhere already."""

    title: str


class NotThere(Refusal):
    """Only somebody who is in a group may link it."""


@dataclass(frozen=True)
class Seen:
    """How Telegram describes a group and our place in it."""

    chat_id: int
    title: str
    is_super: bool
    is_forum: bool
    is_there: bool
    rights: Sequence[str]
    added_by: int | None = None


@dataclass(frozen=True)
class News:
    """`came`: we are there and were not. `changed` are groups whose health is another now."""

    stay: Stay
    came: bool
    changed: Sequence[GroupChat]


async def notice(session: AsyncSession, seen: Seen, now: datetime) -> News:
    """Take down how it is there now."""
    stay = await places.stay(session, seen.chat_id, lock=True)
    came = seen.is_there and (stay is None or stay.until is not None)
    if stay is None:
        stay = Stay(chat_id=seen.chat_id, since=now)
        session.add(stay)
    if came:
        stay.since, stay.added_by = now, seen.added_by
    stay.title = tidy(seen.title) or stay.title
    stay.is_super, stay.is_forum = seen.is_super, seen.is_forum
    stay.rights = [*seen.rights]
    stay.until = None if seen.is_there else stay.until or now
    await session.flush()
    changed = [each for each in await places.of_chat(session, seen.chat_id) if _judge(each, stay)]
    return News(stay, came, changed)


def wanted(stay: Stay) -> list[str]:
    """The rights that we need in such a group, as Telegram names them."""
    names = [*NEEDED]
    if stay.is_super:
        names += IN_SUPERGROUPS
    if stay.is_forum:
        names += IN_FORUMS
    return names


def _judge(group: GroupChat, stay: Stay) -> bool:
    """Returns whether it is otherwise than before."""
    lacks = [right for right in wanted(stay) if right not in stay.rights]
    health = Health.LACKING if lacks else Health.READY
    if stay.until is not None:
        health, lacks = Health.LOST, []
    before = (group.health, group.lacks)
    group.health, group.lacks, group.title = health, lacks, stay.title
    return before != (health, lacks)


async def to_choose(session: AsyncSession, me: Person, now: datetime) -> list[Pillar]:
    """The pillars whose group they may set up, those without one first.

    Raises `NotAllowed` when there are none.
    """
    taken = {group.pillar_id for group in await places.linked(session)}
    found = [
        pillar
        for pillar in await pillars.standing(session, now)
        if await rights.may(session, me, Action.RUN_PILLAR, now, pillar_id=pillar.key)
    ]
    if not found:
        raise NotAllowed
    return sorted(found, key=lambda pillar: pillar.key in taken)


async def check(
    session: AsyncSession, me: Person, chat_id: int, thread_id: int, pillar_id: int, now: datetime
) -> Stay:
    """Raises `Gone`, `NotAllowed`, `LinkedAlready`, `HasGroup`."""
    await rights.require(session, me, Action.RUN_PILLAR, now, pillar_id=pillar_id)
    stay = await places.stay(session, chat_id, lock=True)
    pillar = await pillars.find(session, pillar_id, lock=True)
    if stay is None or stay.until is not None or pillar is None:
        raise Gone
    if pillar.until is not None and pillar.until <= now:
        raise Gone
    for group in await places.of_chat(session, chat_id):
        if thread_id in (0, group.thread_id) or group.thread_id == 0:
            other = await pillars.find(session, group.pillar_id)
            assert other is not None
            raise LinkedAlready(other.name_in(me.language))
    has = await places.of_pillar(session, pillar_id)
    if has is not None:
        raise HasGroup(has.title)
    return stay


async def link(
    session: AsyncSession,
    me: Person,
    chat_id: int,
    thread_id: int,
    pillar_id: int,
    now: datetime,
    *,
    invite_link: str,
) -> GroupChat:
    """Raises what `check` does: something may have happened since."""
    stay = await check(session, me, chat_id, thread_id, pillar_id, now)
    group = GroupChat(
        chat_id=chat_id,
        thread_id=thread_id,
        pillar_id=pillar_id,
        invite_link=invite_link,
        linked_at=now,
        linked_by=me.key,
        checked_at=now,
    )
    _judge(group, stay)
    session.add(group)
    await session.flush()
    await audit.record(session, me.key, "link_group", f"pillar:{pillar_id}", now, chat=chat_id)
    return group


async def mine(
    session: AsyncSession, me: Person, group_id: int, now: datetime, *, lock: bool = False
) -> GroupChat:
    """A linked group that they run. Raises `Gone`, `NotAllowed`."""
    group = await places.find(session, group_id, lock=lock)
    if group is None or group.until is not None:
        raise Gone
    await rights.require(session, me, Action.RUN_PILLAR, now, pillar_id=group.pillar_id)
    return group


async def unlink(
    session: AsyncSession, me: Person, group_id: int, now: datetime
) -> tuple[GroupChat, str]:
    """The group, and the link to it that has served. We stay there a day longer, for somebody
    else to link it. Raises `Gone`, `NotAllowed`."""
    group = await mine(session, me, group_id, now, lock=True)
    url, group.invite_link, group.until = group.invite_link, "", now
    stay = await places.stay(session, group.chat_id, lock=True)
    if stay is not None:
        stay.since = now
    subject = f"pillar:{group.pillar_id}"
    await audit.record(session, me.key, "unlink_group", subject, now, chat=group.chat_id)
    return group, url


async def checked(
    session: AsyncSession, group_id: int, invite_link: str, now: datetime
) -> GroupChat | None:
    """We have looked; None when it has been unlinked meanwhile."""
    group = await places.find(session, group_id, lock=True)
    if group is None or group.until is not None:
        return None
    group.invite_link, group.checked_at = invite_link, now
    return group


async def to_leave(session: AsyncSession, now: datetime) -> Sequence[Stay]:
    """Groups where we have been for a day and that nobody has linked; we are gone from now on."""
    idle = await places.idle(session, now - PATIENCE)
    for stay in idle:
        stay.until = now
    return idle


async def to_check(session: AsyncSession, now: datetime) -> Sequence[GroupChat]:
    """Each once a day, and those of which we have reason to doubt."""
    due = await places.unchecked(session, now - LOOK_EVERY)
    for group in due:
        group.checked_at = now
    return due


async def move(session: AsyncSession, old: int, new: int, now: datetime) -> None:
    """The group has another id. Doing it twice is as good as once."""
    await chats.move(session, old, new)
    await places.move(session, old, new)
    before = await places.stay(session, old, lock=True)
    if before is None or before.until is not None:
        return
    before.until = now
    if await places.stay(session, new) is None:
        session.add(
            Stay(
                chat_id=new,
                title=before.title,
                is_super=True,
                rights=before.rights,
                added_by=before.added_by,
                since=before.since,
            )
        )
    await places.doubt(session, new)


async def in_charge(session: AsyncSession, pillar_id: int, now: datetime) -> list[Person]:
    """The guarantors who can be written to; where there are none, the managers."""
    led = [who for _, who in await membership.leaders(session, pillar_id, now) if who.reachable]
    return led or [*await people.holders(session, RoleName.MANAGER, now)]


async def to_be_told(session: AsyncSession, pillar_id: int, now: datetime) -> list[Person]:
    """Whoever should hear that something is wrong with the group: the managers, too."""
    managers = await people.holders(session, RoleName.MANAGER, now)
    both = [*await in_charge(session, pillar_id, now), *managers]
    return list({who.key: who for who in both}.values())

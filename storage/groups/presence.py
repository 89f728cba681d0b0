"""Who is in a group today, and who belongs there."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import and_, col, delete, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.groups.chats import GroupChange, GroupMember, JoinRequest
from storage.groups.members import PillarMember
from storage.organisations import Organisation
from storage.people import Person, Role, RoleName

PRESENT = ("creator", "administrator", "member", "restricted")
RULED = ("member", "restricted")  # may be removed, and given a tag
LEADING = (RoleName.GUARANTOR, RoleName.TECHNICAL_GUARANTOR)
TEAM = (RoleName.ASSISTANT, RoleName.MANAGER)


async def find(session: AsyncSession, chat_id: int, telegram_id: int) -> GroupMember | None:
    return await session.get(GroupMember, (chat_id, telegram_id))


async def present(
    session: AsyncSession, chat_id: int, *, after: int = 0, limit: int = 1_000_000
) -> Sequence[GroupMember]:
    """By their numbers."""
    query = select(GroupMember).where(
        GroupMember.chat_id == chat_id,
        col(GroupMember.status).in_(PRESENT),
        GroupMember.telegram_id > after,
    )
    return (await session.exec(query.order_by(col(GroupMember.telegram_id)).limit(limit))).all()


async def count(session: AsyncSession, chat_id: int) -> int:
    query = select(func.count()).select_from(GroupMember)
    there = query.where(GroupMember.chat_id == chat_id, col(GroupMember.status).in_(PRESENT))
    return (await session.exec(there)).one()


async def chats_of(session: AsyncSession, telegram_id: int) -> Sequence[int]:
    """The groups in which somebody is."""
    query = select(GroupMember.chat_id).where(
        GroupMember.telegram_id == telegram_id, col(GroupMember.status).in_(PRESENT)
    )
    return (await session.exec(query)).all()


async def known_to(
    session: AsyncSession, chat_id: int, pillars: Collection[int], *, after: int, limit: int
) -> Sequence[int]:
    """Telegram's numbers of those who are there and of those in the pillars, in order."""
    there = select(GroupMember.telegram_id).where(
        GroupMember.chat_id == chat_id, GroupMember.telegram_id > after
    )
    ours = (
        select(col(Person.telegram_id))
        .join(PillarMember, col(PillarMember.person_id) == Person.id)
        .where(
            col(PillarMember.pillar_id).in_(pillars),
            col(PillarMember.until).is_(None),
            col(Person.telegram_id) > after,
        )
    )
    found = there.union(ours).order_by("telegram_id").limit(limit)
    rows = await (await session.connection()).execute(found)
    return [number for (number,) in rows]


async def belonging(
    session: AsyncSession, pillars: Collection[int], numbers: Collection[int], now: datetime
) -> set[int]:
    """Those of these numbers who are in one of the pillars, lead it, or are of the team."""
    mine = and_(
        col(PillarMember.person_id) == col(Person.id),
        col(PillarMember.pillar_id).in_(pillars),
        col(PillarMember.until).is_(None),
    )
    leads = and_(
        col(Role.person_id) == col(Person.id),
        Role.since <= now,
        or_(col(Role.until).is_(None), col(Role.until) > now),
        or_(
            col(Role.name).in_(TEAM),
            and_(col(Role.name).in_(LEADING), col(Role.pillar_id).in_(pillars)),
        ),
    )
    query = select(Person.telegram_id).where(
        col(Person.telegram_id).in_(numbers),
        or_(
            select(PillarMember.id).where(mine).exists(),
            select(Role.id).where(leads).exists(),
        ),
    )
    return {number for number in (await session.exec(query)).all() if number is not None}


async def invited(session: AsyncSession, chat_id: int, numbers: Collection[int]) -> set[int]:
    """Those of these numbers whom a person has let in there."""
    query = select(JoinRequest.telegram_id).where(
        JoinRequest.chat_id == chat_id,
        col(JoinRequest.telegram_id).in_(numbers),
        col(JoinRequest.granted).is_(True),
        col(JoinRequest.decided_by).is_not(None),
    )
    return set((await session.exec(query)).all())


async def organisations(
    session: AsyncSession, chat_id: int, numbers: Collection[int] | None = None
) -> Sequence[tuple[GroupMember, str]]:
    """Those there who can have a tag, with the short name of their organisation or nothing."""
    verified = and_(
        col(Organisation.id) == col(Person.organisation_id), col(Person.verified_at).is_not(None)
    )
    query = (
        select(GroupMember, func.coalesce(Organisation.short, ""))
        .outerjoin(Person, col(Person.telegram_id) == col(GroupMember.telegram_id))
        .outerjoin(Organisation, verified)
        .where(GroupMember.chat_id == chat_id, col(GroupMember.status).in_(RULED))
    )
    if numbers is not None:
        query = query.where(col(GroupMember.telegram_id).in_(numbers))
    return (await session.exec(query.order_by(col(GroupMember.telegram_id)))).all()


async def of_person(session: AsyncSession, telegram_id: int) -> Sequence[GroupMember]:
    query = select(GroupMember).where(GroupMember.telegram_id == telegram_id)
    return (await session.exec(query)).all()


async def changes_of(session: AsyncSession, telegram_id: int) -> Sequence[GroupChange]:
    query = select(GroupChange).where(GroupChange.telegram_id == telegram_id)
    return (await session.exec(query.order_by(col(GroupChange.id)))).all()


async def forget(session: AsyncSession, telegram_id: int) -> None:
    for table in (GroupMember, GroupChange):
        await session.exec(delete(table).where(col(table.telegram_id) == telegram_id))


async def prune(session: AsyncSession, before: datetime) -> None:
    await session.exec(delete(GroupChange).where(col(GroupChange.changed_at) < before))


async def absent(session: AsyncSession, chat_id: int, pillar_id: int) -> int:
    """How many people of the pillar are not there."""
    there = and_(
        col(GroupMember.chat_id) == chat_id,
        col(GroupMember.telegram_id) == col(Person.telegram_id),
        col(GroupMember.status).in_(PRESENT),
    )
    query = (
        select(func.count())
        .select_from(PillarMember)
        .join(Person, col(Person.id) == col(PillarMember.person_id))
        .outerjoin(GroupMember, there)
        .where(
            PillarMember.pillar_id == pillar_id,
            col(PillarMember.until).is_(None),
            col(GroupMember.telegram_id).is_(None),
        )
    )
    return (await session.exec(query)).one()

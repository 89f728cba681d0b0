"""Who stands at the door of a group, and who should go through it."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import and_, bindparam, col, delete, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.groups.chats import Departure, GroupChat, GroupMember, JoinRequest, Reconciliation

OPEN_REQUEST = select(JoinRequest).where(
    col(JoinRequest.chat_id) == bindparam("chat_id"),
    col(JoinRequest.telegram_id) == bindparam("telegram_id"),
    col(JoinRequest.decided_at).is_(None),
)
LISTED = col(Departure.decided_at).is_(None)


async def request(
    session: AsyncSession, request_id: int, *, lock: bool = False
) -> JoinRequest | None:
    return await session.get(JoinRequest, request_id, with_for_update=lock, populate_existing=lock)


async def open_request(
    session: AsyncSession, chat_id: int, telegram_id: int
) -> JoinRequest | None:
    values = {"chat_id": chat_id, "telegram_id": telegram_id}
    return (await session.exec(OPEN_REQUEST, params=values)).first()


async def waiting(session: AsyncSession, pillar_id: int | None = None) -> Sequence[JoinRequest]:
    """Undecided requests, the oldest first."""
    query = select(JoinRequest).where(col(JoinRequest.decided_at).is_(None))
    if pillar_id is not None:
        query = query.where(JoinRequest.pillar_id == pillar_id)
    return (await session.exec(query.order_by(col(JoinRequest.id)))).all()


async def requests_of(session: AsyncSession, telegram_id: int) -> Sequence[JoinRequest]:
    query = select(JoinRequest).where(JoinRequest.telegram_id == telegram_id)
    return (await session.exec(query.order_by(col(JoinRequest.id)))).all()


async def departure(
    session: AsyncSession, departure_id: int, *, lock: bool = False
) -> Departure | None:
    return await session.get(Departure, departure_id, with_for_update=lock, populate_existing=lock)


async def listed(session: AsyncSession, chat_id: int, telegram_id: int) -> Departure | None:
    query = select(Departure).where(
        Departure.chat_id == chat_id, Departure.telegram_id == telegram_id, LISTED
    )
    return (await session.exec(query)).first()


async def leaving(
    session: AsyncSession, pillar_id: int | None = None
) -> Sequence[tuple[Departure, str]]:
    """Those to be decided on, with the names that Telegram gave them."""
    there = and_(
        col(GroupMember.chat_id) == col(Departure.chat_id),
        col(GroupMember.telegram_id) == col(Departure.telegram_id),
    )
    query = select(Departure, GroupMember.name).join(GroupMember, there).where(LISTED)
    if pillar_id is not None:
        query = query.where(Departure.pillar_id == pillar_id)
    return (await session.exec(query.order_by(col(Departure.id)))).all()


async def departures_of(session: AsyncSession, telegram_id: int) -> Sequence[Departure]:
    query = select(Departure).where(Departure.telegram_id == telegram_id)
    return (await session.exec(query.order_by(col(Departure.id)))).all()


async def forget(session: AsyncSession, telegram_id: int) -> None:
    for table in (JoinRequest, Departure):
        await session.exec(delete(table).where(col(table.telegram_id) == telegram_id))


async def prune(session: AsyncSession, before: datetime) -> None:
    """Whom a person has let in stays known: they belong there."""
    old = delete(JoinRequest).where(col(JoinRequest.decided_at) < before)
    by_rule = or_(col(JoinRequest.granted).is_(False), col(JoinRequest.decided_by).is_(None))
    await session.exec(old.where(by_rule))
    await session.exec(delete(Departure).where(col(Departure.decided_at) < before))


async def last_look(session: AsyncSession, group_id: int) -> Reconciliation | None:
    query = select(Reconciliation).where(Reconciliation.group_id == group_id)
    return (await session.exec(query.order_by(col(Reconciliation.id).desc()))).first()


async def to_look_at(session: AsyncSession, before: datetime) -> Sequence[GroupChat]:
    """Linked groups whose people have not been looked at since then."""
    looked = and_(
        col(Reconciliation.group_id) == col(GroupChat.id), Reconciliation.looked_at >= before
    )
    query = select(GroupChat).where(
        col(GroupChat.until).is_(None),
        GroupChat.linked_at < before,
        ~select(Reconciliation.id).where(looked).exists(),
    )
    return (await session.exec(query.order_by(col(GroupChat.id)))).all()

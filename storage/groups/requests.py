"""Guests who would like to be in a pillar: who waits, and how it was decided."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.groups.members import PillarRequest
from storage.people import Person

WAITS = col(PillarRequest.decided_at).is_(None)


async def find(
    session: AsyncSession, request_id: int, *, lock: bool = False
) -> PillarRequest | None:
    return await session.get(
        PillarRequest, request_id, with_for_update=lock, populate_existing=lock
    )


async def open_of(session: AsyncSession, pillar_id: int, person_id: int) -> PillarRequest | None:
    query = select(PillarRequest).where(
        PillarRequest.pillar_id == pillar_id, PillarRequest.person_id == person_id, WAITS
    )
    return (await session.exec(query)).first()


async def of_person(session: AsyncSession, person_id: int) -> Sequence[PillarRequest]:
    """Decided or not, the last one first."""
    query = select(PillarRequest).where(PillarRequest.person_id == person_id)
    return (await session.exec(query.order_by(col(PillarRequest.id).desc()))).all()


async def waiting(session: AsyncSession, pillar_id: int) -> Sequence[tuple[PillarRequest, Person]]:
    """Whoever has waited longest comes first."""
    query = (
        select(PillarRequest, Person)
        .join(Person, col(Person.id) == PillarRequest.person_id)
        .where(PillarRequest.pillar_id == pillar_id, WAITS)
        .order_by(col(PillarRequest.id))
    )
    return (await session.exec(query)).all()


async def count_waiting(session: AsyncSession, pillar_id: int) -> int:
    query = select(func.count()).select_from(PillarRequest)
    return (await session.exec(query.where(PillarRequest.pillar_id == pillar_id, WAITS))).one()


async def overdue(session: AsyncSession, before: datetime) -> Sequence[PillarRequest]:
    """Asked before then, not decided and not yet handed on, locked."""
    query = select(PillarRequest).where(
        WAITS, col(PillarRequest.handed_on_at).is_(None), PillarRequest.asked_at <= before
    )
    return (await session.exec(query.order_by(col(PillarRequest.id)).with_for_update())).all()


async def prune(session: AsyncSession, before: datetime) -> None:
    """Those decided before then."""
    await session.exec(delete(PillarRequest).where(col(PillarRequest.decided_at) < before))

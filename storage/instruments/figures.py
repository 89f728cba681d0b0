"""Numbers about the equipment: how much of it there is, and what is asked for."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.instruments.enquiries import Enquiry
from storage.instruments.records import Category, Condition, Instrument, InstrumentPillar
from storage.instruments.searches import Missed


async def by_condition(session: AsyncSession) -> dict[Condition, int]:
    query = select(Instrument.condition, func.count()).group_by(col(Instrument.condition))
    return {Condition(each): n for each, n in (await session.exec(query)).all()}


async def by_category(session: AsyncSession) -> dict[Category, int]:
    """Without what is hidden, as everything below."""
    query = select(Instrument.category, func.count()).where(
        col(Instrument.condition) != Condition.HIDDEN
    )
    found = await session.exec(query.group_by(col(Instrument.category)))
    return {Category(each): number for each, number in found.all()}


async def by_owner(session: AsyncSession) -> dict[int | None, int]:
    """None: of nobody of ours."""
    query = select(Instrument.organisation_id, func.count()).where(
        col(Instrument.condition) != Condition.HIDDEN
    )
    return dict((await session.exec(query.group_by(col(Instrument.organisation_id)))).all())


async def by_pillar(session: AsyncSession) -> dict[int, int]:
    query = (
        select(InstrumentPillar.pillar_id, func.count())
        .join(Instrument, col(Instrument.id) == InstrumentPillar.instrument_id)
        .where(col(Instrument.condition) != Condition.HIDDEN)
        .group_by(col(InstrumentPillar.pillar_id))
    )
    return dict((await session.exec(query)).all())


async def enquiries_since(session: AsyncSession, since: datetime) -> Sequence[Enquiry]:
    query = select(Enquiry).where(col(Enquiry.asked_at) >= since).order_by(col(Enquiry.asked_at))
    return (await session.exec(query)).all()


async def missed(session: AsyncSession, missed_id: int) -> Missed | None:
    return await session.get(Missed, missed_id)

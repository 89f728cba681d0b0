"""What equipment there is among the members, for members."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from storage import instruments as store
from storage.instruments import Category, Instrument
from storage.people import Person


async def categories(session: AsyncSession, me: Person, now: datetime) -> dict[Category, int]:
    """Categories in their own order, each with the number of its instruments."""
    await rights.require(session, me, Action.SEE_MEMBERS, now)
    counts = await store.categories(session)
    return {category: counts[category] for category in Category if category in counts}


async def of_category(
    session: AsyncSession, category: Category, me: Person, now: datetime
) -> Sequence[Instrument]:
    await rights.require(session, me, Action.SEE_MEMBERS, now)
    return await store.of_category(session, category)


async def card(session: AsyncSession, instrument_id: int, me: Person, now: datetime) -> Instrument:
    await rights.require(session, me, Action.SEE_MEMBERS, now)
    instrument = await store.find(session, instrument_id)
    if instrument is None:
        raise Gone
    return instrument

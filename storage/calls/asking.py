"""Whom we may ask for calls, and about which sources we know."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.sources import AllowedHost, Source


async def all_sources(session: AsyncSession) -> Sequence[Source]:
    return (await session.exec(select(Source).order_by(col(Source.id)))).all()


async def hosts(session: AsyncSession) -> frozenset[str]:
    """Those that may be asked, for `bot.sources.fetching.Request.allowed`."""
    return frozenset((await session.exec(select(AllowedHost.host))).all())

"""PostgreSQL's way to tell the other replicas that there is something to do: a hint, no more."""

import asyncio
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import normal

CHANNEL = "paprsek"
RING: Any = sa.select(sa.func.pg_notify(CHANNEL, sa.bindparam("word")))


async def ring(session: AsyncSession, word: str) -> None:
    """Heard by all who listen, once this has committed."""
    await session.exec(RING, params={"word": word})


async def listen(url: str, heard: Callable[[str], None]) -> None:
    """Until the connection is lost. Raises what connecting raises."""
    engine = create_async_engine(normal(url), poolclass=NullPool)
    lost = asyncio.Event()
    try:
        async with engine.connect() as connection:
            raw: Any = (await connection.get_raw_connection()).driver_connection
            raw.add_termination_listener(lambda _: lost.set())
            await raw.add_listener(CHANNEL, lambda *told: heard(told[-1]))
            await lost.wait()
    finally:
        await engine.dispose()

"""Leases: who holds an office among several replicas, and whether they still do.

Only on PostgreSQL. All times are the database's own, so no replica's clock decides anything.
"""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import UniqueConstraint, func, update
from sqlalchemy.dialects import postgresql
from sqlmodel import Field, SQLModel, bindparam
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment

TTL = timedelta(seconds=15)
FROM_NOW: Any = func.clock_timestamp() + sa.literal(TTL, sa.Interval)


class Lease(SQLModel, table=True):
    """`term` grows by one with every new holder. It is part of a key so that a renewal, which
    leaves it alone, need not wait for what is being written under it, and a new holder must."""

    __table_args__ = (UniqueConstraint("name", "term"),)

    name: str = Field(primary_key=True)
    term: int = 0
    holder: int | None = None
    expires_at: datetime = Field(sa_type=Moment)


TABLE = Lease.__table__  # type: ignore[attr-defined]
NAMED = TABLE.c.name == bindparam("named")
OF_TERM = sa.and_(NAMED, TABLE.c.term == bindparam("at_term"))
OFFER = (
    postgresql.insert(TABLE)
    .values(name=bindparam("named"), term=0, expires_at=func.clock_timestamp())
    .on_conflict_do_nothing()
)
FREE: Any = (
    sa.select(TABLE.c.term)
    .where(NAMED, TABLE.c.expires_at <= func.clock_timestamp())
    .with_for_update(skip_locked=True)
)
TAKE = (
    update(TABLE)
    .where(OF_TERM)
    .values(term=TABLE.c.term + 1, holder=bindparam("by"), expires_at=FROM_NOW)
)
LEFT: Any = sa.select(
    sa.extract("epoch", TABLE.c.expires_at - func.clock_timestamp()).cast(sa.Float)
).where(NAMED)
RENEW = update(TABLE).where(OF_TERM).values(expires_at=FROM_NOW)
RELEASE = update(TABLE).where(OF_TERM).values(expires_at=func.clock_timestamp())
# Whoever stops in the middle of a transaction must not keep others from taking over for long.
HURRY = func.set_config("idle_in_transaction_session_timeout", "10000", True)
FENCE: Any = (
    sa.select(TABLE.c.term, HURRY).where(OF_TERM).with_for_update(read=True, key_share=True)
)


async def take(session: AsyncSession, name: str, holder: int) -> int | None:
    """The new term, or None while somebody else holds it or still writes under the old one."""
    await session.exec(OFFER, params={"named": name})
    free = (await session.exec(FREE, params={"named": name})).first()
    if free is None:
        return None
    await session.exec(TAKE, params={"named": name, "at_term": free[0], "by": holder})
    return int(free[0]) + 1


async def left(session: AsyncSession, name: str) -> float:
    """Seconds for which somebody holds it, unless they renew it; negative when it is over."""
    return float((await session.exec(LEFT, params={"named": name})).one()[0])


async def renew(session: AsyncSession, name: str, term: int) -> bool:
    """False when somebody else has it by now."""
    return (await session.exec(RENEW, params={"named": name, "at_term": term})).rowcount == 1


async def release(session: AsyncSession, name: str, term: int) -> None:
    await session.exec(RELEASE, params={"named": name, "at_term": term})


async def fence(session: AsyncSession, name: str, term: int) -> bool:
    """Whether it is still held for this term; if so, it stays until the transaction has ended."""
    return (await session.exec(FENCE, params={"named": name, "at_term": term})).first() is not None

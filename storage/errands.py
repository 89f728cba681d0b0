"""Work for the network or the processor: promised in a transaction, done outside any."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import text
from sqlmodel import JSON, Field, Index, SQLModel, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment


class State(IntEnum):
    WAITING = 0
    DONE = 2
    DEAD = 3


class Errand(SQLModel, table=True):
    __table_args__ = (
        Index(
            "ix_errand_waiting",
            "id",
            sqlite_where=text("state = 0"),
            postgresql_where=text("state = 0"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    state: int = State.WAITING
    attempts: int = 0
    not_before: datetime = Field(sa_type=Moment)
    error: str | None = None
    created_at: datetime = Field(sa_type=Moment)


async def promise(
    session: AsyncSession,
    kind: str,
    facts: dict[str, Any],
    now: datetime,
    not_before: datetime | None = None,
) -> Errand:
    errand = Errand(kind=kind, facts=facts, not_before=not_before or now, created_at=now)
    session.add(errand)
    await session.flush()
    return errand


async def call_off(session: AsyncSession, kind: str, facts: dict[str, Any]) -> None:
    """What waits of this need not be done any more."""
    waiting = select(Errand).where(Errand.state == State.WAITING, Errand.kind == kind)
    for errand in await session.exec(waiting):
        if errand.facts == facts:
            errand.state = State.DONE


async def due(
    session: AsyncSession, now: datetime, busy: Collection[str] = (), limit: int = 20
) -> Sequence[Errand]:
    """The oldest, of kinds that are not `busy`."""
    query = select(Errand).where(Errand.state == State.WAITING, Errand.not_before <= now)
    if busy:
        query = query.where(col(Errand.kind).not_in(busy))
    return (await session.exec(query.order_by(col(Errand.id)).limit(limit))).all()


async def find(session: AsyncSession, errand_id: int) -> Errand | None:
    return await session.get(Errand, errand_id, with_for_update=True)


async def prune(session: AsyncSession, before: datetime) -> None:
    done = col(Errand.state) == State.DONE
    await session.exec(delete(Errand).where(done, col(Errand.created_at) < before))

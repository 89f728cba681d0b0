"""What people with power did: rows that are only ever added."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import JSON, Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment


class Audit(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Moment, index=True)
    actor_id: int = Field(foreign_key="person.id", index=True)
    action: str
    subject: str  # a kind and an id, such as `event:12`
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


async def of_actor(session: AsyncSession, actor_id: int) -> Sequence[Audit]:
    query = select(Audit).where(Audit.actor_id == actor_id).order_by(col(Audit.id))
    return (await session.exec(query)).all()


async def record(
    session: AsyncSession, actor_id: int, action: str, subject: str, now: datetime, **details: Any
) -> None:
    session.add(Audit(at=now, actor_id=actor_id, action=action, subject=subject, details=details))

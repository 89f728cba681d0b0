"""Until when Telegram has told us not to send, so that a restart does not forget it."""

from datetime import datetime

from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment


class SendGate(SQLModel, table=True):
    __tablename__ = "send_gate"

    scope: str = Field(primary_key=True)
    open_at: datetime = Field(sa_type=Moment)


async def close(session: AsyncSession, scope: str, open_at: datetime) -> None:
    await session.merge(SendGate(scope=scope, open_at=open_at))


async def opens(session: AsyncSession, scope: str) -> datetime | None:
    gate = await session.get(SendGate, scope)
    return gate.open_at if gate else None

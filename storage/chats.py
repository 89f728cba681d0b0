"""What happens to a chat changes what is still owed to it."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.outbox import Outbox, State


async def withdraw(session: AsyncSession, chat_id: int, why: str, now: datetime) -> None:
    waits = update(Outbox).where(
        col(Outbox.chat_id) == chat_id, col(Outbox.state) == State.PENDING
    )
    await session.exec(waits.values(state=State.WITHDRAWN, error=why, settled_at=now))


async def restore(session: AsyncSession, chat_id: int, why: str, since: datetime) -> None:
    """Give back what was withdrawn for that reason since then; the expired fails by itself."""
    gone = update(Outbox).where(
        col(Outbox.chat_id) == chat_id,
        col(Outbox.state) == State.WITHDRAWN,
        col(Outbox.error) == why,
        col(Outbox.settled_at) >= since,
    )
    await session.exec(gone.values(state=State.PENDING, error=None, settled_at=None))


async def move(session: AsyncSession, old: int, new: int) -> None:
    """A group became a supergroup and has another id now."""
    await session.exec(update(Outbox).where(col(Outbox.chat_id) == old).values(chat_id=new))

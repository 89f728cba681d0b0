"""How long we keep what has served its purpose."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import drafts, errands, files, inbox, outbox

LETTERS = timedelta(days=30)  # what people wrote to us and what we wrote to them
FILES = timedelta(days=2)  # made for one message; Telegram keeps it from then on
DRAFTS = timedelta(days=7)  # half-filled forms


async def prune(session: AsyncSession, now: datetime) -> None:
    await inbox.prune(session, now - LETTERS)
    await outbox.prune(session, now - LETTERS)
    await errands.prune(session, now - LETTERS)
    await files.prune(session, now - FILES)
    await drafts.prune(session, now - DRAFTS)

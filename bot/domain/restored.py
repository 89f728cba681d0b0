"""The database was put back from a copy: a manager says whether what waited is sent.

Nobody can tell what has left since the copy was made: Telegram does not say what it delivered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import desk, rights
from bot.domain.rights import Action
from storage import audit
from storage import restored as store
from storage.people import Person


@dataclass(frozen=True)
class Restored:
    copied_at: datetime | None
    messages: int  # that may have been sent since
    managers: Sequence[Person]


async def begin(session: AsyncSession, now: datetime) -> Restored | None:
    """Once after each restore, when everything that is due has been owed; None: there was none."""
    if not await store.is_marked(session):
        return None
    copied_at = await store.copied_at(session)
    messages = await store.hold(session, now)
    return Restored(copied_at, messages, await desk.managers(session, now))


async def settle(session: AsyncSession, who: Person, now: datetime, *, send: bool) -> int:
    """Returns how many there were; 0 when somebody has decided already."""
    await rights.require(session, who, Action.SEND_ANNOUNCEMENT, now)
    messages = await store.resting(session)
    if messages:
        await (store.send(session) if send else store.drop(session, now))
        action = "restored.send" if send else "restored.drop"
        await audit.record(session, who.key, action, "outbox", now, messages=messages)
    return messages

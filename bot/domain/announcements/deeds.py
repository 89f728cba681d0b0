"""What was done with an announcement and by whom, for the audit."""

from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import audit
from storage.announcements import Announcement
from storage.people import Person


async def record(
    session: AsyncSession,
    deed: str,
    announcement: Announcement,
    who: Person,
    now: datetime,
    **details: Any,
) -> None:
    """Of what is urgent, the reason too."""
    why = {} if announcement.urgent is None else {"urgent": announcement.urgent}
    subject, action = f"announcement:{announcement.key}", f"announcement.{deed}"
    await audit.record(session, who.key, action, subject, now, **details, **why)

"""Whoever changes their organisation gets another tag in the groups in which they are."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import errands
from storage.groups import presence
from storage.people import Person


async def follow(session: AsyncSession, person: Person, now: datetime) -> None:
    """Their organisation has just become another one, or none."""
    number = person.telegram_id
    if number is not None and await presence.chats_of(session, number):
        await errands.promise(session, "groups.tags", {"telegram_id": number}, now)

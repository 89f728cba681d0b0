"""What the manager needs to see first, and who the managers are."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.rights import Action
from storage import confirmations, people, workshops
from storage.calls import desk as calls
from storage.people import Person, RoleName


@dataclass(frozen=True)
class Overview:
    coming: int  # events that have not begun
    waiting: int  # people who asked to be confirmed as members
    calls: int  # new ones that wait for a yes


async def managers(session: AsyncSession, now: datetime) -> list[Person]:
    """Those who can be written to by name; one who was only configured has none yet."""
    found = await people.holders(session, RoleName.MANAGER, now)
    return [person for person in found if person.first_name or person.username]


async def overview(session: AsyncSession, me: Person, now: datetime) -> Overview:
    await rights.require(session, me, Action.OPEN_ADMIN, now)
    coming = await workshops.coming(session, now)
    waiting = await confirmations.count_waiting(session)
    return Overview(len(coming), waiting, await calls.waiting(session))

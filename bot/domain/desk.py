"""What the team needs to see first, and who the managers are."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.rights import Action
from bot.domain.working_days import is_working
from storage import people, waiting, workshops
from storage.people import Person, RoleName
from storage.waiting import Waiting

SILENT = timedelta(days=2)  # after which an enquiry without an answer is the team's concern, too
MORNING, NOON = (7, 45), (10, 0)  # where the cluster is; later than noon it is no morning card
MONDAY = 0


@dataclass(frozen=True)
class Overview:
    coming: int  # events that have not begun
    waiting: Waiting


async def managers(session: AsyncSession, now: datetime) -> list[Person]:
    """Those who can be written to by name; one who was only configured has none yet."""
    found = await people.holders(session, RoleName.MANAGER, now)
    return [person for person in found if person.first_name or person.username]


async def overview(session: AsyncSession, me: Person, now: datetime) -> Overview:
    await rights.require(session, me, Action.OPEN_ADMIN, now)
    coming = await workshops.coming(session, now)
    return Overview(len(coming), await waiting.for_the_team(session, now, now - SILENT))


def is_morning(now: datetime, zone: tzinfo) -> bool:
    local = now.astimezone(zone)
    return is_working(local.date()) and MORNING <= (local.hour, local.minute) < NOON


def is_worth_a_card(found: Overview, now: datetime, zone: tzinfo) -> bool:
    """A day on which nothing waits begins without one; a week begins with one all the same."""
    return bool(found.waiting) or now.astimezone(zone).weekday() == MONDAY

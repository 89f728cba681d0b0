"""What the team needs to see first, and who the managers are."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.rights import Action
from bot.domain.working_days import DAY, is_working, next_working
from storage import people, settings, waiting, workshops
from storage.people import Person, RoleName
from storage.waiting import Waiting

SILENT = timedelta(days=2)  # after which an enquiry without an answer is the team's concern, too
MORNING, NOON = (7, 45), (10, 0)  # where the cluster is; later than noon it is no morning card
BEGUN = "morning"  # the setting that says which day it was last


@dataclass(frozen=True)
class Morning:
    """`missed`: the bot was away until it was no morning any more."""

    day: date
    missed: bool


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


async def begin_day(session: AsyncSession, zone: tzinfo, now: datetime) -> Morning | None:
    """Once on each working day, when it is time for the cards or too late for them."""
    local = now.astimezone(zone)
    clock = (local.hour, local.minute)
    if not is_working(local.date()) or clock < MORNING:
        return None
    day, last = local.date().isoformat(), await settings.find(session, BEGUN)
    if last == day:
        return None
    await settings.put(session, BEGUN, day)
    missed = clock >= NOON
    return None if missed and last is None else Morning(local.date(), missed)  # the very first


def is_worth_a_card(found: Overview, now: datetime, zone: tzinfo) -> bool:
    """A day on which nothing waits begins without one; a week begins with one all the same."""
    today = now.astimezone(zone).date()
    return bool(found.waiting) or today == next_working(today - today.weekday() * DAY)

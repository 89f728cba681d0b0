"""Last year's event again: a draft with all that was planned, and nobody in it."""

from datetime import UTC, date, datetime, timedelta, tzinfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.rights import Action
from bot.domain.workshops.planning import InPast, locked
from storage.audit import record
from storage.people import Person
from storage.workshops import Part, State, Workshop, twins
from storage.workshops import events as store

WEEK, MONTH = timedelta(weeks=1), timedelta(weeks=4)
YEAR = timedelta(weeks=52)  # the same day of the week
OF_THE_OTHER = ("id", "state", "sequence", "poster_key", "planned_by", "created_at")
TIMES = ("opens_at", "closes_at", "topics_until")


def suggested(first: date, today: date) -> list[date]:
    """The same day of the week: the next that leaves a month to prepare, and in a year."""
    soon = first + WEEK
    while soon < today + MONTH:
        soon += WEEK
    year = first + YEAR
    while year < today + MONTH:
        year += YEAR
    return sorted({soon, year})


async def copy(
    session: AsyncSession, workshop_id: int, me: Person, first: date, now: datetime, zone: tzinfo
) -> int:
    """A draft whose first part is on that day, at the same time of day; its id.

    Raises `Gone` and `InPast`.
    """
    await rights.require(session, me, Action.PLAN_EVENT, now)
    event = await locked(session, workshop_id)
    days = (first - event.starts_at.astimezone(zone).date()).days
    if _moved(event.starts_at, days, zone) <= now:
        raise InPast
    original = await store.row(session, workshop_id)
    assert original is not None
    twin = _twin(original, me, now)
    for name in TIMES:
        setattr(twin, name, _still_to_come(getattr(original, name), days, zone, now))
    session.add(twin)
    await session.flush()
    for slot in event.parts:
        part = await store.part_row(session, slot.id)
        assert part is not None
        session.add(_twin_part(part, twin.key, days, zone))
    await twins.take_along(session, workshop_id, twin.key, now)
    await record(session, me.key, "copy", f"workshop:{twin.key}", now, source=workshop_id)
    return twin.key


def _twin(original: Workshop, me: Person, now: datetime) -> Workshop:
    copied = original.model_dump(exclude=set(OF_THE_OTHER))
    return Workshop(**copied, state=State.DRAFT, planned_by=me.key, created_at=now)


def _twin_part(part: Part, workshop_id: int, days: int, zone: tzinfo) -> Part:
    copied = part.model_dump(exclude={"id", "workshop_id", "starts_at", "ends_at"})
    starts_at, ends_at = (_moved(at, days, zone) for at in (part.starts_at, part.ends_at))
    return Part(**copied, workshop_id=workshop_id, starts_at=starts_at, ends_at=ends_at)


def _still_to_come(at: datetime | None, days: int, zone: tzinfo, now: datetime) -> datetime | None:
    moved = _moved(at, days, zone) if at else None
    return moved if moved and moved > now else None


def _moved(at: datetime, days: int, zone: tzinfo) -> datetime:
    """By whole days on the clocks of the place, so also over the night when they change."""
    return (at.astimezone(zone) + timedelta(days=days)).astimezone(UTC)

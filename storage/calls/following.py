"""Who follows a call, who does not want it, and what they are reminded of."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlmodel import and_, col, delete, exists, func, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.alerts import CallReminder, Interest, Unfit
from storage.calls.bids import Bid
from storage.calls.records import CallPillar, GrantCall
from storage.people import Person
from storage.sqlite import ASIDE

PERSON = Person.__table__  # type: ignore[attr-defined]


async def find(
    session: AsyncSession, person_id: int, call_id: int, *, lock: bool = False
) -> Interest | None:
    key = (person_id, call_id)
    return await session.get(Interest, key, with_for_update=lock, populate_existing=lock)


async def last_days(session: AsyncSession, person_id: int) -> list[int] | None:
    """Those that somebody has last chosen; None where they have never followed anything."""
    query = select(Interest.days).where(Interest.person_id == person_id, col(Interest.following))
    found = (await session.exec(query.order_by(col(Interest.since).desc()).limit(1))).first()
    return None if found is None else list(found)


async def of_person(session: AsyncSession, person_id: int) -> Sequence[Interest]:
    query = select(Interest).where(Interest.person_id == person_id)
    return (await session.exec(query.order_by(col(Interest.since)))).all()


async def dropped_for(
    session: AsyncSession, person_id: int, why: Unfit, limit: int
) -> Sequence[GrantCall]:
    """The calls that were last said not to be for them, for that reason."""
    query = (
        select(GrantCall)
        .join(Interest, col(Interest.call_id) == GrantCall.id)
        .where(Interest.person_id == person_id, Interest.unfit == why)
        .order_by(col(Interest.since).desc(), col(GrantCall.id).desc())
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def times_dropped(session: AsyncSession, person_id: int, why: Unfit) -> int:
    query = select(func.count()).select_from(Interest)
    mine = query.where(Interest.person_id == person_id, Interest.unfit == why)
    return (await session.exec(mine)).one()


async def pillars(session: AsyncSession, call_ids: Collection[int]) -> Sequence[CallPillar]:
    query = select(CallPillar).where(col(CallPillar.call_id).in_(call_ids))
    return (await session.exec(query)).all()


async def followed(session: AsyncSession, call_ids: Collection[int]) -> frozenset[int]:
    """Those of these calls that somebody follows."""
    query = select(Interest.call_id).where(
        col(Interest.call_id).in_(call_ids), col(Interest.following)
    )
    return frozenset((await session.exec(query.distinct())).all())


def followers(call_id: int, language: str) -> "sa.Select[Any]":
    """Rows of (person id, chat id): those who can be reached and read that language."""
    following = select(Interest.person_id).where(
        Interest.call_id == call_id, col(Interest.following)
    )
    return sa.select(PERSON.c.id, PERSON.c.telegram_id).where(
        PERSON.c.id.in_(following),
        PERSON.c.language == language,
        PERSON.c.reachable,
        PERSON.c.telegram_id.is_not(None),
    )


async def unplan(session: AsyncSession, call_ids: Collection[int]) -> None:
    """Reminders of these calls are to be planned anew."""
    rows = update(Interest).prefix_with(ASIDE).where(col(Interest.call_id).in_(call_ids))
    await session.exec(rows.where(col(Interest.following)).values(planned_at=None))


async def unplanned(session: AsyncSession, limit: int) -> Sequence[Interest]:
    query = select(Interest).where(col(Interest.following), col(Interest.planned_at).is_(None))
    ordered = query.order_by(col(Interest.person_id)).limit(limit)
    return (await session.exec(ordered.with_for_update(skip_locked=True))).all()


async def reminders(
    session: AsyncSession, person_ids: Collection[int], call_ids: Collection[int]
) -> Sequence[CallReminder]:
    query = select(CallReminder).where(
        col(CallReminder.person_id).in_(person_ids), col(CallReminder.call_id).in_(call_ids)
    )
    return (await session.exec(query.order_by(col(CallReminder.due_at)))).all()


async def drop_reminders(session: AsyncSession, ids: Collection[int]) -> None:
    await session.exec(delete(CallReminder).where(col(CallReminder.id).in_(ids)))


async def due_people(session: AsyncSession, now: datetime, limit: int) -> Sequence[Person]:
    """Those who are to be reminded of something now."""
    who = select(CallReminder.person_id).where(_is_open(), CallReminder.due_at <= now).distinct()
    some = who.order_by(col(CallReminder.person_id)).limit(limit)
    query = select(Person).where(col(Person.id).in_(some)).order_by(col(Person.id))
    return (await session.exec(query)).all()


async def due_of(
    session: AsyncSession, person_ids: Collection[int], now: datetime
) -> Sequence[CallReminder]:
    query = select(CallReminder).where(
        _is_open(), CallReminder.due_at <= now, col(CallReminder.person_id).in_(person_ids)
    )
    ordered = query.order_by(col(CallReminder.deadline_at), col(CallReminder.id))
    return (await session.exec(ordered)).all()


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    """When the next reminder will be due that anybody is to get."""
    handed = exists().where(
        col(Person.id) == CallReminder.person_id,
        col(Bid.organisation_id) == Person.organisation_id,
        col(Bid.call_id) == CallReminder.call_id,
        col(Bid.handed).is_not(None),
    )
    coming = select(func.min(CallReminder.due_at)).where(
        _is_open(), CallReminder.due_at > now, ~handed
    )
    return (await session.exec(coming)).one()


async def handed(
    session: AsyncSession, organisation_ids: Collection[int], call_ids: Collection[int]
) -> frozenset[tuple[int, int]]:
    """Organisations, each with a call of which it has said what became of its bid."""
    query = select(Bid.organisation_id, Bid.call_id).where(
        col(Bid.organisation_id).in_(organisation_ids),
        col(Bid.call_id).in_(call_ids),
        col(Bid.handed).is_not(None),
    )
    return frozenset((await session.exec(query)).all())


async def knowing(session: AsyncSession, call_id: int) -> frozenset[int]:
    """Those who follow a call or do not want it: it is no news to them."""
    told = or_(col(Interest.following), col(Interest.unfit).is_not(None))
    query = select(Interest.person_id).where(and_(Interest.call_id == call_id, told))
    return frozenset((await session.exec(query)).all())


async def forget(session: AsyncSession, person_id: int) -> None:
    await session.exec(delete(CallReminder).where(col(CallReminder.person_id) == person_id))
    await session.exec(delete(Interest).where(col(Interest.person_id) == person_id))


async def reminders_of(session: AsyncSession, person_id: int) -> Sequence[CallReminder]:
    query = select(CallReminder).where(CallReminder.person_id == person_id)
    return (await session.exec(query.order_by(col(CallReminder.due_at)))).all()


async def prune(session: AsyncSession, due_before: datetime, said_before: datetime) -> None:
    """Reminders of old deadlines, and what was said of calls long ago."""
    await session.exec(delete(CallReminder).where(col(CallReminder.deadline_at) < due_before))
    await session.exec(delete(Interest).where(col(Interest.since) < said_before))


def _is_open() -> "ColumnElement[bool]":
    return col(CallReminder.told_at).is_(None)

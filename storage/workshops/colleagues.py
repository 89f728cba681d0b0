"""People of an organisation who could still come to an event."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import and_, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.people import Person
from storage.workshops.events import PART, WORKSHOP
from storage.workshops.invitees import is_for
from storage.workshops.seats import SEAT


async def without_place(
    session: AsyncSession, workshop_id: int, me: Person, *, skip: int, limit: int
) -> Sequence[Person]:
    """Confirmed colleagues of `me` for whom the event is and who can be told of it, by name."""
    query = (
        select(Person)
        .where(*_could_come(workshop_id, me))
        .order_by(col(Person.last_name), col(Person.first_name), col(Person.id))
    )
    return (await session.exec(query.offset(skip).limit(limit))).all()


async def count_without_place(session: AsyncSession, workshop_id: int, me: Person) -> int:
    query = select(func.count()).select_from(Person).where(*_could_come(workshop_id, me))
    return (await session.exec(query)).one()


def _could_come(workshop_id: int, me: Person) -> list[sa.ColumnElement[bool]]:
    has_place = (
        sa.exists()
        .where(SEAT.c.part_id == PART.c.id, SEAT.c.person_id == col(Person.id))
        .where(PART.c.workshop_id == workshop_id)
        .correlate(Person)
    )
    invited = sa.exists().where(WORKSHOP.c.id == workshop_id, is_for()).correlate(Person)
    colleague = and_(
        col(Person.organisation_id) == me.organisation_id,
        col(Person.verified_at).is_not(None),
        col(Person.telegram_id).is_not(None),
        col(Person.reachable),
        col(Person.id) != me.key,
    )
    return [colleague, ~has_place, invited]

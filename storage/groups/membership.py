"""Who is in a pillar now, whose people they are, and who leads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import ColumnElement, func
from sqlmodel import and_, bindparam, col, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.groups.members import PillarMember
from storage.organisations import Organisation, Standing, Tenure
from storage.people import Person, Role, RoleName
from storage.pillars import OrganisationPillar

LEADERS = (RoleName.GUARANTOR, RoleName.TECHNICAL_GUARANTOR)
IN_FORCE = col(PillarMember.until).is_(None)
ROW = select(PillarMember).where(
    col(PillarMember.pillar_id) == bindparam("pillar_id"),
    col(PillarMember.person_id) == bindparam("person_id"),
    IN_FORCE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """An organisation in a roster; nobody's people are guests."""

    organisation_id: int
    people: int
    stands: bool  # in the pillar, as an organisation


async def row(session: AsyncSession, pillar_id: int, person_id: int) -> PillarMember | None:
    """That in force."""
    values = {"pillar_id": pillar_id, "person_id": person_id}
    return (await session.exec(ROW, params=values)).first()


async def is_in(session: AsyncSession, pillar_id: int, person_id: int) -> bool:
    return await row(session, pillar_id, person_id) is not None


async def pillars_of(session: AsyncSession, person_id: int) -> set[int]:
    query = select(PillarMember.pillar_id).where(PillarMember.person_id == person_id, IN_FORCE)
    return set((await session.exec(query)).all())


async def of_person(session: AsyncSession, person_id: int) -> Sequence[PillarMember]:
    """Those that have ended too."""
    query = select(PillarMember).where(PillarMember.person_id == person_id)
    return (await session.exec(query.order_by(col(PillarMember.id)))).all()


async def end(session: AsyncSession, person_id: int, now: datetime) -> None:
    """In every pillar."""
    query = update(PillarMember).where(col(PillarMember.person_id) == person_id, IN_FORCE)
    await session.exec(query.values(until=now))


async def sizes(session: AsyncSession) -> dict[int, int]:
    """How many people are in each pillar that has any."""
    query = select(PillarMember.pillar_id, func.count()).where(IN_FORCE)
    return dict((await session.exec(query.group_by(col(PillarMember.pillar_id)))).all())


async def size(session: AsyncSession, pillar_id: int) -> int:
    query = select(func.count()).select_from(PillarMember)
    return (await session.exec(query.where(PillarMember.pillar_id == pillar_id, IN_FORCE))).one()


async def roster(session: AsyncSession, pillar_id: int) -> Sequence[Line]:
    """The organisations that have people in the pillar, then others that stand in it."""
    counts = (
        sa.select(col(Person.organisation_id), func.count().label("people"))
        .join(PillarMember, col(PillarMember.person_id) == col(Person.id))
        .where(col(PillarMember.pillar_id) == pillar_id, IN_FORCE)
        .group_by(col(Person.organisation_id))
        .subquery()
    )
    stands = _stands(pillar_id)
    query = (
        sa.select(col(Organisation.id), func.coalesce(counts.c.people, 0), stands)
        .outerjoin(counts, counts.c.organisation_id == col(Organisation.id))
        .where(or_(counts.c.people.is_not(None), stands))
        .order_by(counts.c.people.is_(None), col(Organisation.folded), col(Organisation.id))
    )
    rows = (await (await session.connection()).execute(query)).all()
    return [Line(key, people, bool(there)) for key, people, there in rows]


def _stands(pillar_id: int) -> ColumnElement[bool]:
    member = and_(
        col(Tenure.organisation_id) == col(Organisation.id),
        col(Tenure.standing) == Standing.MEMBER,
        col(Tenure.until).is_(None),
    )
    declared = and_(
        col(OrganisationPillar.organisation_id) == col(Organisation.id),
        col(OrganisationPillar.pillar_id) == pillar_id,
    )
    return and_(
        sa.exists().where(declared).correlate(Organisation),
        sa.exists().where(member).correlate(Organisation),
    )


async def people(
    session: AsyncSession, pillar_id: int, organisation_id: int | None, *, skip: int, limit: int
) -> Sequence[Person]:
    """Those of one organisation, or guests, by name."""
    there = sa.exists().where(
        col(PillarMember.pillar_id) == pillar_id,
        col(PillarMember.person_id) == col(Person.id),
        IN_FORCE,
    )
    query = (
        select(Person)
        .where(_of(organisation_id), there.correlate(Person))
        .order_by(col(Person.last_name), col(Person.first_name), col(Person.id))
    )
    return (await session.exec(query.offset(skip).limit(limit))).all()


def _of(organisation_id: int | None) -> ColumnElement[bool]:
    if organisation_id is None:
        return col(Person.organisation_id).is_(None)
    return col(Person.organisation_id) == organisation_id


async def leaders(
    session: AsyncSession, pillar_id: int, now: datetime
) -> Sequence[tuple[Role, Person]]:
    """Guarantors, then technical ones, the longest in office first; some cannot be reached."""
    query = (
        select(Role, Person)
        .join(Person, col(Person.id) == Role.person_id)
        .where(
            Role.pillar_id == pillar_id,
            col(Role.name).in_(LEADERS),
            Role.since <= now,
            or_(col(Role.until).is_(None), col(Role.until) > now),
            col(Person.telegram_id).is_not(None),
        )
        .order_by(col(Role.name), col(Role.since), col(Role.id))
    )
    return (await session.exec(query)).all()


async def former_leaders(
    session: AsyncSession, pillar_id: int, now: datetime, limit: int
) -> Sequence[tuple[Role, Person]]:
    """Whose time is over, the last one first; the erased have no name."""
    query = (
        select(Role, Person)
        .join(Person, col(Person.id) == Role.person_id)
        .where(Role.pillar_id == pillar_id, col(Role.name).in_(LEADERS), col(Role.until) <= now)
        .order_by(col(Role.until).desc(), col(Role.id))
    )
    return (await session.exec(query.limit(limit))).all()

"""Whom an event is for: everybody, members, those of a pillar, or the invited."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import ColumnElement, UniqueConstraint
from sqlmodel import Field, SQLModel, and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment
from storage.groups.members import PillarMember
from storage.people import Person, Role, RoleName
from storage.pillars import OrganisationPillar
from storage.workshops.events import WORKSHOP, Audience, Workshop


class Invitee(SQLModel, table=True):
    """One person, or everybody of one organisation."""

    __table_args__ = (
        UniqueConstraint("workshop_id", "person_id"),
        UniqueConstraint("workshop_id", "organisation_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    invited_at: datetime = Field(sa_type=Moment)


VERIFIED = and_(col(Person.verified_at).is_not(None), col(Person.organisation_id).is_not(None))
TEAM = (RoleName.MANAGER, RoleName.ASSISTANT)


def is_for() -> ColumnElement[bool]:
    """Whether the event of a row of `workshop` is for the person of the same row of `person`.

    This is what `bot.domain.workshops.audience` says of one person, for many of them at once.
    """
    return or_(
        WORKSHOP.c.audience == Audience.PUBLIC,
        and_(WORKSHOP.c.audience == Audience.MEMBERS, or_(VERIFIED, _holds_a_role())),
        and_(
            WORKSHOP.c.audience == Audience.PILLAR,
            or_(_stands_in_pillar(), _is_in_pillar(), _guarantees()),
        ),
        and_(WORKSHOP.c.audience == Audience.INVITED, _is_invited()),
        _holds_a_role(*TEAM),
    )


def _holds_a_role(*names: RoleName) -> ColumnElement[bool]:
    role = sa.exists().where(col(Role.person_id) == col(Person.id), col(Role.until).is_(None))
    held = role.where(col(Role.name).in_(names)) if names else role
    return held.correlate(Person)


def _guarantees() -> ColumnElement[bool]:
    return _holds_a_role_where(col(Role.pillar_id) == WORKSHOP.c.pillar_id)


def _holds_a_role_where(scope: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        sa.exists()
        .where(col(Role.person_id) == col(Person.id), col(Role.until).is_(None), scope)
        .correlate(Person, Workshop)
    )


def _stands_in_pillar() -> ColumnElement[bool]:
    there = sa.exists().where(
        col(OrganisationPillar.organisation_id) == col(Person.organisation_id),
        col(OrganisationPillar.pillar_id) == WORKSHOP.c.pillar_id,
    )
    return and_(VERIFIED, there.correlate(Person, Workshop))


def _is_in_pillar() -> ColumnElement[bool]:
    joined = sa.exists().where(
        col(PillarMember.pillar_id) == WORKSHOP.c.pillar_id,
        col(PillarMember.person_id) == col(Person.id),
        col(PillarMember.until).is_(None),
    )
    return joined.correlate(Person, Workshop)


def _is_invited() -> ColumnElement[bool]:
    by_name = col(Invitee.person_id) == col(Person.id)
    with_all = and_(VERIFIED, col(Invitee.organisation_id) == col(Person.organisation_id))
    invited = sa.exists().where(col(Invitee.workshop_id) == WORKSHOP.c.id, or_(by_name, with_all))
    return invited.correlate(Person, Workshop)


async def includes(session: AsyncSession, workshop_id: int, person_id: int) -> bool:
    """Whether the event is for the person."""
    query = (
        sa.select(sa.literal(1))
        .join_from(WORKSHOP, Person, sa.true())
        .where(WORKSHOP.c.id == workshop_id, col(Person.id) == person_id, is_for())
    )
    connection = await session.connection()
    return (await connection.execute(query)).first() is not None


async def uninvite_person(session: AsyncSession, person_id: int) -> None:
    """From everything they were invited to by name."""
    connection = await session.connection()
    await connection.execute(sa.delete(Invitee).where(col(Invitee.person_id) == person_id))


async def of_person(session: AsyncSession, person_id: int) -> Sequence[dict[str, object]]:
    """To what somebody is invited by name, as words."""
    query = (
        select(Workshop.title, Invitee.invited_at)
        .join(Invitee, col(Invitee.workshop_id) == Workshop.id)
        .where(Invitee.person_id == person_id)
        .order_by(col(Invitee.id))
    )
    rows = (await session.exec(query)).all()
    return [{"event": title, "invited_at": invited_at} for title, invited_at in rows]

"""What an announcement may say of whoever reads it, and people to try that with."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, func
from sqlmodel import and_, case, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.announcements.audiences import Choice, those
from storage.organisations import Organisation
from storage.people import Person

FIRST_NAME, ORGANISATION = "first_name", "organisation"
NAMES = frozenset((FIRST_NAME, ORGANISATION))


def columns(names: Collection[str] = NAMES) -> Mapping[str, ColumnElement[Any]]:
    """For a query over people; empty where nothing is known."""
    known = {
        FIRST_NAME: func.coalesce(col(Person.first_name), ""),
        ORGANISATION: _organisation(),
    }
    return {name: known[name] for name in sorted(names)}


async def of(session: AsyncSession, person_id: int) -> Mapping[str, str]:
    """What it says to one of them."""
    known = columns()
    query = sa.select(*known.values()).where(col(Person.id) == person_id)
    connection = await session.connection()
    return dict(zip(known, (await connection.execute(query)).one(), strict=True))


async def examples(
    session: AsyncSession, choice: Choice, now: datetime, limit: int
) -> Sequence[Person]:
    """People of the audience, one of each language and organisation before others."""
    like = (col(Person.language), col(Person.organisation_id))
    turn = func.row_number().over(partition_by=like, order_by=col(Person.id))
    meant = and_(await those(session, choice, now), col(Person.reachable))
    first = select(Person).where(meant).order_by(turn, col(Person.id)).limit(limit)
    return (await session.exec(first)).all()


def _organisation() -> ColumnElement[Any]:
    short = case((col(Organisation.short) != "", col(Organisation.short)), else_=Organisation.name)
    found = select(short).where(Organisation.id == Person.organisation_id).correlate(Person)
    verified = col(Person.verified_at).is_not(None)
    return func.coalesce(case((verified, found.scalar_subquery())), "")

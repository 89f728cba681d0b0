"""Who is new to something, and has not been introduced to it yet: (person, occasion) each."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlmodel import and_, col, func, or_
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.announcements.records import Response
from storage.audit import Audit
from storage.groups.members import PillarMember
from storage.instruments.enquiries import Demand
from storage.instruments.records import Condition, Instrument
from storage.letters import Letter
from storage.organisations import Standing, Tenure
from storage.people import Person, Role, RoleName
from storage.welcomes.records import Series, Welcome
from storage.workshops.seats import Seat

Newcomers = Sequence[tuple[int, str]]


async def people(session: AsyncSession, since: datetime, limit: int) -> Newcomers:
    """Confirmed as members since then."""
    occasion: Any = sa.literal("")
    query = sa.select(col(Person.id), occasion).where(
        col(Person.verified_at) >= since, col(Person.organisation_id).is_not(None)
    )
    return await _new(session, Series.PERSON, query, occasion, limit)


async def contacts(session: AsyncSession, since: datetime, limit: int) -> Newcomers:
    """Who has begun to speak for an organisation since then."""
    occasion = _of_organisation(col(Role.organisation_id))
    query = _holders(RoleName.CONTACT, occasion).where(
        col(Role.since) >= since, col(Role.organisation_id).is_not(None)
    )
    return await _new(session, Series.ORGANISATION, query, occasion, limit)


async def owners(session: AsyncSession, since: datetime, limit: int) -> Newcomers:
    """Who speaks for an organisation whose first instrument has come since then."""
    occasion = _of_organisation(col(Role.organisation_id))
    first = (
        sa.select(col(Instrument.organisation_id))
        .where(col(Instrument.condition) != Condition.HIDDEN)
        .group_by(col(Instrument.organisation_id))
        .having(func.min(col(Instrument.confirmed_at)) >= since)
    )
    query = _holders(RoleName.CONTACT, occasion).where(col(Role.organisation_id).in_(first))
    found = await _new(session, Series.OWNER, query, occasion, limit)
    old = await _kept_before(session, {int(said[1:]) for _, said in found}, since)
    return [(person_id, said) for person_id, said in found if int(said[1:]) not in old]


async def _kept_before(session: AsyncSession, homes: Collection[int], since: datetime) -> set[int]:
    """Of organisations, those whose records are not new, only looked through lately."""
    if not homes:
        return set()
    connection = await session.connection()
    home: Any = col(Instrument.organisation_id)
    theirs = sa.select(col(Instrument.id), home).where(home.in_(homes))
    owners = {f"instrument:{key}": whose for key, whose in await connection.execute(theirs)}
    deeds = sa.select(col(Audit.subject)).where(
        col(Audit.subject).in_(owners),
        or_(col(Audit.action) == "instrument.confirmed", col(Audit.at) < since),
    )
    return {owners[subject] for (subject,) in await connection.execute(deeds)}


async def leads(session: AsyncSession, since: datetime, limit: int) -> Newcomers:
    """Who has become a pillar's guarantor since then."""
    occasion = sa.literal("p") + sa.cast(col(Role.pillar_id), sa.String)
    query = _holders(RoleName.GUARANTOR, occasion).where(
        col(Role.since) >= since, col(Role.pillar_id).is_not(None)
    )
    return await _new(session, Series.LEAD, query, occasion, limit)


async def quiet(session: AsyncSession, silent_since: datetime, year: int, limit: int) -> Newcomers:
    """Who speaks for a member organisation of which nobody has done anything since then; an
    organisation is asked once a year."""
    occasion = _of_organisation(col(Role.organisation_id)) + f":{year}"
    members = sa.select(col(Tenure.organisation_id)).where(
        col(Tenure.standing) == Standing.MEMBER,
        col(Tenure.until).is_(None),
        col(Tenure.since) < silent_since,
    )
    alive = sa.select(col(Person.organisation_id)).where(
        col(Person.organisation_id).is_not(None), _has_done_something(silent_since)
    )
    query = _holders(RoleName.CONTACT, occasion).where(
        col(Role.organisation_id).in_(members),
        col(Role.organisation_id).not_in(alive),
        col(Role.since) < silent_since,
    )
    return await _new(session, Series.QUIET, query, occasion, limit)


async def is_heard_of(session: AsyncSession, organisation_id: int, since: datetime) -> bool:
    query = sa.select(col(Person.id)).where(
        col(Person.organisation_id) == organisation_id, _has_done_something(since)
    )
    connection = await session.connection()
    return (await connection.execute(query.limit(1))).first() is not None


def _has_done_something(since: datetime) -> ColumnElement[bool]:
    me = col(Person.id)
    deeds = (
        (Seat.person_id, Seat.taken_at),
        (PillarMember.person_id, PillarMember.since),
        (Demand.person_id, Demand.written_at),
        (Response.person_id, Response.at),
        (Letter.author_id, Letter.at),
    )
    done = (me.in_(sa.select(col(who)).where(col(at) >= since)) for who, at in deeds)
    return or_(col(Person.verified_at) >= since, *done)


def _of_organisation(column: Any) -> Any:
    return sa.literal("o") + sa.cast(column, sa.String)


def _holders(name: RoleName, occasion: Any) -> "sa.Select[Any]":
    return (
        sa.select(col(Person.id), occasion)
        .join(Role, col(Role.person_id) == col(Person.id))
        .where(col(Role.name) == name, col(Role.until).is_(None))
    )


async def _new(
    session: AsyncSession, series: Series, query: "sa.Select[Any]", occasion: Any, limit: int
) -> Newcomers:
    known = sa.exists().where(
        and_(
            col(Welcome.person_id) == col(Person.id),
            col(Welcome.series) == series,
            col(Welcome.occasion) == occasion,
        )
    )
    reachable = and_(col(Person.reachable), col(Person.telegram_id).is_not(None))
    connection = await session.connection()
    found = await connection.execute(
        query.where(reachable, ~known).order_by(col(Person.id)).distinct().limit(limit)
    )
    return [(person_id, said) for person_id, said in found]

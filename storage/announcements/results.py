"""What became of an announcement: whom it reached, what they did, by organisation."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, func
from sqlmodel import and_, case, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.announcements.records import Announcement, Content, Response, ResponseKind
from storage.organisations import Organisation
from storage.outbox import Outbox, State
from storage.people import Person
from storage.pushes import Push, Way
from storage.sqlite import ASIDE
from storage.workshops.events import Part
from storage.workshops.seats import Seat

ANSWERS = (ResponseKind.CHOSE, ResponseKind.WROTE)


@dataclass(frozen=True, slots=True)
class Counts:
    """People of an organisation, or of all of them; the number of those it was meant for first."""

    meant: int = 0
    delivered: int = 0
    digest: int = 0
    unreachable: int = 0
    failed: int = 0
    uncertain: int = 0
    muted: int = 0
    tapped: int = 0
    interested: int = 0
    answered: int = 0
    registered: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    organisation: str  # its short name; empty: guests
    counts: Counts


async def lately(session: AsyncSession, limit: int) -> Sequence[Announcement]:
    """Those that have left, the last one first."""
    query = select(Announcement).where(col(Announcement.sent_at).is_not(None))
    return (
        await session.exec(query.order_by(col(Announcement.sent_at).desc()).limit(limit))
    ).all()


async def counts(
    session: AsyncSession, announcement_id: int, events: Collection[int], since: datetime
) -> Counts:
    """All together. Registered are those who took a place in one of the `events` since then."""
    query = _table(announcement_id, events, since)
    connection = await session.connection()
    return Counts(*(await connection.execute(query)).one())


async def by_organisation(
    session: AsyncSession, announcement_id: int, events: Collection[int], since: datetime
) -> Sequence[Line]:
    """By name, and guests last."""
    name = case((col(Person.verified_at).is_not(None), col(Organisation.short)))
    folded = case((col(Person.verified_at).is_not(None), col(Organisation.folded)))
    query = (
        _table(announcement_id, events, since)
        .add_columns(name)
        .outerjoin(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .group_by(name, folded)
        .order_by(folded.is_(None), folded)
    )
    connection = await session.connection()
    rows = await connection.execute(query)
    return [Line(short or "", Counts(*numbers)) for *numbers, short in rows]


def _table(announcement_id: int, events: Collection[int], since: datetime) -> "sa.Select[Any]":
    sent, did, took = _sent(announcement_id), _did(announcement_id), _took(events, since)
    at_once = col(Push.way) == Way.NOW
    unknown = sent.c.state.is_(None)  # the outbox has forgotten it
    blocked = and_(sent.c.state.in_((State.FAILED, State.WITHDRAWN)), ~col(Person.reachable))
    numbers: tuple[ColumnElement[int], ...] = (
        func.count(),
        _how_many(and_(at_once, or_(sent.c.state == State.SENT, unknown))),
        _how_many(col(Push.way) == Way.DIGEST),
        _how_many(or_(col(Push.way) == Way.UNREACHABLE, and_(at_once, blocked))),
        _how_many(and_(at_once, sent.c.state == State.FAILED, col(Person.reachable))),
        _how_many(and_(at_once, sent.c.state == State.UNCERTAIN)),
        _how_many(col(Push.way) == Way.OFF),
        _how_many(did.c.tapped == 1),
        _how_many(did.c.interested == 1),
        _how_many(did.c.answered == 1),
        _how_many(took.c.person_id.is_not(None)),
    )
    people = (
        sa.select()
        .add_columns(*numbers)
        .select_from(Push)
        .join(Person, col(Person.id) == col(Push.person_id))
        .outerjoin(sent, sent.c.chat_id == col(Person.telegram_id))
        .outerjoin(did, did.c.person_id == col(Person.id))
        .outerjoin(took, took.c.person_id == col(Person.id))
    )
    return people.where(col(Push.announcement_id) == announcement_id)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _sent(announcement_id: int) -> "sa.Subquery":
    """How the first message of it ended, of each chat; an album's buttons are the second."""
    batches = select(Content.batch_id).where(
        Content.announcement_id == announcement_id, Content.position == 0
    )
    states = sa.select(col(Outbox.chat_id), func.min(col(Outbox.state)).label("state"))
    of_it = states.where(col(Outbox.batch_id).in_(batches))
    return of_it.group_by(col(Outbox.chat_id)).subquery("sent")


def _did(announcement_id: int) -> "sa.Subquery":
    def once(*kinds: ResponseKind) -> ColumnElement[int]:
        return func.max(case((col(Response.kind).in_(kinds), 1), else_=0))

    did = sa.select(
        col(Response.person_id),
        once(ResponseKind.TAPPED).label("tapped"),
        once(ResponseKind.INTERESTED).label("interested"),
        once(*ANSWERS).label("answered"),
    )
    of_it = did.where(col(Response.announcement_id) == announcement_id)
    return of_it.group_by(col(Response.person_id)).subquery("did")


def _took(events: Collection[int], since: datetime) -> "sa.Subquery":
    return (
        sa.select(col(Seat.person_id))
        .join(Part, col(Part.id) == col(Seat.part_id))
        .where(col(Part.workshop_id).in_(events), col(Seat.taken_at) >= since)
        .distinct()
        .subquery("took")
    )


async def missed(
    session: AsyncSession, announcement_id: int
) -> Sequence[tuple[Person, str, State | Way]]:
    """Whoever has not got it: who, of which organisation, and why; by organisation and name."""
    sent = _sent(announcement_id)
    failed = sent.c.state.in_((State.FAILED, State.UNCERTAIN, State.WITHDRAWN))
    short = case((col(Person.verified_at).is_not(None), col(Organisation.short)), else_="")
    query = (
        select(Person, short, Push.way, sent.c.state)
        .prefix_with(ASIDE)
        .join(Push, col(Push.person_id) == col(Person.id))
        .outerjoin(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .outerjoin(sent, sent.c.chat_id == col(Person.telegram_id))
        .where(
            col(Push.announcement_id) == announcement_id,
            col(Person.telegram_id).is_not(None),
            or_(
                col(Push.way).in_((Way.UNREACHABLE, Way.OFF)),
                and_(col(Push.way) == Way.NOW, failed),
            ),
        )
        .order_by(short, col(Person.last_name), col(Person.first_name), col(Person.id))
    )
    rows = (await session.exec(query)).all()
    return [(person, name, _why(person, way, state)) for person, name, way, state in rows]


def _why(person: Person, way: str, state: int | None) -> State | Way:
    if way != Way.NOW or state is None:
        return Way(way)
    return State(state) if person.reachable else Way.UNREACHABLE


async def people(
    session: AsyncSession, those: ColumnElement[bool], *, skip: int, limit: int
) -> Sequence[tuple[Person, str]]:
    """Those meant, and the short names of their organisations; by organisation and name."""
    short = case((col(Person.verified_at).is_not(None), col(Organisation.short)), else_="")
    query = (
        select(Person, short)
        .prefix_with(ASIDE)
        .outerjoin(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(those)
        .order_by(short, col(Person.last_name), col(Person.first_name), col(Person.id))
        .offset(skip)
        .limit(limit)
    )
    return [(person, name or "") for person, name in (await session.exec(query)).all()]

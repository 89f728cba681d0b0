"""For whom an announcement is: a choice of people that is kept as data and found when needed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy import ColumnElement, func, true
from sqlmodel import and_, case, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import workshops
from storage.announcements.records import Content, Response, SavedAudience
from storage.groups.members import PillarMember
from storage.letters.records import Letter
from storage.organisations import Organisation
from storage.outbox import Outbox, State
from storage.people import Person, Role
from storage.pillars import OrganisationPillar
from storage.pushes import Push, Way
from storage.sqlite import ASIDE
from storage.workshops.check_ins import CheckIn
from storage.workshops.events import Part
from storage.workshops.seats import Seat

MEMBERS, GUESTS = "members", "guests"


class Facet(StrEnum):
    """What people are told apart by, and what its values are."""

    MEMBERSHIP = "membership"  # MEMBERS or GUESTS
    PILLAR = "pillar"  # ids
    ROLE = "role"  # names of roles
    KIND = "kind"  # of the organisation
    ORGANISATION = "organisation"  # ids
    LANGUAGE = "language"  # codes
    REGISTERED = "registered"  # ids of events: with a seat or a place in the queue
    CAME = "came"
    SILENT = "silent"  # have a seat and have not said that they will come
    GOT = "got"  # ids of announcements
    REACTED = "reacted"
    SAVED = "saved"  # ids of saved audiences


TOGETHER = (Facet.KIND, Facet.ORGANISATION, Facet.LANGUAGE)  # one list serves all values


@dataclass(frozen=True)
class Clause:
    """Those who have one of the values, or with `but`, those who have none."""

    facet: Facet
    values: tuple[int | str, ...]
    but: bool = False


@dataclass(frozen=True)
class Choice:
    """Those of whom all clauses hold, or with `either`, one of those without `but`.

    Without clauses everybody. What is left out (`but`) is left out either way.
    """

    clauses: tuple[Clause, ...] = ()
    either: bool = False

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        clauses = (
            Clause(Facet(facet), tuple(values), but) for facet, values, but in data["clauses"]
        )
        return cls(tuple(clauses), data["either"])

    def written(self) -> dict[str, Any]:
        clauses = [[each.facet.value, list(each.values), each.but] for each in self.clauses]
        return {"either": self.either, "clauses": clauses}


EVERYBODY = Choice()


def of(facet: Facet, *values: int | str) -> Choice:
    return Choice((Clause(facet, values),))


async def saved(session: AsyncSession) -> dict[int, Choice]:
    """All of them, those that are not offered any more too: an audience may refer to one."""
    query = select(SavedAudience.id, SavedAudience.audience)
    return {key or 0: Choice.read(data) for key, data in (await session.exec(query)).all()}


async def reach(session: AsyncSession, choice: Choice, now: datetime) -> tuple[int, int]:
    """How many can be written to, and how many cannot because they have blocked the bot."""
    reachable = func.count(case((col(Person.reachable), 1)))
    meant = await those(session, choice, now)
    query = select(reachable, func.count()).prefix_with(ASIDE).where(meant)
    reached, all_of_them = (await session.exec(query)).one()
    return reached, all_of_them - reached


async def those(session: AsyncSession, choice: Choice, now: datetime) -> ColumnElement[bool]:
    """Whether a person is meant, for a query over people; whoever was erased never is.

    They are found in a query of their own: beside what the outer one asks of each person, SQLite
    would take an `or` apart and ask it all again for every part, which takes four times as long.
    """
    known = col(Person.telegram_id).is_not(None)
    if not choice.clauses:
        return known
    among = await saved(session) if _refers(choice) else {}
    meant = sa.select(col(Person.id)).where(known, _those(choice, among, now, frozenset()))
    return _one_of(meant.correlate(None))


def _refers(choice: Choice) -> bool:
    return any(clause.facet is Facet.SAVED for clause in choice.clauses)


def _those(
    choice: Choice, among: Mapping[int, Choice], now: datetime, within: frozenset[int]
) -> ColumnElement[bool]:
    wanted = [_of(each, among, now, within) for each in choice.clauses if not each.but]
    unwanted = [~_of(each, among, now, within) for each in choice.clauses if each.but]
    joined = or_ if choice.either else and_
    return and_(joined(*wanted) if wanted else true(), *unwanted)


def _of(
    clause: Clause, among: Mapping[int, Choice], now: datetime, within: frozenset[int]
) -> ColumnElement[bool]:
    if clause.facet in TOGETHER:
        return _has_one_of(clause.facet, clause.values)
    each = (_has(clause.facet, value, among, now, within) for value in clause.values)
    return or_(sa.false(), *each)


def _has_one_of(facet: Facet, values: Collection[Any]) -> ColumnElement[bool]:
    """As one list, because hundreds of organisations one by one would be too deep for SQLite."""
    mine = col(Person.organisation_id)
    match facet:
        case Facet.ORGANISATION:
            return and_(_verified(), mine.in_(values))
        case Facet.KIND:
            of_kind = select(Organisation.id).where(col(Organisation.kind).in_(values))
            return and_(_verified(), mine.in_(of_kind))
        case _:
            return col(Person.language).in_(values)


def _has(
    facet: Facet, value: Any, among: Mapping[int, Choice], now: datetime, within: frozenset[int]
) -> ColumnElement[bool]:
    match facet:
        case Facet.MEMBERSHIP:
            return _verified() if value == MEMBERS else ~_verified()
        case Facet.PILLAR:
            return or_(_joined(value), and_(_verified(), _with_organisation(value)))
        case Facet.ROLE:
            return _one_of(_holders(value, now))
        case Facet.REGISTERED:
            return _one_of(workshops.registered_ids(value))
        case Facet.CAME:
            return _one_of(_came(value))
        case Facet.SILENT:
            return _one_of(_silent(value))
        case Facet.GOT:
            return _one_of(_got(value))
        case Facet.REACTED:
            return _one_of(_reacted(value))
        case Facet.SAVED:
            if value in within or value not in among:
                return sa.false()
            return _those(among[value], among, now, within | {value})
        case Facet.KIND | Facet.ORGANISATION | Facet.LANGUAGE:
            return _has_one_of(facet, (value,))


def _one_of(ids: "sa.Select[Any] | sa.CompoundSelect[Any]") -> ColumnElement[bool]:
    return col(Person.id).in_(ids)


def _verified() -> ColumnElement[bool]:
    return and_(col(Person.verified_at).is_not(None), col(Person.organisation_id).is_not(None))


def _joined(pillar_id: int) -> ColumnElement[bool]:
    return _one_of(
        sa.select(col(PillarMember.person_id)).where(
            col(PillarMember.pillar_id) == pillar_id, col(PillarMember.until).is_(None)
        )
    )


def _with_organisation(pillar_id: int) -> ColumnElement[bool]:
    """Of an organisation that stands there, without those who have left by themselves."""
    there = select(OrganisationPillar.organisation_id).where(
        OrganisationPillar.pillar_id == pillar_id
    )
    left = (
        sa.select(col(PillarMember.person_id))
        .join(Person, col(Person.id) == col(PillarMember.person_id))
        .where(
            col(PillarMember.pillar_id) == pillar_id,
            col(PillarMember.until) >= col(Person.verified_at),
        )
        .correlate(None)
    )
    return and_(col(Person.organisation_id).in_(there), col(Person.id).not_in(left))


def _holders(role: str, now: datetime) -> "sa.Select[Any]":
    return sa.select(col(Role.person_id)).where(
        col(Role.name) == role,
        col(Role.since) <= now,
        or_(col(Role.until).is_(None), col(Role.until) > now),
    )


def _came(workshop_id: int) -> "sa.Select[Any]":
    return (
        sa.select(col(CheckIn.person_id))
        .join(Part, col(Part.id) == col(CheckIn.part_id))
        .where(col(Part.workshop_id) == workshop_id)
    )


def _silent(workshop_id: int) -> "sa.Select[Any]":
    """Of those who sit, whoever has said of no part that they will come."""
    return (
        sa.select(col(Seat.person_id))
        .join(Part, col(Part.id) == col(Seat.part_id))
        .where(col(Part.workshop_id) == workshop_id, col(Seat.seated_at).is_not(None))
        .group_by(col(Seat.person_id))
        .having(func.count(col(Seat.confirmed_at)) == 0)
    )


def _got(announcement_id: int) -> "sa.Select[Any]":
    """Whoever it was delivered to, at once or with Monday's message.

    What a send ended with is known for as long as the outbox keeps it; later the plan counts.
    """
    batches = select(Content.batch_id).where(Content.announcement_id == announcement_id)
    missed = select(Outbox.chat_id).where(
        col(Outbox.batch_id).in_(batches), col(Outbox.state).in_((State.FAILED, State.WITHDRAWN))
    )
    at_once = and_(col(Push.way) == Way.NOW, col(Person.telegram_id).not_in(missed))
    on_monday = and_(col(Push.way) == Way.DIGEST, col(Push.digested_at).is_not(None))
    return (
        sa.select(col(Push.person_id))
        .join(Person, col(Person.id) == col(Push.person_id))
        .where(col(Push.announcement_id) == announcement_id, or_(at_once, on_monday))
        .correlate(None)
    )


def _reacted(announcement_id: int) -> "sa.CompoundSelect[Any]":
    """Pressed one of its buttons, answered its question, or wrote back."""
    pressed = sa.select(col(Response.person_id)).where(
        col(Response.announcement_id) == announcement_id
    )
    wrote = sa.select(col(Letter.person_id)).where(
        col(Letter.announcement_id) == announcement_id, ~col(Letter.from_team)
    )
    return pressed.union(wrote)

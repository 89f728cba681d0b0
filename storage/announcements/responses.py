"""What people did with an announcement: pressed, chose, wrote; by organisation, and all of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import and_, col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.announcements.records import Response, ResponseKind
from storage.organisations import Organisation
from storage.people import Person
from storage.pushes import Push, Way


@dataclass(frozen=True)
class Tally:
    """How many of an organisation chose an option; those who belong to none have no name."""

    organisation: str
    option: int
    count: int


@dataclass(frozen=True)
class Words:
    """What somebody wrote."""

    person: Person
    organisation: str
    words: str


async def find(
    session: AsyncSession, announcement_id: int, person_id: int, kind: ResponseKind
) -> Response | None:
    query = select(Response).where(
        Response.announcement_id == announcement_id,
        Response.person_id == person_id,
        Response.kind == kind,
    )
    return (await session.exec(query)).first()


async def was_sent(session: AsyncSession, announcement_id: int, person_id: int) -> bool:
    query = select(Push.id).where(
        Push.person_id == person_id,
        Push.announcement_id == announcement_id,
        col(Push.way).in_((Way.NOW, Way.DIGEST)),
    )
    return (await session.exec(query)).first() is not None


async def take_back(
    session: AsyncSession, announcement_id: int, person_id: int, kind: ResponseKind
) -> None:
    gone = delete(Response).where(
        col(Response.announcement_id) == announcement_id,
        col(Response.person_id) == person_id,
        col(Response.kind) == kind,
    )
    await session.exec(gone)


async def tally(session: AsyncSession, announcement_id: int) -> Sequence[Tally]:
    """By the name of the organisation; those who belong to none come first."""
    theirs = and_(
        col(Organisation.id) == col(Person.organisation_id), col(Person.verified_at).is_not(None)
    )
    name = func.coalesce(col(Organisation.short), "")
    query = (
        select(name, Response.option, func.count())
        .select_from(Response)
        .join(Person, col(Person.id) == Response.person_id)
        .outerjoin(Organisation, theirs)
        .where(Response.announcement_id == announcement_id, Response.kind == ResponseKind.CHOSE)
        .group_by(name, col(Response.option))
        .order_by(name, col(Response.option))
    )
    return [Tally(short, option or 0, n) for short, option, n in await session.exec(query)]


async def words(session: AsyncSession, announcement_id: int) -> Sequence[Words]:
    """Newest first."""
    query = (
        select(Person, Organisation.short, Response.words)
        .select_from(Response)
        .join(Person, col(Person.id) == Response.person_id)
        .outerjoin(Organisation, col(Organisation.id) == Person.organisation_id)
        .where(
            Response.announcement_id == announcement_id,
            Response.kind == ResponseKind.WROTE,
            Response.words != "",
        )
        .order_by(col(Response.at).desc(), col(Response.id).desc())
    )
    return [Words(person, short or "", said) for person, short, said in await session.exec(query)]


async def of_person(session: AsyncSession, person_id: int) -> Sequence[Response]:
    query = select(Response).where(Response.person_id == person_id).order_by(col(Response.id))
    return (await session.exec(query)).all()

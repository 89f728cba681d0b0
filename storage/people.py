"""People who write to the bot, and the roles they hold."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlmodel import BigInteger, Field, SQLModel, bindparam, col, func, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment, stored


class RoleName(StrEnum):
    CONTACT = "contact"
    GUARANTOR = "guarantor"
    TECHNICAL_GUARANTOR = "technical_guarantor"
    BOARD = "board"
    AMBASSADOR = "ambassador"
    ASSISTANT = "assistant"
    MANAGER = "manager"


class Person(SQLModel, table=True):
    """Somebody who has written to the bot at least once, or was seeded to have done so."""

    id: int | None = Field(default=None, primary_key=True)
    telegram_id: int | None = Field(default=None, sa_type=BigInteger, unique=True)  # None: erased
    first_name: str = ""
    last_name: str = ""
    username: str | None = None
    language: str = "cs"
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    verified_at: datetime | None = Field(default=None, sa_type=Moment)
    reachable: bool = True
    met_at: datetime = Field(sa_type=Moment)
    erase_at: datetime | None = Field(default=None, sa_type=Moment, index=True)

    @property
    def key(self) -> int:
        """The id of a person who has been saved."""
        assert self.id is not None
        return self.id

    @property
    def name(self) -> str:
        """Never empty: who hides their name goes by their username, who is erased by a dash."""
        handle = f"@{self.username}" if self.username else "–"
        return f"{self.first_name} {self.last_name}".strip() or handle

    @property
    def is_member(self) -> bool:
        return self.verified_at is not None and self.organisation_id is not None


class Role(SQLModel, table=True):
    """A role with dates; scoped to an organisation or a pillar where that makes sense."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    name: RoleName = Field(sa_type=stored(RoleName))
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    pillar_id: int | None = Field(default=None, foreign_key="pillar.id")
    since: datetime = Field(sa_type=Moment)
    until: datetime | None = Field(default=None, sa_type=Moment)


BY_TELEGRAM = select(Person).where(col(Person.telegram_id) == bindparam("telegram_id"))
ROLES = select(Role).where(
    col(Role.person_id) == bindparam("person_id"),
    col(Role.since) <= bindparam("now"),
    or_(col(Role.until).is_(None), col(Role.until) > bindparam("now")),
)


async def by_telegram(session: AsyncSession, telegram_id: int) -> Person | None:
    return (await session.exec(BY_TELEGRAM, params={"telegram_id": telegram_id})).first()


async def find(session: AsyncSession, person_id: int) -> Person | None:
    return await session.get(Person, person_id)


async def lock(session: AsyncSession, person_id: int) -> Person | None:
    return await session.get(Person, person_id, with_for_update=True)


async def of_organisation(
    session: AsyncSession, organisation_id: int, *, skip: int, limit: int
) -> Sequence[Person]:
    """Its verified people, by name."""
    query = select(Person).where(*_belongs(organisation_id))
    by_name = query.order_by(col(Person.last_name), col(Person.first_name), col(Person.id))
    return (await session.exec(by_name.offset(skip).limit(limit))).all()


async def headcount(session: AsyncSession, organisation_id: int) -> int:
    query = select(func.count()).select_from(Person).where(*_belongs(organisation_id))
    return (await session.exec(query)).one()


def _belongs(organisation_id: int) -> tuple[ColumnElement[bool], ...]:
    verified = col(Person.verified_at).is_not(None)
    return col(Person.organisation_id) == organisation_id, verified


async def to_erase(session: AsyncSession, now: datetime, limit: int) -> Sequence[Person]:
    """Those whose time of grace is over."""
    query = select(Person).where(col(Person.erase_at) <= now).order_by(col(Person.erase_at))
    return (await session.exec(query.limit(limit).with_for_update(skip_locked=True))).all()


async def roles(session: AsyncSession, person_id: int, now: datetime) -> Sequence[Role]:
    """The roles in force at `now`."""
    return (await session.exec(ROLES, params={"person_id": person_id, "now": now})).all()


async def all_roles(session: AsyncSession, person_id: int) -> Sequence[Role]:
    """Those that have ended too."""
    query = select(Role).where(Role.person_id == person_id).order_by(col(Role.id))
    return (await session.exec(query)).all()


async def end_roles(session: AsyncSession, person_id: int, now: datetime) -> None:
    """All of them; a role that was to begin later never does."""
    running = or_(col(Role.until).is_(None), col(Role.until) > now)
    query = update(Role).where(col(Role.person_id) == person_id, running)
    await session.exec(query.values(until=now))


async def holders(
    session: AsyncSession,
    name: RoleName,
    now: datetime,
    *,
    organisation_id: int | None = None,
) -> Sequence[Person]:
    """Reachable people with that role in force, oldest appointment first."""
    query = (
        select(Person)
        .join(Role, col(Role.person_id) == Person.id)
        .where(
            Role.name == name,
            Role.since <= now,
            or_(col(Role.until).is_(None), col(Role.until) > now),
            col(Person.telegram_id).is_not(None),
            col(Person.reachable),
        )
        .order_by(col(Role.id))
    )
    if organisation_id is not None:
        query = query.where(Role.organisation_id == organisation_id)
    return (await session.exec(query)).unique().all()

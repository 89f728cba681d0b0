"""Questions to an organisation: does this person belong to you?"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import text
from sqlmodel import Field, Index, SQLModel, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment, stored
from storage.organisations import Organisation
from storage.people import Person


class Verdict(StrEnum):
    YES = "yes"
    NO = "no"
    TAKEN_BACK = "taken_back"  # by the asker, or they came in another way


class Confirmation(SQLModel, table=True):
    """Open until there is a verdict; a person has at most one open question."""

    __table_args__ = (
        Index(
            "ux_confirmation_open",
            "person_id",
            unique=True,
            sqlite_where=text("verdict is null"),
            postgresql_where=text("verdict is null"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    asked_at: datetime = Field(sa_type=Moment)
    escalated_at: datetime | None = Field(default=None, sa_type=Moment)
    verdict: Verdict | None = Field(default=None, sa_type=stored(Verdict))
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    decided_by: int | None = Field(default=None, foreign_key="person.id")

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


OPEN = col(Confirmation.verdict).is_(None)


async def find(
    session: AsyncSession, confirmation_id: int, *, lock: bool = False
) -> Confirmation | None:
    return await session.get(Confirmation, confirmation_id, with_for_update=lock or None)


async def open_of(session: AsyncSession, person_id: int) -> Confirmation | None:
    query = select(Confirmation).where(Confirmation.person_id == person_id, OPEN)
    return (await session.exec(query)).first()


async def of_person(session: AsyncSession, person_id: int) -> Sequence[Confirmation]:
    query = select(Confirmation).where(Confirmation.person_id == person_id)
    return (await session.exec(query.order_by(col(Confirmation.id)))).all()


async def asked_since(session: AsyncSession, person_id: int, since: datetime) -> int:
    query = select(func.count()).where(
        Confirmation.person_id == person_id, Confirmation.asked_at > since
    )
    return (await session.exec(query)).one()


async def waiting(session: AsyncSession) -> Sequence[tuple[Confirmation, Person, Organisation]]:
    """The open questions, the oldest first."""
    query = (
        select(Confirmation, Person, Organisation)
        .join(Person, col(Person.id) == Confirmation.person_id)
        .join(Organisation, col(Organisation.id) == Confirmation.organisation_id)
        .where(OPEN)
        .order_by(col(Confirmation.id))
    )
    rows = (await session.exec(query)).all()
    return [(question, asker, organisation) for question, asker, organisation in rows]


async def count_waiting(session: AsyncSession) -> int:
    return (await session.exec(select(func.count()).select_from(Confirmation).where(OPEN))).one()


async def forgotten(session: AsyncSession, asked_before: datetime) -> Sequence[Confirmation]:
    """Open for long, and only the contact persons know."""
    query = select(Confirmation).where(
        OPEN, col(Confirmation.escalated_at).is_(None), Confirmation.asked_at <= asked_before
    )
    return (await session.exec(query.order_by(col(Confirmation.id)))).all()

"""Invitations into organisations: links that make a member of whoever follows them."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, UniqueConstraint, col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment, stored


class Purpose(StrEnum):
    COLLEAGUE = "colleague"
    CONTACT = "contact"  # becomes a contact person of the organisation as well


class Invitation(SQLModel, table=True):
    """The token itself is known to nobody but those who were given the link."""

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    made_by: int = Field(foreign_key="person.id")
    purpose: Purpose = Field(default=Purpose.COLLEAGUE, sa_type=stored(Purpose))
    digest: str = Field(unique=True)  # SHA-256 of the token, in hex
    places: int = 1
    made_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment, index=True)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class InvitationUse(SQLModel, table=True):
    __tablename__ = "invitation_use"
    __table_args__ = (UniqueConstraint("invitation_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    invitation_id: int = Field(foreign_key="invitation.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    used_at: datetime = Field(sa_type=Moment)


class WrongTry(SQLModel, table=True):
    """Somebody came with a token that opens nothing."""

    __tablename__ = "wrong_try"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    tried_at: datetime = Field(sa_type=Moment)


async def find(
    session: AsyncSession, invitation_id: int, *, lock: bool = False
) -> Invitation | None:
    return await session.get(Invitation, invitation_id, with_for_update=lock or None)


async def by_digest(session: AsyncSession, digest: str) -> Invitation | None:
    """Locked, so that rivals for its last place come one after another."""
    query = select(Invitation).where(Invitation.digest == digest).with_for_update()
    return (await session.exec(query)).first()


async def uses(session: AsyncSession, invitation_id: int) -> int:
    query = select(func.count()).where(InvitationUse.invitation_id == invitation_id)
    return (await session.exec(query)).one()


async def has_used(session: AsyncSession, invitation_id: int, person_id: int) -> bool:
    query = select(InvitationUse).where(
        InvitationUse.invitation_id == invitation_id, InvitationUse.person_id == person_id
    )
    return (await session.exec(query)).first() is not None


async def current(
    session: AsyncSession, since: datetime, organisation_ids: Sequence[int] | None = None
) -> Sequence[tuple[Invitation, int]]:
    """Those that end after `since` (of these organisations, or of all) and how often each was
    used; the newest first."""
    used = (
        select(func.count())
        .where(InvitationUse.invitation_id == Invitation.id)
        .correlate(Invitation)
        .scalar_subquery()
    )
    query = select(Invitation, used).where(Invitation.expires_at > since)
    if organisation_ids is not None:
        query = query.where(col(Invitation.organisation_id).in_(organisation_ids))
    rows = (await session.exec(query.order_by(col(Invitation.id).desc()))).all()
    return [(invitation, count) for invitation, count in rows]


async def made_by(session: AsyncSession, person_id: int) -> Sequence[Invitation]:
    query = select(Invitation).where(Invitation.made_by == person_id)
    return (await session.exec(query.order_by(col(Invitation.id)))).all()


async def used_by(
    session: AsyncSession, person_id: int
) -> Sequence[tuple[InvitationUse, Invitation]]:
    query = select(InvitationUse, Invitation).join(
        Invitation, col(Invitation.id) == InvitationUse.invitation_id
    )
    query = query.where(InvitationUse.person_id == person_id).order_by(col(InvitationUse.id))
    return [(use, invitation) for use, invitation in (await session.exec(query)).all()]


async def wrong_tries(session: AsyncSession, person_id: int, since: datetime) -> int:
    query = select(func.count()).where(WrongTry.person_id == person_id, WrongTry.tried_at > since)
    return (await session.exec(query)).one()


async def tries_of(session: AsyncSession, person_id: int) -> Sequence[WrongTry]:
    query = select(WrongTry).where(WrongTry.person_id == person_id)
    return (await session.exec(query.order_by(col(WrongTry.id)))).all()


async def forget_tries(session: AsyncSession, person_id: int, before: datetime) -> None:
    old = col(WrongTry.tried_at) <= before
    await session.exec(delete(WrongTry).where(col(WrongTry.person_id) == person_id, old))

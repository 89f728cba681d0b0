"""Announcements: what was written, for whom, and how it went."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, func, true
from sqlmodel import JSON, BigInteger, Field, Index, SQLModel, and_, case, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import workshops
from storage.database import Moment, stored
from storage.groups.members import PillarMember
from storage.outbox import Outbox, State
from storage.people import Person, Role, RoleName
from storage.pillars import OrganisationPillar

RUNNING = sa.text("sent_at is not null and done_at is null")


class Audience(StrEnum):
    EVERYONE = "all"
    MEMBERS = "members"
    PILLAR = "pillar"
    EVENT = "event"


class Announcement(SQLModel, table=True):
    """A draft until it is sent, running until it is done; then it holds its own result.

    Ids are never used twice: an old button must not find another announcement than its own.
    """

    __table_args__ = (
        Index("ix_announcement_running", "id", sqlite_where=RUNNING, postgresql_where=RUNNING),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    author_id: int = Field(foreign_key="person.id")
    method: str
    payload: dict[str, Any] = Field(sa_type=JSON)
    audience: Audience | None = Field(default=None, sa_type=stored(Audience))
    audience_id: int | None = None  # of the pillar or of the event
    edition: int = 1  # grows with every change, so that what was seen is what is sent
    created_at: datetime = Field(sa_type=Moment)

    sender_id: int | None = Field(default=None, foreign_key="person.id")
    batch_id: int | None = Field(default=None, foreign_key="outbox_batch.id")
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
    stopped_at: datetime | None = Field(default=None, sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    shown_to: int | None = Field(default=None, foreign_key="person.id")
    shown_in: int | None = Field(default=None, sa_type=BigInteger)  # the message of the progress

    people: int = 0  # those it was owed to
    delivered: int = 0
    unreachable: int = 0  # before it was sent or since
    uncertain: int = 0
    failed: int = 0
    withheld: int = 0

    @property
    def key(self) -> int:
        """The id of an announcement that has been saved."""
        assert self.id is not None
        return self.id


async def find(
    session: AsyncSession, announcement_id: int, *, lock: bool = False
) -> Announcement | None:
    return await session.get(Announcement, announcement_id, with_for_update=lock or None)


async def latest(session: AsyncSession, limit: int = 100) -> Sequence[Announcement]:
    """Drafts and what was sent, newest first."""
    query = select(Announcement).order_by(col(Announcement.id).desc()).limit(limit)
    return (await session.exec(query)).all()


async def running(session: AsyncSession) -> Sequence[Announcement]:
    """Those whose end has not been told yet, locked."""
    query = select(Announcement).where(
        col(Announcement.sent_at).is_not(None), col(Announcement.done_at).is_(None)
    )
    return (await session.exec(query.order_by(col(Announcement.id)).with_for_update())).all()


async def last_of_guarantors(session: AsyncSession, pillar_id: int) -> datetime | None:
    """When somebody who is no manager last wrote to the pillar."""
    managers = select(Role.person_id).where(
        Role.name == RoleName.MANAGER, col(Role.until).is_(None)
    )
    query = select(func.max(Announcement.sent_at)).where(
        Announcement.audience == Audience.PILLAR,
        Announcement.audience_id == pillar_id,
        col(Announcement.sender_id).not_in(managers),
    )
    return (await session.exec(query)).one()


async def discard(session: AsyncSession, announcement: Announcement) -> None:
    await session.delete(announcement)


def recipients(audience: Audience, audience_id: int | None) -> "sa.Select[int | None, int | None]":
    """The ids of reachable people and of their chats."""
    reachable = and_(_in(audience, audience_id), col(Person.reachable))
    return sa.select(col(Person.id), col(Person.telegram_id)).where(reachable)


async def reach(
    session: AsyncSession, audience: Audience, audience_id: int | None
) -> tuple[int, int]:
    """How many can be written to, and how many cannot because they have blocked the bot."""
    reachable = func.count(case((col(Person.reachable), 1)))
    query = select(reachable, func.count()).where(_in(audience, audience_id))
    reached, all_of_them = (await session.exec(query)).one()
    return reached, all_of_them - reached


async def unreached(session: AsyncSession, batch_id: int) -> dict[State, int]:
    """Of those that did not leave: how many were for people who cannot be written to any more."""
    query = (
        select(Outbox.state, func.count())
        .outerjoin(Person, col(Person.telegram_id) == Outbox.chat_id)
        .where(
            Outbox.batch_id == batch_id,
            col(Outbox.state).in_((State.FAILED, State.WITHDRAWN)),
            or_(col(Person.id).is_(None), ~col(Person.reachable)),
        )
        .group_by(col(Outbox.state))
    )
    return {State(state): count for state, count in (await session.exec(query)).all()}


def _in(audience: Audience, audience_id: int | None) -> ColumnElement[bool]:
    return and_(col(Person.telegram_id).is_not(None), _belongs(audience, audience_id))


def _belongs(audience: Audience, audience_id: int | None) -> ColumnElement[bool]:
    verified = and_(col(Person.verified_at).is_not(None), col(Person.organisation_id).is_not(None))
    match audience:
        case Audience.EVERYONE:
            return true()
        case Audience.MEMBERS:
            return verified
        case Audience.PILLAR:
            return or_(_joined(audience_id), and_(verified, _with_organisation(audience_id)))
        case Audience.EVENT:
            assert audience_id is not None
            return col(Person.id).in_(workshops.registered_ids(audience_id))


def _joined(pillar_id: int | None) -> ColumnElement[bool]:
    joined = select(PillarMember.person_id).where(
        PillarMember.pillar_id == pillar_id, col(PillarMember.until).is_(None)
    )
    return col(Person.id).in_(joined)


def _with_organisation(pillar_id: int | None) -> ColumnElement[bool]:
    """Of an organisation that stands there, without those who have left by themselves."""
    there = select(OrganisationPillar.organisation_id).where(
        OrganisationPillar.pillar_id == pillar_id
    )
    left = (
        sa.exists()
        .where(
            col(PillarMember.pillar_id) == pillar_id,
            col(PillarMember.person_id) == col(Person.id),
            col(PillarMember.until) >= col(Person.verified_at),
        )
        .correlate(Person)
    )
    return and_(col(Person.organisation_id).in_(there), ~left)

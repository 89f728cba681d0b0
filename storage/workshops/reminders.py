"""When people are to be reminded of what: rows, so that a late or a doubled tick does no harm."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment, stored


class Kind(StrEnum):
    WEEK_BEFORE = "week_before"
    WILL_YOU_COME = "will_you_come"
    DAY_BEFORE = "day_before"
    SOON = "soon"
    NEXT_DAY = "next_day"
    EVENING = "evening"
    AFTERWARDS = "afterwards"
    NUDGE = "nudge"
    CERTIFICATE = "certificate"
    HALF_A_YEAR = "half_a_year"


class Reminder(SQLModel, table=True):
    """Of the parts of an event that start from `since` up to and with `until`.

    People are told in the order of their ids, some at a time: `told_up_to` is the last of them.
    Ids are never used twice, because what was sent is known by them.
    """

    __table_args__ = (
        Index(
            "ix_reminder_open",
            "due_at",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    kind: Kind = Field(sa_type=stored(Kind))
    since: datetime = Field(sa_type=Moment)
    until: datetime = Field(sa_type=Moment)
    due_at: datetime = Field(sa_type=Moment)
    told_up_to: int = 0
    done_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[Reminder]:
    open_ones = select(Reminder).where(col(Reminder.done_at).is_(None), Reminder.due_at <= now)
    ordered = open_ones.order_by(col(Reminder.due_at), col(Reminder.id)).limit(limit)
    return (await session.exec(ordered.with_for_update(skip_locked=True))).all()


async def of_workshop(session: AsyncSession, workshop_id: int) -> Sequence[Reminder]:
    query = select(Reminder).where(Reminder.workshop_id == workshop_id)
    return (await session.exec(query.order_by(col(Reminder.due_at)))).all()


async def drop_coming(session: AsyncSession, workshop_id: int, now: datetime) -> None:
    """Forget those that are not due yet; what is being told goes on."""
    coming = delete(Reminder).where(
        col(Reminder.workshop_id) == workshop_id, col(Reminder.due_at) > now
    )
    await session.exec(coming)


async def drop_all(session: AsyncSession, workshop_id: int) -> None:
    await session.exec(delete(Reminder).where(col(Reminder.workshop_id) == workshop_id))

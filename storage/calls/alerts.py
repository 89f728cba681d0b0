"""Which person was told of which call, who follows it, and what they are to be reminded of."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import JSON, BigInteger, Field, SQLModel

from storage.database import Moment, stored


class Because(StrEnum):
    NEW = "new"
    OPENED = "opened"  # it was only forecast before


class Unfit(StrEnum):
    """Why a call is not for somebody, by their own word."""

    FIELD = "field"
    NOT_ELIGIBLE = "not_eligible"
    OWN_MONEY = "own_money"  # too much of it would be needed
    TOO_LATE = "too_late"
    TOO_SMALL = "too_small"


class Alert(SQLModel, table=True):
    """A call that somebody is to hear of, in the message of their next run.

    Ids are never used twice, because what was sent is known by them.
    """

    __tablename__ = "call_alert"
    __table_args__ = (
        UniqueConstraint("call_id", "person_id", "because"),
        Index(
            "ix_call_alert_outdated",
            "id",
            sqlite_where=text("outdated = 1"),
            postgresql_where=text("outdated"),
        ),
        Index(
            "ix_call_alert_sent",
            "dedup",
            sqlite_where=text("message_id IS NULL AND dedup <> ''"),
            postgresql_where=text("message_id IS NULL AND dedup <> ''"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="grant_call.id", ondelete="CASCADE")
    person_id: int = Field(foreign_key="person.id", index=True)
    because: Because = Field(default=Because.NEW, sa_type=stored(Because))
    fit: int  # 0 to 100
    eligible: bool = True
    reasons: list[str] = Field(default_factory=list, sa_type=JSON)  # see the domain
    made_at: datetime = Field(sa_type=Moment)
    due_at: datetime | None = Field(default=None, sa_type=Moment, index=True)  # None: told
    told_at: datetime | None = Field(default=None, sa_type=Moment)
    said_due: datetime | None = Field(default=None, sa_type=Moment)  # the deadline, when told
    dedup: str = ""  # of the message in the outbox
    message_id: int | None = Field(default=None, sa_type=BigInteger)  # 0: it never arrived
    outdated: bool = False  # the call has changed since: the message is to be set right

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class Interest(SQLModel, table=True):
    """That somebody follows a call, or does not want it."""

    __tablename__ = "call_interest"
    __table_args__ = (
        Index(
            "ix_call_interest_unplanned",
            "person_id",
            sqlite_where=text("following = 1 AND planned_at IS NULL"),
            postgresql_where=text("following AND planned_at IS NULL"),
        ),
    )

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    call_id: int = Field(
        foreign_key="grant_call.id", primary_key=True, index=True, ondelete="CASCADE"
    )
    following: bool
    unfit: Unfit | None = Field(default=None, sa_type=stored(Unfit))
    days: list[int] = Field(default_factory=list, sa_type=JSON)  # before a deadline
    since: datetime = Field(sa_type=Moment)
    planned_at: datetime | None = Field(default=None, sa_type=Moment)  # None: to be reminded anew


class CallReminder(SQLModel, table=True):
    """Due at 9:00 of a working day, for one follower and one deadline; a row is told once.

    Ids are never used twice, because what was sent is known by them.
    """

    __tablename__ = "call_reminder"
    __table_args__ = (
        UniqueConstraint("person_id", "call_id", "deadline_at", "days"),
        Index(
            "ix_call_reminder_open",
            "due_at",
            sqlite_where=text("told_at IS NULL"),
            postgresql_where=text("told_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    call_id: int = Field(foreign_key="grant_call.id", index=True, ondelete="CASCADE")
    deadline_at: datetime = Field(sa_type=Moment)
    internal: bool = False
    days: int
    due_at: datetime = Field(sa_type=Moment)
    told_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

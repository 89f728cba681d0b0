"""Something not asked for, decided for one person; and how they want such things."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import JSON, Field, Index, SQLModel, UniqueConstraint

from storage.database import LongId, Moment, stored

WAITS = sa.text("way = 'digest' and digested_at is null")
WEEK = timedelta(days=7)
USUAL = 2  # non-urgent pushes in a week, where nobody has said otherwise
UNLIMITED = 1_000


class PushKind(StrEnum):
    ANNOUNCEMENTS = "announcements"
    CALLS = "calls"
    GROUPS = "groups"
    EQUIPMENT = "equipment"
    EVENTS = "events"  # invitations, ratings and the like, not one's own seat
    WELCOME = "welcome"


class Way(StrEnum):
    NOW = "now"
    DIGEST = "digest"
    OFF = "off"
    UNREACHABLE = "unreachable"
    LATE = "late"  # it was over before it could come


class Push(SQLModel, table=True):
    """Something not asked for and not urgent, decided for one person.

    `title` and `opens` (a button's data) are its line in the digest; of an announcement they are
    the announcement's own. `at` is when it leaves, which is after the night for what comes then.
    """

    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_push_lately", "person_id", "way", "at"),
        Index("ix_push_announcement", "announcement_id", "way"),
        Index("ix_push_waits", "person_id", sqlite_where=WAITS, postgresql_where=WAITS),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=LongId)
    person_id: int = Field(foreign_key="person.id")
    kind: PushKind = Field(sa_type=stored(PushKind))
    key: str  # the same thing is never pushed to the same person twice
    way: Way = Field(sa_type=stored(Way))
    urgent: bool = False  # passed over the limit, and does not use it up
    announcement_id: int | None = Field(default=None, foreign_key="announcement.id")
    title: str = ""
    opens: str = ""
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    at: datetime = Field(sa_type=Moment)
    expires_at: datetime | None = Field(default=None, sa_type=Moment)
    digested_at: datetime | None = Field(default=None, sa_type=Moment)  # in the digest of then

    @property
    def has_come(self) -> bool:
        """At once, or in a digest that is out."""
        in_digest = self.way == Way.DIGEST and self.digested_at is not None
        return self.way == Way.NOW or in_digest

    @property
    def line(self) -> int:
        """The id of one that has been saved."""
        assert self.id is not None
        return self.id


class PushChoice(SQLModel, table=True):
    """How somebody wants one kind; without a row at once, within the limit."""

    __tablename__ = "push_choice"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    kind: PushKind = Field(sa_type=stored(PushKind), primary_key=True)
    way: Way = Field(sa_type=stored(Way))
    changed_at: datetime = Field(sa_type=Moment)


class Manner(SQLModel, table=True):
    """When and how often somebody wants to be written to, where it is not the cluster's usual."""

    __tablename__ = "push_manner"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    quiet_from: int | None = None  # hours of the day where the cluster is; None: the usual ones
    quiet_until: int | None = None
    weekly: int | None = None  # non-urgent pushes in seven days
    changed_at: datetime = Field(sa_type=Moment)

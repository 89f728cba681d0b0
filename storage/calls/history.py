"""What has changed in calls, and what was read from prose and waits to be confirmed."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import JSON, Field, SQLModel, Text

from storage.database import Moment, stored

TWIN = "twin"  # the field of a proposal whose value is the id of a call that may be the same


class Turn(StrEnum):
    """What a change means to those who follow a call."""

    OPENED = "opened"
    EXTENDED = "extended"
    CLOSED_EARLY = "closed_early"
    RAISED = "raised"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    REVIVED = "revived"  # closed or cancelled, and open again
    CORRECTED = "corrected"  # anything else


class Change(SQLModel, table=True):
    __tablename__ = "call_change"

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="grant_call.id", index=True, ondelete="CASCADE")
    source_id: int | None = Field(default=None, foreign_key="source.id", ondelete="SET NULL")
    field: str
    old: Any = Field(default=None, sa_type=JSON)
    new: Any = Field(default=None, sa_type=JSON)
    turn: Turn = Field(default=Turn.CORRECTED, sa_type=stored(Turn))
    found_at: datetime = Field(sa_type=Moment, index=True)
    due_at: datetime | None = Field(default=None, sa_type=Moment, index=True)  # to be told then
    told_at: datetime | None = Field(default=None, sa_type=Moment)  # to who follows the call

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class Proposal(SQLModel, table=True):
    """A value that was read from prose; nothing rests on it before the manager has agreed."""

    __tablename__ = "call_proposal"

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="grant_call.id", index=True, ondelete="CASCADE")
    source_id: int | None = Field(default=None, foreign_key="source.id", ondelete="SET NULL")
    field: str
    value: Any = Field(default=None, sa_type=JSON)
    snippet: str = Field(default="", sa_type=Text)  # the words that it was read from
    made_at: datetime = Field(sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    settled_by: int | None = Field(default=None, foreign_key="person.id")
    agreed: bool | None = None

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

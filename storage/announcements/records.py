"""Announcements: what was written, for whom, when it is to leave, and how it went."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import JSON, BigInteger, Field, Index, SQLModel, UniqueConstraint

from storage.database import Moment, stored

RUNNING = sa.text("sent_at is not null and done_at is null")
WAITING = sa.text("leaves_at is not null and sent_at is null")


class Hours(StrEnum):
    ANY = "any"
    WORKING = "working"  # 8–20 of working days, where the cluster is


class Delivery(StrEnum):
    PUSH = "push"
    DIGEST = "digest"  # a line in Monday's message


class Stage(StrEnum):
    """How far an announcement is; follows from its moments."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    FINISHED = "finished"


class Announcement(SQLModel, table=True):
    """A draft until a manager has it leave, running until it is done; then it holds its result.

    Ids are never used twice: an old button must not find another announcement than its own.
    """

    __table_args__ = (
        Index("ix_announcement_running", "id", sqlite_where=RUNNING, postgresql_where=RUNNING),
        Index("ix_announcement_waiting", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    author_id: int = Field(foreign_key="person.id")
    audience: dict[str, Any] | None = Field(default=None, sa_type=JSON)  # see `audiences.Choice`
    pillar_id: int | None = Field(default=None, foreign_key="pillar.id")  # its guarantor writes
    question: dict[str, Any] | None = Field(default=None, sa_type=JSON)  # options, free words
    follows_id: int | None = Field(default=None, foreign_key="announcement.id")  # reminds of it
    hours: Hours = Field(default=Hours.ANY, sa_type=stored(Hours))
    delivery: Delivery = Field(default=Delivery.PUSH, sa_type=stored(Delivery))
    urgent: str | None = None  # why it may pass over everybody's limits
    edition: int = 1  # grows with every change, so that what was seen is what is sent
    created_at: datetime = Field(sa_type=Moment)

    sender_id: int | None = Field(default=None, foreign_key="person.id")
    leaves_at: datetime | None = Field(default=None, sa_type=Moment)  # until then it can be undone
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
    paused_at: datetime | None = Field(default=None, sa_type=Moment)
    paused_why: str | None = None
    stopped_at: datetime | None = Field(default=None, sa_type=Moment)
    recalled_at: datetime | None = Field(default=None, sa_type=Moment)  # what had arrived, too
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    shown_to: int | None = Field(default=None, foreign_key="person.id")
    shown_in: int | None = Field(default=None, sa_type=BigInteger)  # the message of the progress

    people: int = 0  # those it was owed to at once
    delivered: int = 0
    unreachable: int = 0  # before it was sent or since
    uncertain: int = 0
    failed: int = 0
    withheld: int = 0
    digested: int = 0  # those who have it in Monday's message
    muted: int = 0  # those who turned announcements off

    @property
    def key(self) -> int:
        """The id of an announcement that has been saved."""
        assert self.id is not None
        return self.id

    @property
    def stage(self) -> Stage:
        if self.sent_at is None:
            return Stage.DRAFT if self.leaves_at is None else Stage.SCHEDULED
        if self.stopped_at is not None:
            return Stage.CANCELLED
        if self.done_at is not None:
            return Stage.FINISHED
        return Stage.RUNNING if self.paused_at is None else Stage.PAUSED


class Content(SQLModel, table=True):
    """What it says in one language, as a request to the Bot API without the chat.

    An album has no buttons, so they follow in a second message: positions 0 and 1.
    """

    __tablename__ = "announcement_content"
    __table_args__ = (UniqueConstraint("announcement_id", "language", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = Field(foreign_key="announcement.id", index=True, ondelete="CASCADE")
    language: str = ""  # empty: for whoever has no variant of their own
    position: int = 0
    method: str
    payload: dict[str, Any] = Field(sa_type=JSON)
    batch_id: int | None = Field(default=None, foreign_key="outbox_batch.id", index=True)


class SavedAudience(SQLModel, table=True):
    """A choice of people with a name; who that is, is found when something is sent."""

    __tablename__ = "saved_audience"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    audience: dict[str, Any] = Field(sa_type=JSON)
    author_id: int = Field(foreign_key="person.id")
    created_at: datetime = Field(sa_type=Moment)
    retired_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class ResponseKind(StrEnum):
    TAPPED = "tapped"  # a button that opens something
    INTERESTED = "interested"
    CHOSE = "chose"  # one of the options of its question
    WROTE = "wrote"  # free words


class Response(SQLModel, table=True):
    """What somebody did with an announcement; of a kind once, the latest counts."""

    __tablename__ = "announcement_response"
    __table_args__ = (UniqueConstraint("announcement_id", "person_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    announcement_id: int = Field(foreign_key="announcement.id", ondelete="CASCADE")
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: ResponseKind = Field(sa_type=stored(ResponseKind))
    option: int | None = None  # from 0
    words: str = ""
    at: datetime = Field(sa_type=Moment)

"""Letters between people and the team: what came, where the team sees it, what was answered."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import JSON, BigInteger, Field, Index, SQLModel, UniqueConstraint

from storage.database import Moment

OPEN = sa.text("from_team = false and closed_at is null")


class Letter(SQLModel, table=True):
    """One message of a correspondence; `payload` is a request to the Bot API without the chat."""

    __table_args__ = (Index("ix_letter_open", "id", sqlite_where=OPEN, postgresql_where=OPEN),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)  # who is not of the team
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    announcement_id: int | None = Field(default=None, foreign_key="announcement.id")
    from_team: bool = False
    author_id: int = Field(foreign_key="person.id")
    method: str
    payload: dict[str, Any] = Field(sa_type=JSON)
    message_id: int | None = Field(default=None, sa_type=BigInteger)  # in the person's chat
    answers_id: int | None = Field(default=None, foreign_key="letter.id")
    at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)  # answered, or put aside
    closed_by: int | None = Field(default=None, foreign_key="person.id")

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class LetterCopy(SQLModel, table=True):
    """Where the team sees a letter: a reply to that message is an answer to it."""

    __tablename__ = "letter_copy"

    chat_id: int = Field(sa_type=BigInteger, primary_key=True)
    message_id: int = Field(sa_type=BigInteger, primary_key=True)
    letter_id: int = Field(foreign_key="letter.id", index=True)


class DeskTopic(SQLModel, table=True):
    """The topic of an organisation in the team's forum; that without one is for guests."""

    __tablename__ = "desk_topic"
    __table_args__ = (UniqueConstraint("chat_id", "organisation_id"),)

    chat_id: int = Field(sa_type=BigInteger, primary_key=True)
    thread_id: int = Field(sa_type=BigInteger, primary_key=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")

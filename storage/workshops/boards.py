"""The message of an event that stays up to date in the chats of those who lead it."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.database import LongId, Moment


class Board(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    message_id: int = Field(sa_type=LongId)
    shown: str = ""  # a digest of what it says, so that only what differs is edited
    shown_at: datetime = Field(sa_type=Moment)

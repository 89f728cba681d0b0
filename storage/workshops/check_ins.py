"""Tickets, and who has come to which part."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.database import Moment, stored


class How(StrEnum):
    """How we know that somebody was there."""

    TICKET = "ticket"  # scanned by the team
    POSTER = "poster"  # scanned the code at the door
    LIST = "list"  # ticked off by the team


class Ticket(SQLModel, table=True):
    """One for all parts of an event."""

    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    code: str = Field(unique=True)  # what the picture says, so that it can be drawn again


class CheckIn(SQLModel, table=True):
    __tablename__ = "check_in"
    __table_args__ = (UniqueConstraint("part_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    part_id: int = Field(foreign_key="part.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    how: How = Field(sa_type=stored(How))
    by: int | None = Field(default=None, foreign_key="person.id")  # None: by themselves
    at: datetime = Field(sa_type=Moment)


class Doorkeeper(SQLModel, table=True):
    """Somebody outside the team who helps at the door of one event."""

    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id")
    person_id: int = Field(foreign_key="person.id", index=True)

"""Secret addresses from which a calendar reads somebody's events."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.database import Moment


class CalendarFeed(SQLModel, table=True):
    __tablename__ = "calendar_feed"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", unique=True)
    digest: str = Field(unique=True)  # SHA-256 of the token, in hex
    made_at: datetime = Field(sa_type=Moment)

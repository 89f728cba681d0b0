"""What people say after an event: stars, a sentence, topics for the next one, what came of it."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.database import Moment


class Rating(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("part_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    part_id: int = Field(foreign_key="part.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    stars: int  # 1 to 5
    words: str = ""
    rated_at: datetime = Field(sa_type=Moment)


class TopicProposal(SQLModel, table=True):
    """What somebody would like to hear about at the event."""

    __tablename__ = "topic_proposal"

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    words: str
    proposed_at: datetime = Field(sa_type=Moment)


class WorkshopOutcome(SQLModel, table=True):
    """What came of the event for somebody, asked half a year later."""

    __tablename__ = "workshop_outcome"
    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    choice: str
    words: str = ""
    told_at: datetime = Field(sa_type=Moment)

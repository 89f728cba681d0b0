"""What the organiser asks those who sign up, and what they answer."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.database import Moment, stored


class Subject(StrEnum):
    DIET = "diet"
    PARKING = "parking"
    INVOICE = "invoice"
    OTHER = "other"


class RegistrationQuestion(SQLModel, table=True):
    """A question of an event; those about the usual subjects need no words of their own."""

    __tablename__ = "registration_question"

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    subject: Subject = Field(sa_type=stored(Subject))
    words: str = ""

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class RegistrationAnswer(SQLModel, table=True):
    """Empty words mean that somebody does not want to answer, and is not asked again."""

    __tablename__ = "registration_answer"
    __table_args__ = (UniqueConstraint("question_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="registration_question.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    words: str = ""
    answered_at: datetime = Field(sa_type=Moment)


class Habit(SQLModel, table=True):
    """An answer that somebody wants to be remembered for next time."""

    __table_args__ = (UniqueConstraint("person_id", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    subject: Subject = Field(sa_type=stored(Subject))
    words: str
    since: datetime = Field(sa_type=Moment)

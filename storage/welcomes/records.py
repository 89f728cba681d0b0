"""Welcome series: who is being introduced to what, how far, and the texts that managers edited."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import JSON, Field, Index, SQLModel, UniqueConstraint

from storage.database import Moment, stored

GOING_ON = sa.text("ended_at is null")


class Series(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    OWNER = "owner"  # of equipment
    LEAD = "lead"  # of a working group
    QUIET = "quiet"  # an organisation that has not been heard of


class Ending(StrEnum):
    ACTED = "acted"
    THROUGH = "through"
    DECLINED = "declined"
    LEFT = "left"


class Welcome(SQLModel, table=True):
    """One person in one series; `occasion` says which organisation or pillar it is about."""

    __table_args__ = (
        UniqueConstraint("person_id", "series", "occasion"),
        Index("ix_welcome_due", "next_at", sqlite_where=GOING_ON, postgresql_where=GOING_ON),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    series: Series = Field(sa_type=stored(Series))
    occasion: str = ""
    began_at: datetime = Field(sa_type=Moment)
    step: int = 0  # the next one to be sent
    next_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    ending: Ending | None = Field(default=None, sa_type=stored(Ending))

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class WelcomeText(SQLModel, table=True):
    """What a step says instead of the text that came with Paprsek; older ones are kept."""

    __tablename__ = "welcome_text"

    id: int | None = Field(default=None, primary_key=True)
    series: Series = Field(sa_type=stored(Series), index=True)
    step: int
    language: str
    payload: dict[str, Any] | None = Field(default=None, sa_type=JSON)  # None: the original again
    author_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)

"""The year's goals of the action plan, and what was counted by hand."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, UniqueConstraint

from storage.database import Moment, stored


class Measure(StrEnum):
    """What reality is counted by."""

    EVENTS = "events"
    ASSEMBLIES = "assemblies"
    BOARD_MEETINGS = "board_meetings"
    GROUPS = "groups"  # pillars whose working group has met or written
    AMBASSADORS = "ambassadors"
    VISITS = "visits"
    NEW_MEMBERS = "new_members"
    INSTRUMENTS = "instruments"
    CALLS = "calls"  # told to somebody whom they fit
    OWN = "own"  # counted by hand only


class Goal(SQLModel, table=True):
    """A row of the plan; `wanted` None means all of them, such as all pillars."""

    __table_args__ = (UniqueConstraint("year", "measure", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    year: int
    measure: Measure = Field(sa_type=stored(Measure))
    name: str = ""  # of a goal of the cluster's own
    wanted: int | None = None
    place: int = 0  # in the order of the plan
    changed_by: int | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class Tally(SQLModel, table=True):
    """One thing counted by hand towards a goal: a visit, a fair, a meeting without an event."""

    __tablename__ = "goal_tally"

    id: int | None = Field(default=None, primary_key=True)
    goal_id: int = Field(foreign_key="goal.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    note: str = ""
    on: date
    noted_by: int = Field(foreign_key="person.id")
    noted_at: datetime = Field(sa_type=Moment)

"""Who bids, with whom, and how it ended."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import BigInteger, Field, SQLModel, Text

from storage.database import Moment, stored


class Handed(StrEnum):
    """What became of a bid at the deadline."""

    SUBMITTED = "submitted"
    WITH_PARTNER = "with_partner"
    NOT_SUBMITTED = "not_submitted"


class Result(StrEnum):
    WON = "won"
    RESERVE = "reserve"  # good, and there was no money left
    LOST = "lost"


class Role(StrEnum):
    COORDINATOR = "coordinator"
    PARTNER = "partner"
    SUBCONTRACTOR = "subcontractor"


class Bid(SQLModel, table=True):
    """One organisation's, for one call; `person_id` is who handles it there."""

    __tablename__ = "call_bid"
    __table_args__ = (UniqueConstraint("call_id", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="grant_call.id", ondelete="CASCADE")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    since: datetime = Field(sa_type=Moment)
    heard_at: datetime = Field(sa_type=Moment)  # when they last said that they are at it
    checks: int = 0  # how often they were asked whether they still are
    checked_at: datetime | None = Field(default=None, sa_type=Moment)  # asked, and silent since
    offered_at: datetime | None = Field(default=None, sa_type=Moment)  # to their colleagues
    deadline_at: datetime | None = Field(default=None, sa_type=Moment)  # that `due_at` rests on
    due_at: datetime | None = Field(default=None, sa_type=Moment, index=True)  # we speak next
    handed: Handed | None = Field(default=None, sa_type=stored(Handed))
    handed_at: datetime | None = Field(default=None, sa_type=Moment)
    partner: str = ""  # with whom, in their own words
    asked_at: datetime | None = Field(default=None, sa_type=Moment)  # whether it was handed in
    result: Result | None = Field(default=None, sa_type=stored(Result))
    result_at: datetime | None = Field(default=None, sa_type=Moment)
    result_asked_at: datetime | None = Field(default=None, sa_type=Moment)
    amount: int | None = Field(default=None, sa_type=BigInteger)
    currency: str = ""

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class PartnerSearch(SQLModel, table=True):
    """Somebody looks for a partner. Names are shown to both once both have said yes."""

    __tablename__ = "partner_search"

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="grant_call.id", index=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id")
    role: Role = Field(sa_type=stored(Role))  # of the partner that is sought
    share: int | None = None  # per cent of the budget that would be theirs
    what: str = Field(default="", sa_type=Text)
    began_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    due_at: datetime | None = Field(default=None, sa_type=Moment, index=True)  # say: nobody yet

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class PartnerAsked(SQLModel, table=True):
    __tablename__ = "partner_asked"

    search_id: int = Field(foreign_key="partner_search.id", primary_key=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    organisation_id: int = Field(foreign_key="organisation.id")
    asked_at: datetime = Field(sa_type=Moment)
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    willing: bool | None = None
    wanted: bool | None = None  # by who looks for a partner, after a yes
    met_at: datetime | None = Field(default=None, sa_type=Moment)  # when both had said yes


class Idea(SQLModel, table=True):
    """What an organisation would bid with, where the whole cluster may hand in but one."""

    __tablename__ = "call_idea"
    __table_args__ = (UniqueConstraint("call_id", "organisation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="grant_call.id", ondelete="CASCADE")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    text: str = Field(sa_type=Text)
    given_at: datetime = Field(sa_type=Moment)
    chosen_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

"""Calls for proposals as we know them, with their deadlines and pillars."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import JSON, BigInteger, Field, SQLModel, Text

from storage.database import Moment, stored


class Kind(StrEnum):
    NATIONAL = "national"
    EUROPEAN = "european"
    REGIONAL = "regional"
    VOUCHER = "voucher"
    INTERNATIONAL = "international"  # of other countries and alliances


class State(StrEnum):
    """What a call is to those who might bid."""

    FORECAST = "forecast"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Stage(StrEnum):
    """How far a call has come on the manager's desk."""

    QUIET = "quiet"  # of no pillar: found by searching, brought to nobody
    DRAFT = "draft"  # begun by hand, not complete yet
    WAITING = "waiting"  # for the manager's yes
    SENT = "sent"
    DECLINED = "declined"


class Purpose(StrEnum):
    CIVIL = "civil"
    DEFENCE = "defence"
    DUAL = "dual"


class Basis(StrEnum):
    """What an amount means."""

    SUPPORT = "support"
    COSTS = "costs"


class GrantCall(SQLModel, table=True):
    """Amounts are whole units of `currency`. None is "not known", never "none"."""

    __tablename__ = "grant_call"
    __table_args__ = (
        Index("ix_grant_call_shown", "stage", "state", "last_deadline_at"),
        Index(
            "ix_grant_call_unmarked",
            "id",
            sqlite_where=text("marks = ''"),
            postgresql_where=text("marks = ''"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)  # the same for all sources and languages, see the domain
    title: str  # as it was announced
    title_cs: str = ""  # where it was announced in Czech too, or the manager has put it so
    description: str = Field(default="", sa_type=Text)  # the call's own, nothing around it
    language: str = "en"  # of the title and description
    programme: str = ""
    provider: str = ""
    kind: Kind = Field(sa_type=stored(Kind), index=True)
    state: State = Field(sa_type=stored(State), index=True)
    link: str = ""
    announced_at: datetime | None = Field(default=None, sa_type=Moment)
    opens_at: datetime | None = Field(default=None, sa_type=Moment, index=True)
    last_deadline_at: datetime | None = Field(default=None, sa_type=Moment, index=True)
    continuous: bool = False  # until the money is gone
    budget: int | None = Field(default=None, sa_type=BigInteger)
    support_least: int | None = Field(default=None, sa_type=BigInteger)
    support_most: int | None = Field(default=None, sa_type=BigInteger)
    basis: Basis | None = Field(default=None, sa_type=stored(Basis))
    currency: str = ""
    rate: float | None = None  # per cent of the costs, the highest that anybody gets
    applicants: list[str] = Field(default_factory=list, sa_type=JSON)  # see the domain
    regions: list[str] = Field(default_factory=list, sa_type=JSON)  # NUTS codes; empty: any
    regions_out: list[str] = Field(default_factory=list, sa_type=JSON)  # such as Prague, CZ01
    purpose: Purpose | None = Field(default=None, sa_type=stored(Purpose))
    czech_money: bool | None = None  # whether a Czech bidder can be paid
    partners: int | None = None  # the fewest that must bid together
    partners_note: str = ""
    trl_least: int | None = None
    trl_most: int | None = None
    topic: bool = True  # false: open to any technology
    stage: Stage = Field(default=Stage.WAITING, sa_type=stored(Stage), index=True)
    declined_why: str = ""
    settled_at: datetime | None = Field(default=None, sa_type=Moment)  # on the desk
    settled_by: int | None = Field(default=None, foreign_key="person.id")
    note: str = Field(default="", sa_type=Text)  # what it may be used for, by the manager
    by_hand: list[str] = Field(default_factory=list, sa_type=JSON)  # fields no source may change
    internal_at: datetime | None = Field(default=None, sa_type=Moment, index=True)  # of ideas
    internal_what: str = ""
    one_bid: bool = False  # the whole cluster may hand in but one
    ideas_told_at: datetime | None = Field(default=None, sa_type=Moment)  # to the managers
    found_at: datetime = Field(sa_type=Moment, index=True)
    checked_at: datetime = Field(sa_type=Moment)
    gone_runs: int = 0  # readings in a row without it
    marks: str = Field(default="", sa_type=Text)  # what it is found by, with spaces between

    @property
    def key(self) -> int:
        """The id of a call that has been saved."""
        assert self.id is not None
        return self.id


class Deadline(SQLModel, table=True):
    """One of a call's; a date without an hour is kept as the end of that day."""

    __tablename__ = "call_deadline"

    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="grant_call.id", index=True, ondelete="CASCADE")
    at: datetime = Field(sa_type=Moment, index=True)
    zone: str = "Europe/Prague"
    hour_known: bool = False
    what: str = ""  # the activity or stage that it is for
    sure: bool = True  # false: read from prose, and the manager has not confirmed it

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class CallPillar(SQLModel, table=True):
    __tablename__ = "call_pillar"

    call_id: int = Field(foreign_key="grant_call.id", primary_key=True, ondelete="CASCADE")
    pillar_id: int = Field(foreign_key="pillar.id", primary_key=True, index=True)
    score: float = 0
    words: list[str] = Field(default_factory=list, sa_type=JSON)  # by which it was recognised
    by_hand: bool = False


class Sighting(SQLModel, table=True):
    """Where and as what a source speaks of a call, so that it is one call to us."""

    __tablename__ = "call_sighting"

    source_id: int = Field(foreign_key="source.id", primary_key=True, ondelete="CASCADE")
    reference: str = Field(primary_key=True)  # the source's own
    call_id: int = Field(foreign_key="grant_call.id", index=True, ondelete="CASCADE")
    language: str = ""
    link: str = Field(default="", index=True)  # without what differs from visit to visit
    digest: str = ""  # of what it said, to see at once that nothing has changed
    said: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # field by field
    seen_at: datetime = Field(sa_type=Moment)
    missed: int = 0  # readings in a row without it

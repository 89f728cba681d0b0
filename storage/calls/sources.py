"""Where calls are read: sources, the hosts that may be asked, and how each reading went."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import JSON, Field, SQLModel

from storage.database import Moment, stored


class Form(StrEnum):
    """How a source speaks; each is read by the adapter of that name."""

    SEDIA = "sedia"  # the search API of the EU Funding & Tenders portal
    JDP = "jdp"  # the dashboard of the Czech Ministry of Finance
    FEED = "feed"  # RSS or Atom
    PAGE = "page"  # HTML, by selectors
    SHEET = "sheet"  # XLSX
    GRANTS = "grants"  # the search API of grants.gov
    HAND = "hand"  # what the manager forwards


class Outcome(StrEnum):
    READ = "read"
    UNCHANGED = "unchanged"  # the source says that nothing is new
    DEGRADED = "degraded"  # an answer, but too little of one to be believed
    FAILED = "failed"


class Source(SQLModel, table=True):
    """`settings` is what its adapter needs to know: selectors, columns, words, a query."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)  # its name in config.toml
    name: str
    form: Form = Field(sa_type=stored(Form))
    address: str = ""
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    language: str = "cs"
    active: bool = True
    trusted: bool = False  # what it brings goes out without the manager's yes
    every: int = 60  # minutes between two readings
    configured: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # by config.toml
    next_at: datetime | None = Field(default=None, sa_type=Moment, index=True)
    etag: str | None = None
    modified: str | None = None  # as the server said it in Last-Modified
    read_at: datetime | None = Field(default=None, sa_type=Moment)  # when it last answered well
    found: int | None = None  # how many calls it last gave
    usual: int | None = None  # how many it gives as a rule
    degraded_since: datetime | None = Field(default=None, sa_type=Moment)
    problem: str = ""  # of the last reading, for the manager

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


class AllowedHost(SQLModel, table=True):
    """A host that the manager lets us ask; nobody else is asked anything."""

    __tablename__ = "allowed_host"

    host: str = Field(primary_key=True)  # lower case, as in an address
    since: datetime = Field(sa_type=Moment)


class Reading(SQLModel, table=True):
    """How one reading of a source went."""

    __tablename__ = "source_reading"

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id", index=True, ondelete="CASCADE")
    began_at: datetime = Field(sa_type=Moment, index=True)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    outcome: Outcome | None = Field(default=None, sa_type=stored(Outcome))
    found: int = 0
    fresh: int = 0
    changed: int = 0
    problem: str = ""

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

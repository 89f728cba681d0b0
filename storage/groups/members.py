"""Who stands in a pillar as a person, who asks to, and what the pillar was called before."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.database import Moment


class PillarName(SQLModel, table=True):
    """A name that a pillar had until then."""

    __tablename__ = "pillar_name"

    id: int | None = Field(default=None, primary_key=True)
    pillar_id: int = Field(foreign_key="pillar.id", index=True)
    name_cs: str
    name_en: str
    since: datetime = Field(sa_type=Moment)
    until: datetime = Field(sa_type=Moment)


class PillarMember(SQLModel, table=True):
    """A person in a pillar, from when till when; whoever comes back has another row."""

    __tablename__ = "pillar_member"
    __table_args__ = (
        Index(
            "ix_pillar_member_now",
            "pillar_id",
            "person_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    pillar_id: int = Field(foreign_key="pillar.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    since: datetime = Field(sa_type=Moment)
    until: datetime | None = Field(default=None, sa_type=Moment)


class PillarRequest(SQLModel, table=True):
    """A guest who would like to be in a pillar; its guarantor decides."""

    __tablename__ = "pillar_request"

    id: int | None = Field(default=None, primary_key=True)
    pillar_id: int = Field(foreign_key="pillar.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    why: str = ""
    asked_at: datetime = Field(sa_type=Moment)
    handed_on_at: datetime | None = Field(default=None, sa_type=Moment)  # to the managers
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    granted: bool | None = None

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

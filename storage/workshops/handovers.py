"""Links by which a seat goes to a colleague: each works once, and for a day."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.database import Moment


class Handover(SQLModel, table=True):
    """The token itself is known to nobody but those who were given the link."""

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)  # whose seats they are
    digest: str = Field(unique=True)  # SHA-256 of the token, in hex
    made_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment, index=True)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    used_by: int | None = Field(default=None, foreign_key="person.id", index=True)

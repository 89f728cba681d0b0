"""Files of an event: slides and photos for those who came, the signed sheet for the evidence."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from storage.database import Moment, stored


class PaperKind(StrEnum):
    SLIDES = "slides"
    PHOTO = "photo"
    PROGRAMME = "programme"
    SIGNED_SHEET = "signed_sheet"


class Paper(SQLModel, table=True):
    """Telegram keeps the file; `file_id` is what it is sent again and downloaded by."""

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    kind: PaperKind = Field(sa_type=stored(PaperKind))
    file_id: str
    name: str = ""
    added_by: int | None = Field(default=None, foreign_key="person.id")
    added_at: datetime = Field(sa_type=Moment)
    published_at: datetime | None = Field(default=None, sa_type=Moment)  # to those who came

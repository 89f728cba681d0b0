"""Files of an event: slides and photos for those who came, the signed sheet for the evidence."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment, stored


class PaperKind(StrEnum):
    SLIDES = "slides"
    PHOTO = "photo"
    PROGRAMME = "programme"
    SIGNED_SHEET = "signed_sheet"


class Paper(SQLModel, table=True):
    """Telegram keeps the file; `file_id` is what it is sent again and downloaded by.

    A document has a name; what has none is a photo.
    """

    id: int | None = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshop.id", index=True)
    kind: PaperKind = Field(sa_type=stored(PaperKind))
    file_id: str
    name: str = ""
    added_by: int | None = Field(default=None, foreign_key="person.id")
    added_at: datetime = Field(sa_type=Moment)
    published_at: datetime | None = Field(default=None, sa_type=Moment)  # to those who came

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

    @property
    def is_photo(self) -> bool:
        return not self.name


async def find(session: AsyncSession, paper_id: int) -> Paper | None:
    return await session.get(Paper, paper_id, with_for_update=True)


async def of_workshop(session: AsyncSession, workshop_id: int) -> Sequence[Paper]:
    """In the order in which they came."""
    query = select(Paper).where(Paper.workshop_id == workshop_id).order_by(col(Paper.id))
    return (await session.exec(query)).all()


async def count(session: AsyncSession, workshop_id: int) -> int:
    query = select(func.count()).select_from(Paper).where(Paper.workshop_id == workshop_id)
    return (await session.exec(query)).one()


async def last_published(session: AsyncSession, workshop_id: int) -> datetime | None:
    query = select(func.max(Paper.published_at)).where(Paper.workshop_id == workshop_id)
    return (await session.exec(query)).one()


async def publish(
    session: AsyncSession, workshop_id: int, kinds: Sequence[PaperKind], now: datetime
) -> int:
    """All of these `kinds` that are not published yet; how many there were."""
    waiting = update(Paper).where(
        col(Paper.workshop_id) == workshop_id,
        col(Paper.kind).in_(kinds),
        col(Paper.published_at).is_(None),
    )
    return (await session.exec(waiting.values(published_at=now))).rowcount

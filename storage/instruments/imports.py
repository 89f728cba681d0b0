"""Lists of equipment that somebody sent: read, shown, and only then written."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment, stored


class Stage(StrEnum):
    READING = "reading"
    SHOWN = "shown"
    WRITING = "writing"
    WRITTEN = "written"
    CANCELLED = "cancelled"
    REFUSED = "refused"  # it cannot be read


class Import(SQLModel, table=True):
    """`document` is Telegram's id of the file, `kept` ours once it has been fetched. Without an
    organisation the list is of all owners. `seen` stands for the changes that were shown."""

    __tablename__ = "instrument_import"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    document: str
    name: str
    kept: int | None = None
    stage: Stage = Field(default=Stage.READING, sa_type=stored(Stage))
    seen: str = ""
    sent_at: datetime = Field(sa_type=Moment, index=True)

    @property
    def key(self) -> int:
        """The id of an import that has been saved."""
        assert self.id is not None
        return self.id


async def find(session: AsyncSession, import_id: int, *, lock: bool = False) -> Import | None:
    return await session.get(Import, import_id, with_for_update=lock, populate_existing=lock)


async def add(session: AsyncSession, sent: Import) -> Import:
    session.add(sent)
    await session.flush()
    return sent


async def of_person(session: AsyncSession, person_id: int) -> Sequence[Import]:
    mine = select(Import).where(Import.person_id == person_id).order_by(col(Import.id))
    return (await session.exec(mine)).all()


async def prune(session: AsyncSession, before: datetime) -> None:
    await session.exec(delete(Import).where(col(Import.sent_at) < before))

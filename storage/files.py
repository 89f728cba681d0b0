"""Files that we made and still have to send."""

from datetime import datetime

from sqlmodel import Field, LargeBinary, SQLModel, col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Moment


class File(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str
    content: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = Field(sa_type=Moment, index=True)


async def keep(session: AsyncSession, name: str, content: bytes, now: datetime) -> int:
    file = File(name=name, content=content, created_at=now)
    session.add(file)
    await session.flush()
    assert file.id is not None
    return file.id


async def find(session: AsyncSession, file_id: int) -> File | None:
    return await session.get(File, file_id)


async def prune(session: AsyncSession, before: datetime) -> None:
    await session.exec(delete(File).where(col(File.created_at) < before))

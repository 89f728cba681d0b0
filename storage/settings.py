"""What the bot remembers of itself, such as which face it has shown to Telegram."""

from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession


class Setting(SQLModel, table=True):
    name: str = Field(primary_key=True)
    value: str


async def find(session: AsyncSession, name: str) -> str | None:
    setting = await session.get(Setting, name)
    return setting.value if setting else None


async def put(session: AsyncSession, name: str, value: str) -> None:
    await session.merge(Setting(name=name, value=value))

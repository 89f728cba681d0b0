"""The bot to compare with: aiogram and SQLAlchemy as their guides show them, with SQLite made
durable and fair (WAL, synchronous FULL, one writer at a time). It commits the same registration,
answers the press and edits the card; it keeps no inbox, no outbox and no audit.
"""

import asyncio
import os
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from sqlalchemy import ForeignKey, UniqueConstraint, event, func, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

PEOPLE = int(os.environ.get("RIVAL_PEOPLE", "1000"))
FIRST = 10_000_001


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_id: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str]


class Workshop(Base):
    __tablename__ = "workshop"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    capacity: Mapped[int]


class Registration(Base):
    __tablename__ = "registration"
    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class SignUp(CallbackData, prefix="ws.in"):
    workshop_id: int


engine = create_async_engine(os.environ["RIVAL_DATABASE"])
sessions = async_sessionmaker(engine, expire_on_commit=False)
writing = asyncio.Lock()
dispatcher = Dispatcher()


@event.listens_for(engine.sync_engine, "connect")
def on_connect(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=wal", "synchronous=full", "busy_timeout=10000"):
        cursor.execute(f"pragma {pragma}")
    cursor.close()


@dispatcher.callback_query(SignUp.filter())
async def sign_up(query: CallbackQuery, callback_data: SignUp) -> None:
    async with writing, sessions.begin() as session:
        found = select(Person).where(Person.telegram_id == query.from_user.id)
        person = (await session.scalars(found)).one()
        workshop = await session.get_one(Workshop, callback_data.workshop_id)
        mine = select(Registration).where(
            Registration.workshop_id == workshop.id, Registration.person_id == person.id
        )
        if (await session.scalars(mine)).first() is None:
            session.add(Registration(workshop_id=workshop.id, person_id=person.id))
        taken = select(func.count()).where(Registration.workshop_id == workshop.id)
        number = (await session.scalars(taken)).one()
    button = InlineKeyboardButton(
        text="Sign out", callback_data=SignUp(workshop_id=workshop.id).pack()
    )
    home = InlineKeyboardButton(text="Home", callback_data="home")
    assert isinstance(query.message, Message)
    await query.answer("You have a seat. See you there!")
    await query.message.edit_text(
        f"<b>{workshop.title}</b>\n\nThu 14 May 2027, 9:00–16:00\nOlomouc\n\n"
        f"✅ You have a seat.\n{workshop.capacity - number} seats left of {workshop.capacity}",
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button], [home]]),
    )


async def main() -> None:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with sessions.begin() as session:
        session.add(Workshop(id=1, title="A workshop", capacity=100_000))
        session.add_all(Person(telegram_id=FIRST + n, name=f"Member {n}") for n in range(PEOPLE))
    server = TelegramAPIServer.from_base(os.environ["PAPRSEK_TELEGRAM__API_URL"])
    bot = Bot(
        os.environ["PAPRSEK_TELEGRAM__TOKEN"],
        session=AiohttpSession(api=server, limit=256),
        default=DefaultBotProperties(parse_mode="HTML"),
    )
    await dispatcher.start_polling(bot, handle_signals=True)
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main())

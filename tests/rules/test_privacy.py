"""No table that knows people is left out of what they are given."""

from collections.abc import AsyncIterator

import pytest
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import privacy
from storage.announcements import Announcement
from storage.database import Database
from storage.people import Person
from tests.conftest import NOW


@pytest.fixture
async def session(database_url: str) -> AsyncIterator[AsyncSession]:
    db = Database(database_url)
    async with db.writing() as session:
        yield session
    await db.dispose()


async def test_every_table_that_points_at_people_is_given_out(session: AsyncSession) -> None:
    me = Person(telegram_id=7, first_name="Ann", met_at=NOW)
    session.add(me)
    await session.flush()
    record = await privacy.export(session, me, NOW)
    spoken_for = {table for each in privacy.keepings.values() for table in each.tables}
    pointing = {
        name
        for name, table in SQLModel.metadata.tables.items()
        for key in table.foreign_keys
        if key.column.table.name == "person"
    }
    assert pointing <= spoken_for | set(record)


async def test_what_nobody_speaks_for_is_given_as_it_is(session: AsyncSession) -> None:
    me = Person(telegram_id=7, first_name="Ann", met_at=NOW)
    session.add(me)
    await session.flush()
    announcement = Announcement(author_id=me.key, paused_why="weather", created_at=NOW)
    session.add(announcement)
    await session.flush()
    record = await privacy.export(session, me, NOW)
    assert record["announcement"][0]["paused_why"] == "weather"
    assert "author_id" not in record["announcement"][0]

"""Whoever tries Paprsek finds a year that could be real."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from holidays import country_holidays
from sqlmodel import select

from bot import seed
from bot.demo import meeting_places
from bot.domain import agenda
from storage.database import Database
from storage.groups import places, presence
from storage.groups.chats import Health
from storage.workshops import Part
from tests import databases

PRAGUE = ZoneInfo("Europe/Prague")
SATURDAY = 5


@pytest.fixture
async def db(template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    db = Database(databases.sqlite_copy(template, tmp_path))
    yield db
    await db.dispose()


@pytest.mark.parametrize("month", range(1, 13))
async def test_nobody_meets_when_others_rest(db: Database, month: int) -> None:
    await seed.demo(db, datetime(2026, month, 22, 12, tzinfo=UTC))
    async with db.reading() as session:
        starts = list(await session.exec(select(Part.starts_at)))
    days = {start.astimezone(PRAGUE).date() for start in starts}
    assert [day for day in days if day.weekday() >= SATURDAY] == []
    assert [day for day in days if day in country_holidays("CZ")] == []
    assert [day for day in days if (day.month, day.day) >= (12, 21)] == []


async def test_its_clock_can_be_moved_from_reminder_to_reminder(db: Database) -> None:
    now = datetime(2026, 5, 22, 12, tzinfo=UTC)
    await seed.demo(db, now)
    moments: list[datetime] = []
    async with db.reading() as session:
        while len(moments) < 3 and (due := await agenda.next_due(session, seed.PRAGUE, now)):
            moments.append(due)
            now = due
    assert len(moments) == 3
    assert moments == sorted(set(moments))


async def test_one_group_is_linked_and_stays_as_people_leave_it(db: Database) -> None:
    now = datetime(2026, 5, 22, 12, tzinfo=UTC)
    await seed.demo(db, now)
    async with db.writing() as session:
        await meeting_places.link(session, now)
    async with db.writing() as session:
        (group,) = await places.linked(session)
        assert (group.health, group.invite_link) == (Health.READY, meeting_places.DOOR)
        assert await presence.count(session, group.chat_id) == 2
        group.until = now
    async with db.writing() as session:
        await meeting_places.link(session, now)
        assert await places.linked(session) == []


def test_the_links_of_its_groups_are_where_the_bot_thinks_them() -> None:
    linked, other = meeting_places.chats(42)
    assert [link.url for link in linked.links] == [meeting_places.DOOR]
    assert linked.is_led_by(42)
    assert 42 not in other.people

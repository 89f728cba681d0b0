"""Moving to PostgreSQL: everything arrives as it was, interrupted or not."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import JSON, text
from sqlmodel import func, select

from bot import seed
from storage import audit, moving
from storage.announcements import Announcement
from storage.database import Database
from storage.moving import Different, Moved, NotEmpty
from storage.organisations import Organisation
from storage.people import Person
from tests import databases
from tests.conftest import NOW
from tests.databases import Postgres

pytestmark = pytest.mark.timeout(300)  # a machine busy with other tests needs it
PEOPLE = 2_345  # more than two slices


@pytest.fixture
async def old(template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    db = Database(databases.sqlite_copy(template, tmp_path), b"key")
    await seed.demo(db, NOW)
    await seed.members(db, PEOPLE, 10_000_001, NOW)
    async with db.writing() as session:
        last = (await session.exec(select(func.max(Organisation.id)))).one()
        first = (await session.exec(select(Organisation).order_by("id"))).first()
        assert first is not None
        first.part_of = last  # a row that comes later
        nothings: tuple[Any, ...] = (None, JSON.NULL, sa.null())
        for nothing in nothings:
            session.add(Announcement(author_id=1, created_at=NOW, audience=nothing))
        await audit.record(session, 1, "x", "y:1", NOW, words="ěšč")
    yield db
    await db.dispose()


@pytest.fixture
async def new(server: Postgres, postgres_template: str) -> AsyncIterator[Database]:
    url = server.copy(postgres_template)
    db = Database(url, b"key")
    yield db
    await db.dispose()
    server.drop(url)


def rows(moved: list[Moved], table: str) -> int:
    return next(each.rows for each in moved if each.table == table)


async def test_everything_arrives(old: Database, new: Database) -> None:
    told: list[Moved] = []
    moved = await moving.move(old, new, told.append)
    assert moved == told
    assert rows(moved, "person") > PEOPLE
    async with new.writing() as session:
        chain = await audit.verify(session, b"key")
        assert (chain.rows, chain.broken_at) == (1, None)
        session.add(Person(telegram_id=99, met_at=NOW))  # gets a number of its own
    assert not await moving.is_unfinished(new)


async def test_interrupted_it_goes_on_where_it_was(
    old: Database, new: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = moving._copy
    copied: list[object] = []

    async def interrupted(*given: object) -> None:
        if len(copied) == 60:
            raise KeyboardInterrupt
        copied.append(given)
        await copy(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(moving, "_copy", interrupted)
    with pytest.raises(KeyboardInterrupt):
        await moving.move(old, new)
    assert await moving.is_unfinished(new)
    monkeypatch.undo()
    assert rows(await moving.move(old, new), "person") > PEOPLE


async def test_a_house_with_people_is_left_alone(old: Database, new: Database) -> None:
    async with new.writing() as session:
        session.add(Person(telegram_id=99, met_at=NOW))
    with pytest.raises(NotEmpty):
        await moving.move(old, new)


async def test_a_copy_that_is_not_the_same_is_noticed(
    old: Database, new: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    count_on = moving._count_on

    async def meddled(db: Database) -> None:
        await count_on(db)
        async with db.engine.begin() as connection:
            await connection.execute(text("update person set first_name = 'X' where id = 3"))

    monkeypatch.setattr(moving, "_count_on", meddled)
    with pytest.raises(Different, match="person"):
        await moving.move(old, new)

"""Whatever is done to the audit behind its back is found, with the row where it was done."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import audit, migrate
from storage.audit import Audit, Chain
from storage.database import Database
from storage.people import Person
from tests.conftest import NOW

pytestmark = pytest.mark.postgres
KEY = b"kept outside of the database"
ROWS = 40


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    db = Database(database_url, KEY)
    async with db.writing() as session:
        session.add(Person(id=1, telegram_id=7, met_at=NOW))
    yield db
    await db.dispose()


async def done(db: Database, number: int) -> None:
    async with db.writing() as session:
        at = NOW + timedelta(minutes=number)
        await audit.record(
            session, 1, "approve", f"event:{number}", at, words=f"Č {number}", n=1.5
        )


async def a_history(db: Database) -> None:
    for number in range(1, ROWS + 1):
        await done(db, number)


async def chain(db: Database, key: bytes = KEY) -> Chain:
    async with db.reading() as session:
        return await audit.verify(session, key)


async def behind_its_back(db: Database, statement: str) -> None:
    async with db.engine.begin() as connection:
        await connection.execute(text(statement))


async def test_an_honest_history_is_whole(db: Database) -> None:
    await a_history(db)
    whole = await chain(db)
    assert (whole.rows, whole.unsealed, whole.broken_at) == (ROWS, 0, None)
    async with db.reading() as session:
        assert await audit.has(session, f"{whole.rows}:{whole.head}")


async def test_many_at_once_stand_in_one_line(db: Database) -> None:
    await asyncio.gather(*(done(db, number) for number in range(ROWS)))
    assert await chain(db) == Chain(ROWS, 0, (await chain(db)).head)


@pytest.mark.parametrize(
    ("deed", "where"),
    [
        ("update audit set action = 'decline' where id = 17", 17),
        ('update audit set details = \'{"words": "x"}\' where id = 40', 40),
        ("update audit set actor_id = 2 where id = 1", 1),
        ("delete from audit where id = 23", 24),
        ("delete from audit where id = 1", 2),
        ("update audit set id = 100 where id = 40", 100),
    ],
)
async def test_what_was_changed_or_removed_is_found(db: Database, deed: str, where: int) -> None:
    async with db.writing() as session:
        session.add(Person(id=2, telegram_id=8, met_at=NOW))
    await a_history(db)
    await behind_its_back(db, deed)
    assert (await chain(db)).broken_at == where


@pytest.mark.parametrize("seal", ["", "00"])
async def test_what_was_slipped_in_is_found(db: Database, seal: str) -> None:
    await a_history(db)
    await behind_its_back(
        db,
        "insert into audit (id, at, actor_id, action, subject, details, seal) "
        f"select 41, at, actor_id, action, subject, details, '{seal}' from audit where id = 40",
    )
    assert (await chain(db)).broken_at == 41


async def test_an_end_that_was_cut_off_is_missed_by_whoever_noted_it(db: Database) -> None:
    await a_history(db)
    head = f"{ROWS}:{(await chain(db)).head}"
    await behind_its_back(db, f"delete from audit where id = {ROWS}")
    assert (await chain(db)).broken_at is None
    async with db.reading() as session:
        assert not await audit.has(session, head)


async def test_without_the_key_nobody_makes_another_history(db: Database) -> None:
    await a_history(db)
    assert (await chain(db, b"a guess")).broken_at == 1


async def test_what_was_not_done_leaves_no_row(db: Database) -> None:
    async def changes_their_mind() -> None:
        async with db.writing() as session:
            await audit.record(session, 1, "approve", "event:1", NOW)
            raise ValueError("changed my mind")

    with pytest.raises(ValueError, match="changed my mind"):
        await changes_their_mind()
    await done(db, 2)
    whole = await chain(db)
    assert (whole.rows, whole.broken_at) == (1, None)


async def test_rows_from_before_there_were_seals_are_counted(db: Database) -> None:
    async with db.writing() as session:
        for number in (1, 2):
            session.add(Audit(id=number, at=NOW, actor_id=1, action="x", subject="y"))
    await done(db, 3)
    whole = await chain(db)
    assert (whole.rows, whole.unsealed, whole.broken_at) == (3, 2, None)


async def test_the_database_itself_refuses_changes(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path}/migrated.db", KEY)
    await migrate.upgrade(db)
    async with db.writing() as session:
        session.add(Person(id=1, telegram_id=7, met_at=NOW))
    await done(db, 1)
    for deed in ("update audit set action = 'x'", "delete from audit"):
        with pytest.raises(DBAPIError, match="stays as it was written"):
            await behind_its_back(db, deed)
    await db.dispose()

"""Writers of SQLite share commits, and none of them can tell."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.company import MOST, Undone
from storage.database import Database


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'company.db'}").acquire()
    async with database.writing() as session:
        await _run(session, "create table line (number integer unique)")
    yield database
    await database.dispose()


@pytest.fixture
def commits(db: Database) -> list[None]:
    seen: list[None] = []
    event.listen(db.engine.sync_engine, "commit", lambda _: seen.append(None))
    return seen


async def _run(session: AsyncSession, statement: str) -> None:
    await (await session.connection()).execute(text(statement))


async def _write(db: Database, number: int) -> None:
    async with db.writing() as session:
        await _run(session, f"insert into line values ({number})")
        await asyncio.sleep(0)


async def _written(db: Database) -> list[int]:
    async with db.reading() as session:
        rows = await (await session.connection()).execute(text("select number from line"))
        return sorted(rows.scalars())


async def test_those_who_wait_share_a_commit(db: Database, commits: list[None]) -> None:
    await asyncio.gather(*(_write(db, number) for number in range(3 * MOST)))
    assert await _written(db) == list(range(3 * MOST))
    assert len(commits) == 3


async def test_one_who_is_alone_does_not_wait_for_company(
    db: Database, commits: list[None]
) -> None:
    await _write(db, 1)
    await _write(db, 2)
    assert len(commits) == 2


async def test_one_who_fails_takes_nobody_along(db: Database) -> None:
    numbers = (1, 2, 2, 3)
    outcomes = await asyncio.gather(
        *(_write(db, number) for number in numbers), return_exceptions=True
    )
    assert [isinstance(each, DBAPIError) for each in outcomes] == [False, False, True, False]
    assert await _written(db) == [1, 2, 3]


async def test_nothing_is_done_before_the_commit(db: Database) -> None:
    first, second = asyncio.Event(), asyncio.Event()

    async def slowly() -> None:
        async with db.writing() as session:
            first.set()
            await second.wait()
            await _run(session, "insert into line values (2)")

    early = asyncio.create_task(_write(db, 1))
    await asyncio.sleep(0)
    late = asyncio.create_task(slowly())
    await first.wait()
    assert not early.done()
    assert await _written(db) == []
    second.set()
    await asyncio.gather(early, late)
    assert await _written(db) == [1, 2]


async def test_who_stops_waiting_leaves_nothing_open(db: Database) -> None:
    early = asyncio.create_task(_write(db, 1))
    await asyncio.sleep(0)
    late = asyncio.create_task(_write(db, 2))
    await asyncio.sleep(0)
    late.cancel()
    await early
    assert await _written(db) == [1]
    await _write(db, 3)
    assert await _written(db) == [1, 3]


async def test_a_transaction_taken_back_is_told_to_all(db: Database) -> None:
    """As a full disk does it."""

    async def hit_the_end() -> None:
        async with db.writing() as session:
            await _run(session, "insert or rollback into line values (1)")

    outcomes = await asyncio.gather(_write(db, 1), hit_the_end(), return_exceptions=True)
    assert isinstance(outcomes[0], Undone)
    assert isinstance(outcomes[1], DBAPIError)
    assert await _written(db) == []
    await _write(db, 1)
    assert await _written(db) == [1]

"""The migrations lead to the tables that the code has, there and back, on both engines."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, inspect

from storage import migrate, tables
from storage.database import Database
from tests.databases import Postgres

pytestmark = pytest.mark.postgres
assert tables  # every table has to be known


@pytest.fixture
def empty_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    if engine == "sqlite":
        return f"sqlite:///{tmp_path}/empty.db"
    server: Postgres = request.getfixturevalue("server")
    return server.create(f"empty_{tmp_path.name.replace('-', '_')}"[:60].lower())


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    db = Database(url)
    try:
        yield db
    finally:
        await db.dispose()


def _names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


async def names(db: Database) -> set[str]:
    async with db.engine.connect() as connection:
        return await connection.run_sync(_names)


async def test_up_down_and_up_again(empty_url: str) -> None:
    async with opened(empty_url) as db:
        assert await migrate.current(db) is None
        await migrate.upgrade(db)
        assert await migrate.current(db) == migrate.newest()
        there = await names(db)
        await migrate.run(db, lambda settings: command.downgrade(settings, "base"))
        assert await names(db) == set()
        await migrate.upgrade(db)
        assert await names(db) == there


async def test_the_migrations_and_the_code_agree(empty_url: str) -> None:
    """Raises when Alembic would write another migration."""
    async with opened(empty_url) as db:
        await migrate.upgrade(db)
        await migrate.run(db, command.check)


async def test_twice_is_as_good_as_once(empty_url: str) -> None:
    async with opened(empty_url) as db:
        await migrate.upgrade(db)
        await migrate.upgrade(db)
        assert await migrate.current(db) == migrate.newest()

"""Connections to PostgreSQL that die unnoticed while nobody uses them."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from storage import resting
from storage.database import Database
from tests.databases import Postgres


@pytest.fixture
async def db(server: Postgres) -> AsyncIterator[Database]:
    url = server.copy("template0")
    database = Database(url)
    yield database
    await database.dispose()
    server.drop(url)


async def backend(db: Database) -> int:
    async with db.engine.connect() as connection:
        return int((await connection.execute(text("select pg_backend_pid()"))).scalar_one())


async def test_one_that_died_while_it_rested_is_replaced(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resting, "RESTED", 0)
    before = await backend(db)
    other = Database(db.url.render_as_string(hide_password=False))
    async with other.engine.connect() as connection:
        await connection.execute(text(f"select pg_terminate_backend({before})"))
    await other.dispose()
    assert await backend(db) != before


async def test_one_that_has_just_been_used_is_not_tried(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resting, "RESTED", 60)
    before = await backend(db)

    def fail(_: object) -> bool:
        raise AssertionError

    monkeypatch.setattr(db.engine.sync_engine.dialect, "do_ping", fail)
    assert await backend(db) == before

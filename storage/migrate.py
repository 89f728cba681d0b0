"""Bringing a database to the tables of this version, and telling whether it has them."""

from collections.abc import Callable
from pathlib import Path

import aiosqlite
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database

SCRIPTS = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 7_203_118  # the advisory lock of a migration on PostgreSQL


class Dangling(Exception):
    """A migration would have left rows that point to nothing."""


def config(connection: Connection | None = None) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(SCRIPTS))
    settings.attributes["connection"] = connection
    return settings


def newest() -> str:
    head = ScriptDirectory.from_config(config()).get_current_head()
    assert head is not None
    return head


async def run(db: Database, step: Callable[[Config], None]) -> None:
    """Run an Alembic command in one transaction. Raises `Dangling`, and has done nothing then."""

    def work(connection: Connection) -> None:
        if not db.is_sqlite:
            connection.execute(text(f"select pg_advisory_xact_lock({ONE_AT_A_TIME})"))
        step(config(connection))
        if db.is_sqlite and connection.execute(text("pragma foreign_key_check")).first():
            raise Dangling

    async with db.engine.connect() as connection:
        await _heed_keys(db, connection, "off")
        try:
            async with connection.begin():
                await connection.run_sync(work)
        finally:
            await _heed_keys(db, connection, "on")


async def _heed_keys(db: Database, connection: AsyncConnection, switch: str) -> None:
    """SQLite changes a table by replacing it, which would take the rows that point to it along;
    and it lets itself be told only outside of a transaction."""
    if db.is_sqlite:
        raw = (await connection.get_raw_connection()).driver_connection
        assert isinstance(raw, aiosqlite.Connection)
        await raw.execute(f"pragma foreign_keys = {switch}")


async def upgrade(db: Database) -> None:
    await run(db, lambda settings: command.upgrade(settings, "head"))


async def current(db: Database) -> str | None:
    """The revision that the database is at; None for an empty one."""

    def look(connection: Connection) -> str | None:
        return MigrationContext.configure(connection).get_current_revision()

    async with db.engine.connect() as connection:
        return await connection.run_sync(look)

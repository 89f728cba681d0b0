"""Bringing a database to the tables of this version, and telling whether it has them."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import Database

SCRIPTS = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 7_203_118  # the advisory lock of a migration on PostgreSQL


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
    """Run an Alembic command in one transaction."""

    def work(connection: Connection) -> None:
        if not db.is_sqlite:
            connection.execute(text(f"select pg_advisory_xact_lock({ONE_AT_A_TIME})"))
        step(config(connection))

    async with db.engine.begin() as connection:
        await connection.run_sync(work)


async def upgrade(db: Database) -> None:
    await run(db, lambda settings: command.upgrade(settings, "head"))


async def current(db: Database) -> str | None:
    """The revision that the database is at; None for an empty one."""

    def look(connection: Connection) -> str | None:
        return MigrationContext.configure(connection).get_current_revision()

    async with db.engine.connect() as connection:
        return await connection.run_sync(look)

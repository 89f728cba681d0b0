"""Bringing a database to the tables of this version, and telling whether it has them."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import aiosqlite
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import settings
from storage.database import Database
from storage.settings import Setting

SCRIPTS = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 7_203_118  # the advisory lock of a migration on PostgreSQL


SINCE = "tables.since"  # what a program has to know, at least, to work with the tables


class Outdated(Exception):
    """The database has tables that this version of the program cannot work with."""


class Dangling(Exception):
    """A migration would have left rows that point to nothing."""


def config(connection: Connection | None = None) -> Config:
    made = Config()
    made.set_main_option("script_location", str(SCRIPTS))
    made.attributes["connection"] = connection
    return made


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(config())


def newest() -> str:
    head = _scripts().get_current_head()
    assert head is not None
    return head


async def run(db: Database, step: Callable[[Config], None]) -> None:
    """Run an Alembic command in one transaction. Raises `Dangling`, and has done nothing then."""

    def work(connection: Connection) -> None:
        if not db.is_sqlite:
            connection.execute(text("set local statement_timeout = 0"))
            connection.execute(text("set local lock_timeout = 0"))
            connection.execute(text(f"select pg_advisory_xact_lock({ONE_AT_A_TIME})"))
            connection.execute(text("set local lock_timeout = 5000"))  # do not hold up the others
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
    """To the newest tables that we know; newer ones stay if we can work with them.

    Raises `Outdated` if we cannot.
    """
    at = await current(db)
    if at is None or at in known():
        await run(db, _to_the_newest)
        return
    async with db.reading() as session:
        if await settings.find(session, SINCE) not in known():
            raise Outdated(f"at {at}, and this version knows none after {newest()}")


async def check_still_fits(session: AsyncSession) -> None:
    """Others may have changed the tables since we have started. Raises `Outdated`."""
    since = await settings.find(session, SINCE)
    if since is not None and since not in known():
        raise Outdated(f"for versions that know {since}, and this one none after {newest()}")


@cache
def known() -> frozenset[str]:
    return frozenset(script.revision for script in _scripts().walk_revisions())


def oldest_that_fits() -> str:
    """A migration that says `expands = True` only adds: programs that do not know it work on."""
    revisions = _scripts().walk_revisions()
    return next(each.revision for each in revisions if not getattr(each.module, "expands", False))


def _to_the_newest(to: Config) -> None:
    command.upgrade(to, "head")
    connection, values = to.attributes["connection"], {"name": SINCE, "value": oldest_that_fits()}
    connection.execute(delete(Setting).where(col(Setting.name) == SINCE))
    connection.execute(insert(Setting).values(**values))


async def current(db: Database) -> str | None:
    """The revision that the database is at; None for an empty one."""

    def look(connection: Connection) -> str | None:
        return MigrationContext.configure(connection).get_current_revision()

    async with db.engine.connect() as connection:
        return await connection.run_sync(look)

"""Databases as earlier versions left them, full of rows, and how a database is made."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import command
from sqlalchemy import Column, Connection, MetaData, Table

from storage import migrate
from storage.database import Database

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
FEW = 40  # rows of what there is little of
MANY = ("person", "seat", "outbox", "inbox")
PARTS = 250  # seats in one part of an event
OF_ONE_ENGINE = ("instrument_index", "call_index", "alembic")
SAID = {"audience": "members", "method": "sendMessage", "state": 2}  # where a migration reads them
MAKE = {
    "sqlite": ("select type, name, sql from sqlite_master order by 1, 2, 3",),
    "postgresql": (
        "select table_name, column_name, data_type, is_nullable, column_default "
        "from information_schema.columns where table_schema = 'public' order by 1, 2",
        "select indexname, indexdef from pg_indexes where schemaname = 'public' order by 1",
        "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) "
        "from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2",
        "select tgname from pg_trigger where not tgisinternal order by 1",
        "select proname from pg_proc where pronamespace = 'public'::regnamespace order by 1",
    ),
}


async def make(url: str, revision: str, members: int) -> None:
    """A database at `revision`, with so many members and what they left in the other tables."""
    db = Database(url)
    try:
        await migrate.run(db, lambda to: command.upgrade(to, revision))
        async with db.engine.begin() as connection:
            await connection.run_sync(_fill, members)
    finally:
        await db.dispose()


async def look(url: str) -> tuple[str | None, str, dict[str, int]]:
    """The migration that it is at, how it is made, and how many rows each table has."""
    db = Database(url)
    try:
        at = await migrate.current(db)
        async with db.engine.connect() as connection:
            return at, await connection.run_sync(_make), await connection.run_sync(_counts)
    finally:
        await db.dispose()


def _make(connection: Connection) -> str:
    """Constraints are written down in whatever order."""
    questions = MAKE[connection.dialect.name]
    rows = [tuple(row) for each in questions for row in connection.execute(sa.text(each))]
    return "\n".join("\n".join(_sorted(part) for part in row) for row in rows)


def _sorted(part: object) -> str:
    return "\n".join(sorted(line.strip(" \t,)") for line in str(part).splitlines()))


def _counts(connection: Connection) -> dict[str, int]:
    count = sa.select(sa.func.count())
    tables = _tables(connection)
    return {each.name: connection.execute(count.select_from(each)).scalar_one() for each in tables}


def _tables(connection: Connection) -> list[Table]:
    known = MetaData()
    known.reflect(connection, only=lambda name, _: not name.startswith(OF_ONE_ENGINE))
    return known.sorted_tables


def _fill(connection: Connection, members: int) -> None:
    for table in _tables(connection):
        number = _number(table.name, members)
        for start in range(1, number + 1, 5_000):
            rows = range(start, min(start + 5_000, number + 1))
            values = [dict(_values(table, each, members)) for each in rows]
            connection.execute(sa.insert(table), values)


def _number(table: str, members: int) -> int:
    """How many rows it gets."""
    if table == "part":
        return FEW + members // PARTS
    return members if table in MANY else FEW


def _values(table: Table, number: int, members: int) -> Iterator[tuple[str, Any]]:
    for column in table.columns:
        if column.computed is None and _is_wanted(column):
            yield column.name, _value(column, number, members)


def _is_wanted(column: Column[Any]) -> bool:
    has_to_be_said = not column.nullable and column.server_default is None
    return has_to_be_said or column.primary_key or column.name in SAID


def _value(column: Column[Any], number: int, members: int) -> Any:
    kind, table = column.type, column.table.name
    if column.foreign_keys:
        [key] = column.foreign_keys
        return 1 + number % _number(key.column.table.name, members)
    if column.name in SAID and (column.name != "state" or table in MANY):
        return SAID[column.name]
    if isinstance(kind, sa.JSON):
        return {}
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.DateTime):
        return NOW
    if isinstance(kind, sa.Date):
        return date(2027, 3, 1)
    if isinstance(kind, (sa.Integer, sa.Numeric, sa.Float)):
        return number
    if isinstance(kind, sa.LargeBinary):
        return b"x"
    return f"x{number}"

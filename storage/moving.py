"""Moving everything to another database: slice by slice, so that it can be interrupted, and then
compared row by row."""

import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy import JSON, Column, Integer, Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import settings
from storage.database import Database
from storage.people import Person
from storage.tables import metadata

SLICE = 1_000  # rows
ALL = 2**128
BEGUN, UNFINISHED = "move.begun", "move.unfinished"  # in the old and in the new database
Row = dict[str, Any]


class NotEmpty(Exception):
    """Somebody lives in the new database already."""


class Different(Exception):
    """What arrived is not what left; says in which table."""


@dataclass(frozen=True)
class Moved:
    table: str
    rows: int
    checksum: str  # of all rows, in whatever order


async def move(
    old: Database, new: Database, tell: Callable[[Moved], None] = lambda _: None
) -> list[Moved]:
    """Copy all rows, or go on where it was interrupted, then compare both sides.

    Both have the newest tables, and nobody works with either. Raises `NotEmpty`, `Different`.
    """
    await _begin(old, new)
    for table in metadata.sorted_tables:
        await _copy(old, new, table)
    for table in metadata.sorted_tables:
        await _point(old, new, table)
    await _count_on(new)
    moved = [await _compared(old, new, table, tell) for table in metadata.sorted_tables]
    await _finish(new)
    return moved


async def is_unfinished(db: Database) -> bool:
    async with db.reading() as session:
        return await settings.find(session, UNFINISHED) is not None


async def _begin(old: Database, new: Database) -> None:
    async with old.writing() as session:
        name = await settings.find(session, BEGUN) or uuid4().hex
        await settings.put(session, BEGUN, name)
    async with new.writing() as session:
        going_on = await settings.find(session, UNFINISHED) == name
        if not going_on and (await session.exec(sa.select(sa.exists(Person.id)))).scalar():  # type: ignore[arg-type, call-overload]
            raise NotEmpty
        await settings.put(session, UNFINISHED, name)


async def _copy(old: Database, new: Database, table: Table) -> None:
    into = postgresql.insert(_as_it_is(table)).on_conflict_do_nothing()
    later = {column.name for column in _pointing_ahead(table)}
    async with old.engine.connect() as source:
        after = await _last(new, table)
        async for rows in _slices(source, table, after):
            arriving = [{k: None if k in later else v for k, v in row.items()} for row in rows]
            async with new.engine.begin() as target:
                await target.execute(into, arriving)


async def _point(old: Database, new: Database, table: Table) -> None:
    """Rows may refer to later ones, which are all there now."""
    ahead, key = _pointing_ahead(table), list(table.primary_key)
    if not ahead:
        return
    the_row = sa.and_(*(column == sa.bindparam(f"key_{column.name}") for column in key))
    values: dict[str, Any] = {column.name: sa.bindparam(f"to_{column.name}") for column in ahead}
    pointing = sa.update(table).where(the_row).values(values)
    async with old.engine.connect() as source:
        async for rows in _slices(source, table):
            referring = [
                {f"key_{each.name}": row[each.name] for each in key}
                | {f"to_{each.name}": row[each.name] for each in ahead}
                for row in rows
                if any(row[each.name] is not None for each in ahead)
            ]
            if referring:
                async with new.engine.begin() as target:
                    await target.execute(pointing, referring)


async def _count_on(new: Database) -> None:
    """New rows get numbers after those that came."""
    async with new.engine.begin() as target:
        for table in metadata.sorted_tables:
            column = table.autoincrement_column
            if column is not None:
                sequence = sa.func.pg_get_serial_sequence(f'"{table.name}"', column.name)
                last = sa.func.coalesce(sa.func.max(column), 0) + 1
                await target.execute(sa.select(sa.func.setval(sequence, last, False)))


async def _compared(
    old: Database, new: Database, table: Table, tell: Callable[[Moved], None]
) -> Moved:
    before, after = await _sum(old, table), await _sum(new, table)
    if before != after:
        raise Different(f"{table.name}: {before.rows} rows left, {after.rows} arrived")
    tell(after)
    return after


async def _sum(db: Database, table: Table) -> Moved:
    rows = total = 0
    async with db.engine.connect() as connection:
        async for found in _slices(connection, table):
            for row in found:
                if table.name == "setting" and row["name"] in (BEGUN, UNFINISHED):
                    continue
                rows, total = rows + 1, (total + _digest(row)) % ALL
    return Moved(table.name, rows, f"{total:032x}")


def _digest(row: Row) -> int:
    written = json.dumps(row, sort_keys=True, default=_plain)
    return int.from_bytes(sha256(written.encode()).digest()[:16], "big")


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return "JSON null" if value is JSON.NULL else str(value)


async def _finish(new: Database) -> None:
    setting = settings.Setting.__table__  # type: ignore[attr-defined]
    async with new.engine.begin() as target:
        await target.execute(sa.delete(setting).where(setting.c.name.in_((BEGUN, UNFINISHED))))


async def _last(new: Database, table: Table) -> tuple[int, ...]:
    """The key of the last row that has arrived. Words are sorted differently over there, so a
    table with such a key is begun anew, and what has arrived already is passed over."""
    key = list(table.primary_key)
    if not all(isinstance(column.type, Integer) for column in key):
        return ()
    query = sa.select(*key).order_by(*(column.desc() for column in key)).limit(1)
    async with new.engine.connect() as target:
        return tuple((await target.execute(query)).first() or ())


async def _slices(
    connection: AsyncConnection, table: Table, after: Sequence[Any] = ()
) -> AsyncIterator[list[Row]]:
    """All rows in the order of their key, those after `after` only when it is given."""
    key, columns = list(table.primary_key), _plain_columns(table)
    missing = {c.name: f"no_{c.name}" for c in columns if isinstance(c.type, JSON)}
    flags = [table.c[name].is_(sa.null()).label(flag) for name, flag in missing.items()]
    query = sa.select(*columns, *flags).order_by(*key).limit(SLICE)
    while True:
        rest = query.where(sa.tuple_(*key) > sa.tuple_(*after)) if after else query
        rows = [dict(row) for row in (await connection.execute(rest)).mappings()]
        if not rows:
            return
        after = [rows[-1][column.name] for column in key]
        for row in rows:
            for name, flag in missing.items():
                if not row.pop(flag) and row[name] is None:
                    row[name] = JSON.NULL
        yield rows


def _plain_columns(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if column.computed is None]


def _as_it_is(table: Table) -> Any:
    """Nothing and the `null` of JSON are two things, and both arrive as they were."""
    columns = (
        sa.column(each.name, JSON(none_as_null=True) if isinstance(each.type, JSON) else each.type)
        for each in _plain_columns(table)
    )
    return sa.table(table.name, *columns)


def _pointing_ahead(table: Table) -> list[Column[Any]]:
    """Columns that may refer to rows which are copied later."""
    order = {each.name: place for place, each in enumerate(metadata.sorted_tables)}
    return [
        column
        for column in table.columns
        if any(order[key.column.table.name] >= order[table.name] for key in column.foreign_keys)
    ]

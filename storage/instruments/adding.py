"""New instruments by the thousand: rows that go to the driver as it takes them.

A row of forty columns costs SQLAlchemy more than it costs the engine.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.instruments.records import Instrument, InstrumentPillar

INSTRUMENT = Instrument.__table__  # type: ignore[attr-defined]
STANDS = InstrumentPillar.__table__  # type: ignore[attr-defined]
LAST = sa.select(sa.func.max(INSTRUMENT.c.id))
NEXT = sa.text("SELECT nextval('instrument_id_seq') FROM generate_series(1, :number)")
FIELDS = {name: each for name, each in Instrument.model_fields.items() if name != "id"}
FRESH: dict[str, Any] = {
    n: each.default_factory for n, each in FIELDS.items() if each.default_factory
}
USUALLY = {n: each.default for n, each in FIELDS.items() if n not in FRESH}
ROOM = (  # for what is new: a GIN index takes in more at once for less
    sa.text("SET LOCAL gin_pending_list_limit = '16MB'"),
    sa.text("SET LOCAL work_mem = '64MB'"),
    sa.text("SET LOCAL statement_timeout = '5min'"),
)
TAKE_IN = sa.text(
    "SELECT gin_clean_pending_list('ix_instrument_marks'), "
    "gin_clean_pending_list('ix_instrument_sample')"
)


Plain = tuple[Any, ...]


def row(told: Mapping[str, Any]) -> dict[str, Any]:
    """All columns but the id, as they are told or else as they usually are."""
    return {**USUALLY, **{name: make() for name, make in FRESH.items()}, **told}


async def keys(session: AsyncSession, number: int) -> list[int]:
    """The ids that as many new rows are to have."""
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        return list((await connection.execute(NEXT, {"number": number})).scalars())
    last = (await connection.execute(LAST)).scalar() or 0
    return list(range(last + 1, last + 1 + number))


def plain(session: AsyncSession, rows: Iterable[Mapping[str, Any]]) -> list[Plain]:
    """Whole rows, their ids too, as the driver takes them."""
    return _plain(INSTRUMENT, session.get_bind().dialect, rows)


async def save(session: AsyncSession, rows: Sequence[Plain]) -> None:
    await _write(await session.connection(), INSTRUMENT, rows)


@asynccontextmanager
async def many(session: AsyncSession) -> AsyncIterator[None]:
    """Around saving very many, in one transaction."""
    connection = await session.connection()
    if connection.dialect.name != "postgresql":
        yield
        return
    for statement in ROOM:
        await connection.execute(statement)
    yield
    await connection.execute(TAKE_IN)


async def place(session: AsyncSession, stand: Iterable[tuple[int, int]]) -> None:
    """Ids of new instruments, and of the pillars that they stand in."""
    connection = await session.connection()
    keyed = ({"instrument_id": key, "pillar_id": pillar} for key, pillar in stand)
    await _write(connection, STANDS, _plain(STANDS, connection.dialect, keyed))


def _plain(table: sa.Table, dialect: sa.Dialect, rows: Iterable[Mapping[str, Any]]) -> list[Plain]:
    columns, _ = _columns(table, dialect)
    return [tuple([bind(it[name]) if bind else it[name] for name, bind in columns]) for it in rows]


async def _write(connection: AsyncConnection, table: sa.Table, rows: Sequence[Plain]) -> None:
    """In the transaction that the connection has begun by a statement before."""
    columns, insert = _columns(table, connection.dialect)
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql(insert, list(rows))
        return
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    names = [name for name, _ in columns]
    await driver.copy_records_to_table(table.name, records=rows, columns=names)


@lru_cache(maxsize=8)
def _columns(table: sa.Table, dialect: sa.Dialect) -> tuple[list[tuple[str, Any]], str]:
    """How the driver has each column, and the statement for those that have no better way."""
    binds = [
        (column.name, column.type.dialect_impl(dialect).bind_processor(dialect))
        for column in table.columns
    ]
    return binds, str(sa.insert(table).compile(dialect=dialect))

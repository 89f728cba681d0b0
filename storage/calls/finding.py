"""The index that calls are found by, as instruments are. Which of them are open is asked beside
it, since that changes without their words."""

import json
from collections.abc import Collection, Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import bindparam, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.calls.records import GrantCall, Stage, State
from storage.instruments.finding import Wanted, fts5, tsquery

CALL = GrantCall.__table__  # type: ignore[attr-defined]
AMONG = CALL.c.id.in_(bindparam("ids", expanding=True))
MARKS = sa.select(CALL.c.id, CALL.c.marks).where(AMONG)
NOTE_DOWN = sa.update(CALL).where(CALL.c.id == bindparam("key")).values(marks=bindparam("marks"))
UNMARKED = sa.text(  # in words, so that a partial index serves it
    "SELECT id FROM grant_call WHERE marks = '' ORDER BY id LIMIT :limit"
)
OUT_OF_FTS5 = sa.text(
    "INSERT INTO call_index(call_index, rowid, marks) VALUES ('delete', :key, :marks)"
)
INTO_FTS5 = "INSERT INTO call_index(rowid, marks) VALUES (?, ?)"
IN_FTS5 = (
    sa.select(CALL.c.id)
    .where(
        CALL.c.stage.in_(bindparam("stages", expanding=True)),
        CALL.c.state.in_(bindparam("states", expanding=True)),
        sa.text("id IN (SELECT rowid FROM call_index WHERE call_index MATCH :wanted)"),
    )
    .order_by(CALL.c.last_deadline_at.desc(), CALL.c.id)
    .limit(bindparam("limit"))
)
IN_POSTGRESQL = sa.text("SELECT call_found(:wanted, :stages, :states, :limit)")
HEADS = {
    "sqlite": sa.text(
        "SELECT id, substr(marks, 1, instr(marks, ' | ')) FROM grant_call "
        "WHERE id IN (SELECT value FROM json_each(:ids))"
    ),
    "postgresql": sa.text(
        "SELECT id, split_part(marks, ' | ', 1) FROM grant_call "
        "WHERE id IN (SELECT value::integer FROM json_array_elements_text(CAST(:ids AS json)))"
    ),
}
MADE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE call_index USING fts5(marks, content='grant_call', "
        "content_rowid='id', detail='none', columnsize=0, tokenize=\"ascii tokenchars ':-+._'\")",
    ),
    "postgresql": (
        "CREATE INDEX ix_grant_call_marks ON grant_call "
        "USING gin (array_to_tsvector(string_to_array(marks, ' ')))",
        "CREATE FUNCTION call_found(wanted text, stages text[], states text[], most integer) "
        "RETURNS SETOF integer LANGUAGE sql STABLE SET enable_seqscan = off AS $$ "
        "WITH found AS MATERIALIZED (SELECT id FROM grant_call "
        "WHERE array_to_tsvector(string_to_array(marks, ' ')) @@ CAST(wanted AS tsquery)) "
        "SELECT grant_call.id FROM found JOIN grant_call ON grant_call.id = found.id "
        "WHERE stage = ANY(stages) AND state = ANY(states) "
        "ORDER BY last_deadline_at DESC, grant_call.id LIMIT most $$",
    ),
}


@sa.event.listens_for(CALL, "after_create")
def _index(_: sa.Table, connection: sa.Connection, **__: object) -> None:
    """Where tables are made without migrations."""
    for statement in MADE[connection.dialect.name]:
        connection.exec_driver_sql(statement)


async def matching(
    session: AsyncSession,
    wanted: Wanted,
    stages: Collection[Stage],
    states: Collection[State],
    limit: int,
) -> list[int]:
    """The ids of calls that have a mark of each collection, the latest deadlines first."""
    connection = await session.connection()
    on_sqlite = connection.dialect.name == "sqlite"
    values = {
        "wanted": fts5(wanted) if on_sqlite else tsquery(wanted),
        "stages": list(stages),
        "states": list(states),
        "limit": limit,
    }
    found = await connection.execute(IN_FTS5 if on_sqlite else IN_POSTGRESQL, values)
    return list(found.scalars())


async def heads(session: AsyncSession, ids: Collection[int]) -> list[tuple[int, str]]:
    """Of each its id, and what stands before the bar in its marks."""
    if not ids:
        return []
    connection = await session.connection()
    among = {"ids": json.dumps(list(ids))}
    found = await connection.execute(HEADS[connection.dialect.name], among)
    return [(key, marks) for key, marks in found.all()]


async def among(session: AsyncSession, ids: Collection[int]) -> Sequence[GrantCall]:
    return (await session.exec(select(GrantCall).where(col(GrantCall.id).in_(ids)))).all()


async def unmarked(session: AsyncSession, limit: int) -> list[int]:
    """The ids of calls that nothing can find yet."""
    connection = await session.connection()
    return list((await connection.execute(UNMARKED, {"limit": limit})).scalars())


async def enter(session: AsyncSession, entries: Sequence[tuple[GrantCall, str]]) -> None:
    """Make calls be found by these marks, and no longer by those they had."""
    connection = await session.connection()
    keyed = [(call.key, marks) for call, marks in entries]
    if connection.dialect.name == "sqlite":
        old = await connection.execute(MARKS, {"ids": [key for key, _ in keyed]})
        await leave(session, [(key, marks) for key, marks in old])
        await connection.exec_driver_sql(INTO_FTS5, keyed)
    await connection.execute(NOTE_DOWN, [{"key": key, "marks": marks} for key, marks in keyed])
    for call, marks in entries:
        set_committed_value(call, "marks", marks)


async def leave(session: AsyncSession, entries: Iterable[tuple[int, str]]) -> None:
    """Calls that are about to go, with the marks that they have."""
    connection = await session.connection()
    gone = [{"key": key, "marks": marks} for key, marks in entries if marks]
    if gone and connection.dialect.name == "sqlite":
        await connection.execute(OUT_OF_FTS5, gone)

"""The index that instruments are found by: the same marks in FTS5 and in PostgreSQL's text search.

Marks are made by the domain and stored with the instrument; the engines split them at spaces and
do nothing else with them.
"""

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel, bindparam
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.instruments.records import Instrument

INSTRUMENT = Instrument.__table__  # type: ignore[attr-defined]
IN_FTS5 = sa.text(
    "SELECT rowid FROM instrument_index WHERE instrument_index MATCH :wanted "
    "ORDER BY rowid LIMIT :limit"
)
IN_POSTGRESQL = sa.text("SELECT instrument_found(:wanted, :limit)")
OUT_OF_FTS5 = sa.text(
    "INSERT INTO instrument_index(instrument_index, rowid, marks) VALUES ('delete', :key, :marks)"
)
INTO_FTS5 = "INSERT INTO instrument_index(rowid, marks) VALUES (?, ?)"
NOTE_DOWN = (
    sa.update(INSTRUMENT)
    .where(INSTRUMENT.c.id == bindparam("key"))
    .values(marks=bindparam("marks"), measures=bindparam("measures"))
)
AMONG = INSTRUMENT.c.id.in_(bindparam("ids", expanding=True))
MARKS = sa.select(INSTRUMENT.c.id, INSTRUMENT.c.marks).where(AMONG)
HEADS = {
    "sqlite": sa.text(
        "SELECT id, substr(marks, 1, instr(marks, ' | ')), measures FROM instrument "
        "WHERE id IN (SELECT value FROM json_each(:ids))"
    ),
    "postgresql": sa.text(
        "SELECT id, split_part(marks, ' | ', 1), measures FROM instrument "
        "WHERE id IN (SELECT value::integer FROM json_array_elements_text(CAST(:ids AS json)))"
    ),
}
BY_NAME = sa.select(INSTRUMENT.c.id).where(AMONG).order_by(INSTRUMENT.c.folded, INSTRUMENT.c.id)
UNMARKED = sa.text(  # in words, so that a partial index serves it
    "SELECT id FROM instrument WHERE marks = '' AND condition <> 'hidden' LIMIT :limit"
)


MADE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE instrument_index USING fts5(marks, content='instrument', "
        "content_rowid='id', detail='none', columnsize=0, tokenize=\"ascii tokenchars ':-+._'\")",
    ),
    "postgresql": (
        "CREATE INDEX ix_instrument_marks ON instrument "
        "USING gin (array_to_tsvector(string_to_array(marks, ' ')))",
        "CREATE INDEX ix_instrument_sample ON instrument "
        "USING gin (array_to_tsvector(string_to_array(marks, ' '))) "
        "WHERE strpos(marks, 'b:0 ') > 0",
        "CREATE FUNCTION instrument_found(wanted text, most integer) RETURNS SETOF integer "
        "LANGUAGE sql STABLE SET enable_seqscan = off AS $$ "
        "WITH sample AS MATERIALIZED (SELECT id FROM instrument "
        "WHERE strpos(marks, 'b:0 ') > 0 "
        "AND array_to_tsvector(string_to_array(marks, ' ')) @@ CAST(wanted AS tsquery) "
        "LIMIT most) "
        "SELECT id FROM sample WHERE (SELECT count(*) FROM sample) >= most UNION ALL "
        "(SELECT id FROM instrument WHERE (SELECT count(*) FROM sample) < most AND "
        "array_to_tsvector(string_to_array(marks, ' ')) @@ CAST(wanted AS tsquery) LIMIT most) $$",
    ),
}


@sa.event.listens_for(INSTRUMENT, "after_create")
def _index(_: sa.Table, connection: sa.Connection, **__: object) -> None:
    """Where tables are made without migrations."""
    for statement in MADE[connection.dialect.name]:
        connection.exec_driver_sql(statement)


NO_MARK = re.compile(r"[^\w:+.-]")
NOTHING = "-"  # no mark is this


class Word(SQLModel, table=True):
    """A word of some record, folded, so that what is typed can be set right."""

    id: int | None = Field(default=None, primary_key=True)
    word: str = Field(unique=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """What an instrument is found by: marks that ranking reads, too, a bar, and the others.
    Then what ranking alone reads: quantities, a bar, and more marks."""

    id: int
    marks: str
    measures: str = ""


WORD = Word.__table__  # type: ignore[attr-defined]
WORDS = sa.select(WORD.c.word).where(WORD.c.id > bindparam("after"))
Wanted = Sequence[Collection[str]]  # one mark of each is wanted


async def matching(session: AsyncSession, wanted: Wanted, limit: int) -> list[int]:
    """The ids of instruments that have a mark of each collection, no more than `limit`."""
    connection = await session.connection()
    on_sqlite = connection.dialect.name == "sqlite"
    values = {"wanted": fts5(wanted) if on_sqlite else tsquery(wanted), "limit": limit}
    found = await connection.execute(IN_FTS5 if on_sqlite else IN_POSTGRESQL, values)
    return list(found.scalars())


async def count(session: AsyncSession, wanted: Wanted, limit: int) -> int:
    """How many there are, counted no further than `limit`."""
    return len(await matching(session, wanted, limit))


async def by_name(session: AsyncSession, ids: Collection[int]) -> list[int]:
    connection = await session.connection()
    return list((await connection.execute(BY_NAME, {"ids": list(ids)})).scalars())


async def heads(session: AsyncSession, ids: Collection[int]) -> list[tuple[int, str, str]]:
    """Of each its id, what stands before the bar in its marks, and its measures."""
    if not ids:
        return []
    connection = await session.connection()
    among = {"ids": json.dumps(list(ids))}
    found = await connection.execute(HEADS[connection.dialect.name], among)
    return [(key, marks, measures) for key, marks, measures in found.all()]


async def unmarked(session: AsyncSession, limit: int) -> list[int]:
    """The ids of instruments that nothing can find, though nobody has hidden them."""
    connection = await session.connection()
    return list((await connection.execute(UNMARKED, {"limit": limit})).scalars())


async def enter(session: AsyncSession, entries: Sequence[Entry]) -> None:
    """Make instruments be found by these marks, and no longer by those they had."""
    connection = await session.connection()
    keys = {"ids": [entry.id for entry in entries]}
    if connection.dialect.name == "sqlite":
        old = await connection.execute(MARKS, keys)
        if gone := [{"key": key, "marks": marks} for key, marks in old if marks]:
            await connection.execute(OUT_OF_FTS5, gone)
        await _into_fts5(connection, entries)
    values = [{"key": e.id, "marks": e.marks, "measures": e.measures} for e in entries]
    await connection.execute(NOTE_DOWN, values)


async def enter_new(session: AsyncSession, entries: Sequence[Entry]) -> None:
    """The same for instruments that have been saved together with their marks."""
    connection = await session.connection()
    if connection.dialect.name == "sqlite":
        await _into_fts5(connection, entries)


async def _into_fts5(connection: AsyncConnection, entries: Sequence[Entry]) -> None:
    if new := [(each.id, each.marks) for each in entries if each.marks]:
        await connection.exec_driver_sql(INTO_FTS5, new)


async def learn(session: AsyncSession, words: Iterable[str]) -> None:
    new = [{"word": word} for word in sorted(set(words))]
    if new:
        connection = await session.connection()
        insert = postgresql.insert(WORD).on_conflict_do_nothing()
        if connection.dialect.name == "sqlite":
            insert = sa.insert(WORD).prefix_with("OR IGNORE")  # type: ignore[assignment]
        await connection.execute(insert, new)


async def last_word(session: AsyncSession) -> int:
    """Grows with the vocabulary; 0 for an empty one."""
    connection = await session.connection()
    return (await connection.execute(sa.select(sa.func.max(WORD.c.id)))).scalar() or 0


async def words(session: AsyncSession, *, after: int = 0) -> list[str]:
    """Those with ids above `after`."""
    connection = await session.connection()
    return list((await connection.execute(WORDS, {"after": after})).scalars())


def fts5(wanted: Wanted) -> str:
    return " AND ".join(f"({' OR '.join(_quoted(each, chr(34)))})" for each in wanted)


def tsquery(wanted: Wanted) -> str:
    return " & ".join(f"({' | '.join(_quoted(each, chr(39)))})" for each in wanted)


def _quoted(marks: Collection[str], quote: str) -> list[str]:
    """Without signs at which an engine would split them, or which it would obey."""
    return [f"{quote}{NO_MARK.sub('', mark) or NOTHING}{quote}" for mark in marks]

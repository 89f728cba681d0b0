"""SQLite under asyncio, without a thread hop for every statement.

aiosqlite runs a connection in a thread of its own, and SQLAlchemy's adapter crosses over to it
four times a statement. SQLite answers most statements faster than one crossing takes, so they run
in place, on the very same connection. A commit (it waits for the disk) and what is marked `ASIDE`
(it works on thousands of rows) go to the thread; another process's lock is awaited in naps.
"""

import asyncio
import sqlite3
from collections import deque
from typing import Any, cast

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util import EMPTY_DICT
from sqlalchemy.util.concurrency import await_

ASIDE = "/* aside */"  # after the verb of a statement that takes more than a few milliseconds
PATIENCE = 10.0  # seconds for a lock that another process holds
NAP = 0.02


class Cursor(AsyncAdapt_aiosqlite_cursor):
    __slots__ = ()
    _awaitable_cursor_close = False

    def __init__(self, adapted: AsyncAdapt_aiosqlite_connection) -> None:
        self._adapt_connection = adapted
        self._connection = adapted._connection
        self._cursor = self._connection._conn.cursor()
        self._soft_closed_memoized = EMPTY_DICT
        self._rows = deque()

    def execute(self, operation: str, parameters: Any = None) -> None:
        self._do(self._cursor.execute, operation, parameters or ())

    def executemany(self, operation: str, seq_of_parameters: Any) -> None:
        self._do(self._cursor.executemany, operation, seq_of_parameters)

    def _do(self, run: Any, operation: str, parameters: Any) -> None:
        try:
            self._rows = await_(self._answer(run, operation, parameters))
        except Exception as error:
            self._adapt_connection._handle_exception(error)

    async def _answer(self, run: Any, operation: str, parameters: Any) -> deque[Any]:
        raw: Any = self._cursor

        def answer() -> deque[Any]:
            run(operation, parameters)
            return deque(raw.fetchall() if raw.description else ())

        if ASIDE in operation[:32]:
            return cast("deque[Any]", await self._connection._execute(answer))
        for _ in range(int(PATIENCE / NAP)):
            try:
                return answer()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
            await asyncio.sleep(NAP)
        return answer()


class Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()

    def cursor(self, server_side: bool = False) -> Cursor:
        return Cursor(self)

    def rollback(self) -> None:
        """Where nothing has been written, nothing is taken back, and no thread is asked to."""
        raw = self._connection._conn
        if raw.in_transaction and raw.total_changes:
            super().rollback()
        else:
            raw.rollback()


class Driver(AsyncAdapt_aiosqlite_dbapi):
    def connect(self, *args: Any, **options: Any) -> Connection:
        return Connection(self, super().connect(*args, **options)._connection)


driver = Driver(aiosqlite, sqlite3)

"""Trouble of the database's own, which passes: nothing is wrong with what was asked of it."""

import sqlite3

from sqlalchemy.exc import DBAPIError

from storage.company import Undone

PASSING = ("08", "40", "53", "55P03", "57P")
"""Beginnings of PostgreSQL's codes: connections, deadlocks, room, a lock not given, a shutdown."""
OF_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}


def passes(error: BaseException | None) -> bool:
    if isinstance(error, Undone):
        return passes(error.__cause__)
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in OF_SQLITE
    code = getattr(error.orig, "sqlstate", None) or ""
    return error.connection_invalidated or code.startswith(PASSING)

"""Trouble of the database's own, which passes: nothing is wrong with what was asked of it."""

from sqlalchemy.exc import DBAPIError

PASSING = ("08", "40", "53", "55P03", "57P")
"""Beginnings of PostgreSQL's codes: connections, deadlocks, room, a lock not given, a shutdown."""


def passes(error: Exception) -> bool:
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlstate", None) or ""
    return error.connection_invalidated or code.startswith(PASSING)

"""Connections that may have died while nobody used them are tried before they are used again.

Only those: a trial takes three round trips, and a press needs several connections, each of which
served another press a moment ago. One that dies in use fails as any does, and what it did is done
again.
"""

import time
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine

RESTED = 1.0  # seconds
USED = "used"


def try_first(engine: AsyncEngine) -> None:
    dialect = engine.sync_engine.dialect

    @event.listens_for(engine.sync_engine, "connect")
    @event.listens_for(engine.sync_engine, "checkin")
    def was_used(_connection: Any, record: Any) -> None:
        record.info[USED] = time.monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def is_wanted(connection: Any, record: Any, _: Any) -> None:
        if time.monotonic() - record.info[USED] < RESTED:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

"""How one replica hints to the others that there is work. A hint that is lost is no loss: all of
them look by themselves every second."""

import asyncio
from collections.abc import Mapping

import structlog
from asyncpg import PostgresError
from sqlalchemy.exc import SQLAlchemyError

from bot.runtime.nursery import Nursery
from storage import bell
from storage.database import Database

log = structlog.get_logger(__name__)
PAUSE = 5.0  # seconds before listening again
GATHER = 0.03  # seconds in which many hints become one
UNUSABLE = (SQLAlchemyError, PostgresError, OSError)


class Bell:
    def __init__(self, db: Database, direct_url: str, nursery: Nursery) -> None:
        """`direct_url` leads past a pooler; behind one, nothing is heard without it."""
        deaf = db.is_sqlite or db.is_pooled
        self._url = direct_url or ("" if deaf else db.url.render_as_string(hide_password=False))
        self._db, self._nursery = db, nursery
        self._ringing: set[str] = set()

    def ring(self, word: str) -> None:
        if word not in self._ringing and not self._db.is_sqlite:
            self._ringing.add(word)
            self._nursery.start(self._ring(word))

    async def _ring(self, word: str) -> None:
        await asyncio.sleep(GATHER)
        self._ringing.discard(word)
        try:
            async with self._db.writing() as session:
                await bell.ring(session, word)
        except UNUSABLE as error:
            log.info("nobody could be told that there is work", why=repr(error))

    async def run(self, heeding: Mapping[str, asyncio.Event]) -> None:
        """Until cancelled: set the event of each word that is heard."""

        def heard(word: str) -> None:
            if word in heeding:
                heeding[word].set()

        while self._url:
            try:
                await bell.listen(self._url, heard)
            except UNUSABLE as error:
                log.warning("the other replicas cannot be heard, looking instead", why=repr(error))
            await asyncio.sleep(PAUSE)

"""Writers of SQLite in company: those who come while others are at work share one commit.

A commit waits for the disk, and one wait serves all who wait for it. Each writer has a savepoint
of its own, so that one who fails takes nobody along, and goes on only when the commit is through.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import aiosqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncTransaction
from sqlmodel.ext.asyncio.session import AsyncSession

MOST = 16  # writers to a commit: more would keep the first of them waiting


class Undone(SQLAlchemyError):
    """The database took back, on its own, a transaction that others had a part in."""


@dataclass
class _Round:
    """A transaction that several writers share."""

    connection: AsyncConnection
    transaction: AsyncTransaction
    writers: int = 0
    broken: BaseException | None = None
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def end(self) -> None:
        """Wait for it, whoever tells us to stop waiting."""
        while not self.ended.is_set():
            with suppress(asyncio.CancelledError):
                await self.ended.wait()


class Company:
    """`writing()` is a transaction, as far as its user can tell."""

    def __init__(self, engine: AsyncEngine, facts: Callable[[], dict[str, Any]]) -> None:
        self._engine, self._facts = engine, facts
        self._turn = asyncio.Lock()
        self._in_line = 0
        self._round: _Round | None = None

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        await self._take_turn()
        try:
            shared = self._round = self._round or await self._begin()
            shared.writers += 1
            try:
                async with _within(shared.connection, self._facts()) as session, session.begin():
                    yield session
            except BaseException as error:
                await _note_damage(shared, error)
                raise
            finally:
                await self._pass_on(shared)
        finally:
            self._turn.release()
        await shared.ended.wait()
        if shared.broken is not None:
            raise Undone(str(shared.broken)) from shared.broken

    async def _take_turn(self) -> None:
        self._in_line += 1
        try:
            await self._turn.acquire()
        except asyncio.CancelledError:
            self._in_line -= 1
            await self._end_abandoned()
            raise
        self._in_line -= 1

    async def _end_abandoned(self) -> None:
        """Whoever left the round to us expects that it ends."""
        if self._round is not None and not self._in_line:
            async with self._turn:
                if self._round is not None:
                    await self._end(self._round)

    async def _begin(self) -> _Round:
        connection = await self._engine.connect()
        try:
            return _Round(connection, await connection.begin())
        except BaseException:
            await connection.close()
            raise

    async def _pass_on(self, shared: _Round) -> None:
        """To the next in line, or to the disk."""
        if not self._in_line or shared.writers >= MOST or shared.broken is not None:
            try:
                await asyncio.shield(self._end(shared))
            except asyncio.CancelledError:
                await shared.end()
                raise

    async def _end(self, shared: _Round) -> None:
        self._round = None
        try:
            if shared.broken is None:
                await shared.transaction.commit()
        except Exception as error:
            shared.broken = error
        finally:
            await shared.connection.close()  # takes back what is not committed
            shared.ended.set()


def _within(connection: AsyncConnection, facts: dict[str, Any]) -> AsyncSession:
    return AsyncSession(
        connection,
        join_transaction_mode="create_savepoint",
        expire_on_commit=False,
        info=facts,
    )


async def _note_damage(shared: _Round, error: BaseException) -> None:
    """A full disk, among others, makes SQLite take the whole transaction back."""
    raw = (await shared.connection.get_raw_connection()).driver_connection
    assert isinstance(raw, aiosqlite.Connection)
    if not raw.in_transaction:
        shared.broken = error

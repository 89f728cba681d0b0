"""Who we are among the replicas of one house: alive, and perhaps the one that leads.

The leader polls, ticks, runs errands and sends what nobody waits for just now; the rest is done by
all. Leases run by the database's clock. What we believe of our own ends before it does, and what
the leader writes is committed only while nobody else leads.
"""

import asyncio
import os
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from hashlib import sha256
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.runtime.hints import heard
from storage import bell, leases, migrate, replicas, restored
from storage.database import Database
from storage.leases import TTL
from storage.replicas import Badge

log = structlog.get_logger(__name__)
LEADER = "leader"
BEAT = 5.0  # seconds between two signs of life
TRUST = TTL.total_seconds() - 5  # seconds for which we believe in one; the rest is for stopping
RETRY = 1.0
UNUSABLE = (SQLAlchemyError, OSError)
Duties = Callable[[], Awaitable[None]]


class Deposed(Exception):
    """Another replica leads by now. Nothing has been written."""


class Standing(Protocol):
    """What the rest of the runtime asks about us."""

    badge: Badge
    wanted: asyncio.Event  # a hint that nobody leads

    @property
    def number(self) -> int | None:
        """Under which we have messages in hand; None while there is nobody else."""

    @property
    def term(self) -> int | None:
        """In which we lead, or have led last; None while we do not."""

    @property
    def is_trusted(self) -> bool:
        """Whether others take us for alive, as far as we know."""

    @property
    def leads(self) -> bool: ...

    async def beat(self) -> None:
        """Give a sign of life. Raises when the database cannot be used."""

    async def run(self, duties: Duties) -> None:
        """Until cancelled. `duties` are done while we lead, and cancelled before others do."""

    async def leave(self) -> None:
        """Have others take over at once."""

    async def assured(self) -> None:
        """Return as soon as it is sure that the others take us for alive."""

    async def holds(self, number: int | None) -> bool:
        """Whether what is stored as in our hand under this number still is."""

    async def leads_still(self, session: AsyncSession) -> bool:
        """If so, it stays so until the session's transaction has ended."""

    def leading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A transaction for writing of the leader's. Raises `Deposed`."""


class Alone:
    """The only process on its database, which always leads."""

    number = None
    term = 1
    is_trusted = leads = True

    def __init__(self, db: Database, badge: Badge) -> None:
        self.badge = badge
        self._db = db
        self.wanted = asyncio.Event()

    async def beat(self) -> None:
        try:
            await restored.remember(self._db)
        except UNUSABLE as error:
            log.warning("what was sent last could not be remembered", why=repr(error))

    async def run(self, duties: Duties) -> None:
        async with asyncio.TaskGroup() as group:
            beating = group.create_task(self._beating())
            await duties()
            beating.cancel()

    async def _beating(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            await self.beat()

    async def leave(self) -> None:
        pass

    async def assured(self) -> None:
        pass

    async def holds(self, number: int | None) -> bool:
        return True

    async def leads_still(self, session: AsyncSession) -> bool:
        return True

    def leading(self) -> AbstractAsyncContextManager[AsyncSession]:
        return self._db.writing()


class Replica:
    """One of several on PostgreSQL."""

    def __init__(
        self,
        db: Database,
        badge: Badge,
        *,
        clock: Callable[[], float] = time.monotonic,
        also: Callable[[AsyncSession], Awaitable[None]] | None = None,
    ) -> None:
        """`also` is looked at with every sign of life; `clock` tells seconds that only grow."""
        self.badge = badge
        self._db, self._clock, self._also = db, clock, also
        self.number: int | None = None
        self.term: int | None = None
        self.rest = BEAT  # seconds until the next sign of life
        self._trusted_until = 0.0
        self._turn = asyncio.Lock()
        self._beaten = asyncio.Event()
        self.wanted = asyncio.Event()

    @property
    def is_trusted(self) -> bool:
        return self.number is not None and self._clock() < self._trusted_until

    @property
    def leads(self) -> bool:
        return self.term is not None and self.is_trusted

    async def beat(self) -> None:
        async with self._turn:
            began = self._clock()
            async with self._db.writing() as session:
                number, term = await self._signed(session)
                rest = BEAT if term else await self._until_vacant(session)
                if self._also is not None:
                    await self._also(session)
            if number != self.number:
                log.info("joined the replicas", number=number, before=self.number)
            if term != self.term:
                log.info("leads" if term else "another replica leads", term=term)
            self.number, self.term, self.rest = number, term, rest
            self._trusted_until = began + TRUST
        self._beaten.set()

    async def _signed(self, session: AsyncSession) -> tuple[int, int | None]:
        number, term = self.number, self.term
        if number is None or not await replicas.renew(session, number):
            number, term = await replicas.join(session, self.badge), None
        if term is None or not await leases.renew(session, LEADER, term):
            term = await leases.take(session, LEADER, number)
        return number, term

    async def _until_vacant(self, session: AsyncSession) -> float:
        """Seconds after which the office may be free, if that is before our next sign of life."""
        return min(BEAT, max(RETRY, await leases.left(session, LEADER)))

    async def run(self, duties: Duties) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._beating())
            while True:
                if self.leads:
                    await self._lead(duties)
                await self._beaten.wait()
                self._beaten.clear()

    async def _beating(self) -> None:
        while True:
            await heard(self.wanted, self.rest)
            try:
                await self.beat()
            except UNUSABLE:
                log.exception("no sign of life could be given, trying again")
                self.rest = RETRY

    async def _lead(self, duties: Duties) -> None:
        async with asyncio.TaskGroup() as group:
            work = group.create_task(_fulfil(duties))
            await self._over(self.term)
            work.cancel()
        log.warning("leads no more")

    async def _over(self, term: int | None) -> None:
        """Wait until this term has ended, as far as we can tell."""
        while self.leads and self.term == term:
            await heard(self._beaten, self._trusted_until - self._clock())

    async def leave(self) -> None:
        number, term, self.number, self.term = self.number, self.term, None, None
        if number is None:
            return
        try:
            async with self._db.writing() as session:
                await replicas.leave(session, number)
                if term is not None:
                    await leases.release(session, LEADER, term)
                    await bell.ring(session, LEADER)
        except UNUSABLE as error:
            log.warning("the others have to find out that we are gone", why=repr(error))

    async def assured(self) -> None:
        while not self.is_trusted:
            try:
                await self.beat()
            except UNUSABLE:
                log.exception("no sign of life could be given, trying again")
                await asyncio.sleep(RETRY)

    async def holds(self, number: int | None) -> bool:
        await self.assured()
        return number == self.number

    async def leads_still(self, session: AsyncSession) -> bool:
        return self.term is not None and await leases.fence(session, LEADER, self.term)

    @asynccontextmanager
    async def leading(self) -> AsyncIterator[AsyncSession]:
        async with self._db.writing() as session:
            if not await self.leads_still(session):
                raise Deposed
            yield session


def badge(secret: str) -> Badge:
    """How others see us; of the webhook's `secret` they see a mark."""
    mark = sha256(secret.encode()).hexdigest()[:16] if secret else ""
    return Badge(f"{socket.gethostname()}:{os.getpid()}", migrate.newest(), mark)


async def _fulfil(duties: Duties) -> None:
    try:
        await duties()
    except* Deposed:
        log.info("learns from a write that another replica leads")

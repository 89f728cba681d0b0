"""Opening the database: the one place that knows which engine we run on.

SQLite has one writer at a time and says so by failing late; here the write side is one connection
that begins with `BEGIN IMMEDIATE` behind an asyncio lock, so rivals wait in line instead, and are
committed together. The read side has connections of its own, which cannot write.
"""

import fcntl
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Self

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, TypeDecorator, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import resting, sqlite
from storage.company import Company
from storage.failures import Failures

# Constraints need names, or SQLite can never drop them again.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
READERS = 4
AUDIT_KEY = "audit_key"  # of what a session knows: see `storage.audit`
SERVER_SETTINGS = {
    "statement_timeout": "10000",
    "lock_timeout": "5000",
    "idle_in_transaction_session_timeout": "30000",
    "gin_pending_list_limit": "512",  # kB that an index puts aside, which every search reads
    "tcp_keepalives_idle": "10",  # a machine that is gone must not keep its locks
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "application_name": "paprsek",
}


POOL: dict[str, Any] = {
    "pool_size": 10,
    "max_overflow": 10,
    "connect_args": {"server_settings": SERVER_SETTINGS},
}
DISCREET: Any = {"hide_parameters": True}  # what people wrote has no business in a log
# Behind a pooler each transaction may meet another connection of the server's: nothing may be left
# on one, so statements have no name. Our own connections to the pooler cost little and stay.
POOLED: dict[str, Any] = {
    "pool_size": 10,
    "max_overflow": 10,
    "pool_recycle": 300,
    "connect_args": {
        "statement_cache_size": 0,
        "prepared_statement_cache_size": 0,
        "prepared_statement_name_func": str,
    },
}


class Busy(Exception):
    """Another process has the database open."""


class Moment(TypeDecorator[datetime]):
    """A point in time: aware in Python, UTC in the database, on both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo:
            return value
        return value.replace(tzinfo=UTC)


# SQLite numbers rows by itself only where the type is a plain integer.
LongId: Any = BigInteger().with_variant(Integer, "sqlite")


def stored(names: type[StrEnum]) -> Any:
    """The column type of a `StrEnum`: its values as text, so a new one needs no migration."""
    return Enum(names, native_enum=False, length=32, values_callable=_values)


def _values(names: type[StrEnum]) -> list[str]:
    return [name.value for name in names]


class Database:
    """Transactions on request: `writing()` commits at the end of its block or rolls back on any
    exception; `reading()` sees the last commit and cannot change anything."""

    def __init__(self, url: str, audit_key: bytes = b"") -> None:
        self.url = normal(url)
        self.audit_key = audit_key
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.is_pooled = is_pooled(url)
        self.failures = Failures()
        self._lock_file: IO[str] | None = None
        self._write, self._read = self._engines()
        self._company = Company(self._write, self._facts)

    def _engines(self) -> tuple[AsyncEngine, AsyncEngine]:
        if not self.is_sqlite:
            engine = create_async_engine(
                self.url, **DISCREET, **(POOLED if self.is_pooled else POOL)
            )
            resting.try_first(engine)
            return engine, engine.execution_options(postgresql_readonly=True)
        write = create_async_engine(
            self.url, pool_size=1, max_overflow=0, module=sqlite.driver, **DISCREET
        )
        read = create_async_engine(
            self.url, pool_size=READERS, max_overflow=0, module=sqlite.driver, **DISCREET
        )
        _prepare(write, begin="begin immediate")
        _prepare(read, begin="begin", read_only=True)
        return write, read

    def acquire(self, *, create: bool = True) -> Self:
        """Make this process the only one on an SQLite file. Raises `Busy`."""
        if self.is_sqlite and self.path is not None and self._lock_file is None:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = Path(f"{self.path}.lock").open("a+")  # noqa: SIM115 -- held until `dispose`
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                handle.close()
                raise Busy(str(self.path)) from None
            self._lock_file = handle
            if create and not self.path.exists():
                os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        return self

    def remember(self, words: str) -> None:
        """Beside the file, where no copy of it takes them along; only for whoever has `acquire`d
        it. Raises OSError."""
        if self._lock_file is not None:
            number = self._lock_file.fileno()
            os.ftruncate(number, 0)
            os.write(number, words.encode())

    def remembered(self) -> str:
        """What somebody has told us to `remember`, perhaps before the file was put back."""
        handle = self._lock_file
        return os.pread(handle.fileno(), 1000, 0).decode(errors="replace") if handle else ""

    @property
    def path(self) -> Path | None:
        """The file, for SQLite; None for a server and for a database in memory."""
        name = self.url.database
        return Path(name) if self.is_sqlite and name and name != ":memory:" else None

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        try:
            async with self._transaction() as session:
                yield session
        except Exception as error:
            self.failures.note(error)
            raise
        self.failures.end()

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncSession]:
        if not self.is_sqlite:
            async with _session(self._write, self._facts) as session, session.begin():
                yield session
            return
        async with self._company.writing() as session:
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        async with _session(self._read) as session:
            yield session

    def _facts(self) -> dict[str, Any]:
        """What a session that writes has to know."""
        return {AUDIT_KEY: self.audit_key}

    @property
    def engine(self) -> AsyncEngine:
        """For migrations and backups, which need connections rather than sessions."""
        return self._write

    async def dispose(self) -> None:
        await self._write.dispose()
        await self._read.dispose()
        if self._lock_file is not None:
            self._lock_file.close()
            self._lock_file = None


def normal(url: str) -> URL:
    """`sqlite:///x.db` and `postgresql://…` with the drivers that we use."""
    parsed = make_url(url)
    driver = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
    name = parsed.get_backend_name()
    if name not in driver:
        raise ValueError(f"{name} is neither sqlite nor postgresql")
    return parsed.set(drivername=driver[name]).difference_update_query(["pooled"])


def is_pooled(url: str) -> bool:
    """Whether there is a pooler between us and PostgreSQL: `…?pooled=true`."""
    return make_url(url).query.get("pooled") == "true"


def _session(engine: AsyncEngine, facts: Callable[[], dict[str, Any]] = dict) -> AsyncSession:
    return AsyncSession(engine, expire_on_commit=False, info=facts())


def _prepare(engine: AsyncEngine, *, begin: str, read_only: bool = False) -> None:
    pragmas = [
        "journal_mode = wal",
        "synchronous = full",
        "foreign_keys = on",
        "busy_timeout = 0",  # see `storage.sqlite`: waiting would hold everything up
        "journal_size_limit = 67108864",
        "trusted_schema = off",
    ]
    if read_only:
        pragmas.append("query_only = on")

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin on its own
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"pragma {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

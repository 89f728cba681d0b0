"""From the tables of every version before to those of this one, killed on the way: there are the
old tables or the new ones, never something between, and every row is there."""

import asyncio
import os
import shutil
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from storage import migrate, tables
from storage.database import normal
from tests.chaos import old_tables
from tests.chaos.cradle import Cradle, Life
from tests.chaos.stage import FULL, ROOT, SEED
from tests.databases import Postgres

MEMBERS, KILLS = (100_000, 4) if FULL else (2_000, 3)  # kills for a version and an engine
BETWEEN = 20_000 if FULL else 2_000  # members at the versions that are neither first nor last
RELEASED = sorted(migrate.known())
OLD = RELEASED[:-1]
LONGER = 1.1  # times the time of a whole migration, in which the kill comes
PATIENCE = 300  # seconds
WORKS = "select 1 from pg_stat_activity where datname = :name and application_name = 'paprsek'"
assert tables  # every table has to be known
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.chaos,
    pytest.mark.timeout(3600 if FULL else 240),
    pytest.mark.xdist_group("replicas"),
]
Seen = tuple[str | None, str, dict[str, int]]


@dataclass
class Sqlite:
    """Databases are files here, and copied as such."""

    folder: Path

    def empty(self) -> str:
        return f"sqlite:///{self.folder}/old.db"

    def copy(self, _: str) -> str:
        for ending in ("", ".lock", "-wal", "-shm"):
            (self.folder / f"new.db{ending}").unlink(missing_ok=True)
        shutil.copy(self.folder / "old.db", self.folder / "new.db")
        return self.last

    @property
    def last(self) -> str:
        return f"sqlite:///{self.folder}/new.db"

    async def works(self, _: str) -> bool:
        """The process has just locked the database."""
        return (self.folder / "new.db.lock").exists()

    async def rests(self, _: str) -> bool:
        """What a process was doing ends with it."""
        return True

    def end(self) -> None:
        for path in self.folder.glob("*.db*"):
            path.unlink()


@dataclass
class Server:
    postgres: Postgres
    old: str = ""
    last: str = ""

    def empty(self) -> str:
        self.old = self.postgres.copy("template0")
        return self.old

    def copy(self, old: str) -> str:
        if self.last:
            self.postgres.drop(self.last)
        self.last = self.postgres.copy(normal(old).database or "")
        return self.last

    async def works(self, url: str) -> bool:
        engine = create_async_engine(normal(self.postgres.url("postgres")))
        async with engine.connect() as connection:
            found = await connection.execute(text(WORKS), {"name": normal(url).database})
            there = found.first() is not None
        await engine.dispose()
        return there

    async def rests(self, url: str) -> bool:
        """The server finishes the statement of a process that is no more."""
        return not await self.works(url)

    def end(self) -> None:
        for url in (self.old, self.last):
            if url:
                self.postgres.drop(url)


@pytest.fixture
def place(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Sqlite | Server]:
    sqlite = engine == "sqlite"
    made = Sqlite(tmp_path) if sqlite else Server(request.getfixturevalue("server"))
    yield made
    made.end()


@dataclass
class Upgrade:
    """`python -m bot migrate`, again and again, on copies of one old database."""

    cradle: Cradle
    place: Sqlite | Server
    folder: Path
    old: str
    before: Seen
    after: Seen
    takes: float = 0.0

    async def begin(self) -> tuple[str, Life]:
        """Returns once it is at the database."""
        url = self.place.copy(self.old)
        life = await self.bear(url)
        while life.returncode is None and not await self.place.works(url):  # noqa: ASYNC110
            await asyncio.sleep(0.002)
        return url, life

    async def bear(self, url: str) -> Life:
        told = {"PAPRSEK_STORAGE__URL": url, "PAPRSEK_LOG__FORMAT": "json"}
        return await self.cradle.bear(["migrate"], self.folder, told, self.folder / "log")

    async def whole(self) -> Seen:
        """Not killed; how long it takes is known from then on."""
        url, life = await self.begin()
        began = time.monotonic()
        async with asyncio.timeout(PATIENCE):
            assert await life.wait() == 0, (self.folder / "log").read_text()
        self.takes = time.monotonic() - began
        return await old_tables.look(url)

    async def killed(self, when: float) -> str:
        """Tells which tables there were then."""
        url, life = await self.begin()
        await asyncio.sleep(when)
        with suppress(ProcessLookupError):
            life.kill()
        await life.wait()
        while not await self.place.rests(url):  # noqa: ASYNC110 -- of another process
            await asyncio.sleep(0.05)
        seen = await old_tables.look(url)
        assert seen in (self.before, self.after)
        return "old" if seen == self.before else "new"

    async def again(self) -> None:
        """After the last kill."""
        url = self.place.last
        assert await (await self.bear(url)).wait() == 0, (self.folder / "log").read_text()
        assert await old_tables.look(url) == self.after


@pytest.fixture
async def cradle() -> AsyncIterator[Cradle]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    made = Cradle(kept | {"PYTHONPATH": str(ROOT)})
    yield made
    await made.close()


async def prepared(revision: str, place: Sqlite | Server, cradle: Cradle, folder: Path) -> Upgrade:
    """An old database has been made, and was brought to the new tables once."""
    old = place.empty()
    members = MEMBERS if revision in (OLD[0], OLD[-1]) else BETWEEN
    await old_tables.make(old, revision, members)
    before = await old_tables.look(old)
    upgrade = Upgrade(cradle, place, folder, old, before, before)
    upgrade.after = await upgrade.whole()
    at, _, rows = upgrade.after
    assert before[0] == revision
    assert at == migrate.newest()
    kept = before[2] | {"setting": before[2]["setting"] + 1}  # which tables there are
    assert kept.items() <= rows.items()
    print(f"{revision}: {members} members in {upgrade.takes:.1f} s")
    return upgrade


def test_what_was_released_is_known() -> None:
    assert RELEASED[0] == "0001"
    assert RELEASED[-1] == migrate.newest()


@pytest.mark.parametrize("revision", OLD if FULL else [Random(SEED).choice(OLD)])
async def test_old_or_new(
    revision: str, place: Sqlite | Server, cradle: Cradle, tmp_path: Path
) -> None:
    print(f"SEED={SEED}")
    random = Random(f"{SEED}{revision}")
    upgrade = await prepared(revision, place, cradle, tmp_path)
    ends: Counter[str] = Counter()
    for _ in range(KILLS):
        ends[await upgrade.killed(random.uniform(0, upgrade.takes * LONGER))] += 1
    await upgrade.again()
    print(f"{revision}: killed {ends.total()} times: {dict(ends)}")

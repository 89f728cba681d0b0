"""What an operator asks for and cannot have: one line says why, and everything is as it was."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import demonstration, tasks
from bot.config import Config, Storage
from bot.service import CannotRun
from storage import backup as copies
from storage import migrate
from storage.database import Database
from storage.failures import MEMORY, Failures


@pytest.fixture
async def house(tmp_path: Path) -> Path:
    path = tmp_path / "paprsek.db"
    db = Database(f"sqlite:///{path}").acquire()
    await migrate.upgrade(db)
    await db.dispose()
    return path


@pytest.fixture
def told(house: Path) -> Config:
    return Config(storage=Storage(url=f"sqlite:///{house}"))


@pytest.fixture
def copy(house: Path, tmp_path: Path) -> Path:
    copies.backup(house, tmp_path / "copy.db")
    return tmp_path / "copy.db"


def run(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(statement)


def content(path: Path) -> bytes:
    return path.read_bytes()


def spoil(path: Path) -> None:
    path.write_bytes(b"not a database" * 100)


async def test_a_copy_of_a_newer_version(house: Path, told: Config, copy: Path) -> None:
    run(copy, f"update setting set value = '9999' where name = '{migrate.SINCE}'")
    before = content(house)
    with pytest.raises(CannotRun, match="is of a newer version; restore it with that one"):
        await tasks.restore(told, copy)
    assert content(house) == before


async def test_a_copy_of_something_else(house: Path, told: Config, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    run(other, "create table letter (words text)")
    before = content(house)
    with pytest.raises(CannotRun, match="is no database of this program"):
        await tasks.restore(told, other)
    assert content(house) == before


async def test_a_copy_of_what_is_damaged(house: Path, told: Config, tmp_path: Path) -> None:
    spoil(house)
    with pytest.raises(CannotRun, match="file is not a database"):
        await tasks.backup(told, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


async def test_a_copy_where_nothing_can_be_written(told: Config, tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="nowhere: there is no such folder"):
        await tasks.backup(told, tmp_path / "nowhere" / "copy.db")


async def test_an_audit_that_is_not_there(told: Config, house: Path) -> None:
    run(house, "drop table audit")
    with pytest.raises(CannotRun, match="cannot be used: no such table: audit"):
        await tasks.verify(told, "")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("select 1", r"database: \d{4}"),
        ("update alembic_version set version_num = '0001'", r"database: 0001; `run` brings it to"),
        ("delete from alembic_version", "database: empty; `run` makes its tables"),
    ],
)
async def test_a_database_is_looked_at(
    statement: str, words: str, house: Path, told: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    run(house, statement)
    await tasks.check(told)
    assert re.match(words, capsys.readouterr().out)


async def test_looking_makes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path}/nowhere/paprsek.db"
    await tasks.check(Config(storage=Storage(url=url)))
    assert "is not there yet; `run` makes it" in capsys.readouterr().out
    assert not any(tmp_path.iterdir())  # noqa: ASYNC240 -- of a test


async def test_a_database_of_a_newer_version(house: Path, told: Config) -> None:
    run(house, "update alembic_version set version_num = '9999'")
    with pytest.raises(CannotRun, match="at 9999, which this version does not know"):
        await tasks.check(told)


async def test_a_sandbox_where_nothing_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotRun, match=r"without a \[telegram\] token .* data cannot be made"):
        await demonstration.run(Config(), 0)


def test_what_counts_as_trouble() -> None:
    now = 0.0
    failures = Failures(lambda: now)
    failures.note(ValueError("not the database's"))
    assert (failures.count, failures.last) == (0, False)
    failures.note(OSError("the server is away"))
    assert (failures.count, failures.last) == (1, True)
    failures.end()
    assert not failures.last
    failures.note(OSError("the server is away"))
    now += MEMORY
    assert (failures.count, failures.last) == (2, False)

"""A backup is whole, and going back to one loses nothing of what is replaced."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import backup as copies
from storage.backup import Damaged
from storage.restored import MARK


@pytest.fixture
def house(tmp_path: Path) -> Path:
    path = tmp_path / "paprsek.db"
    write(path, "first")
    return path


def write(path: Path, title: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("pragma journal_mode = wal")
        db.execute("create table if not exists event (title text)")
        db.execute("create table if not exists setting (name text primary key, value text)")
        db.execute("insert into event values (?)", (title,))


def titles(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [title for (title,) in db.execute("select title from event")]


def test_a_backup_has_what_was_committed_while_somebody_writes(
    house: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(house, isolation_level=None)) as writer:
        writer.execute("begin immediate")
        writer.execute("insert into event values ('not yet')")
        copies.backup(house, tmp_path / "copy.db")
        writer.execute("commit")
    assert titles(tmp_path / "copy.db") == ["first"]
    assert titles(house) == ["first", "not yet"]


def test_only_the_owner_can_read_a_backup(house: Path, tmp_path: Path) -> None:
    copies.backup(house, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0


def test_going_back_sets_the_newer_database_aside(house: Path, tmp_path: Path) -> None:
    copies.backup(house, tmp_path / "copy.db")
    write(house, "second")
    aside = copies.restore(tmp_path / "copy.db", house)
    assert titles(house) == ["first"]
    assert aside is not None
    assert titles(aside) == ["first", "second"]


def test_what_was_put_back_remembers_it(house: Path, tmp_path: Path) -> None:
    copies.backup(house, tmp_path / "copy.db")
    copies.restore(tmp_path / "copy.db", house)
    with closing(sqlite3.connect(house)) as db:
        assert db.execute("select name from setting").fetchall() == [(MARK,)]


def test_what_was_set_aside_before_stays(house: Path, tmp_path: Path) -> None:
    copies.backup(house, tmp_path / "copy.db")
    first = copies.restore(tmp_path / "copy.db", house)
    write(house, "second")
    second = copies.restore(tmp_path / "copy.db", house)
    assert first is not None
    assert second is not None
    assert (titles(first), titles(second)) == (["first"], ["first", "second"])


def test_a_damaged_database_can_be_replaced(house: Path, tmp_path: Path) -> None:
    copies.backup(house, tmp_path / "copy.db")
    house.write_bytes(b"what the disk has left of it" * 100)
    aside = copies.restore(tmp_path / "copy.db", house)
    assert titles(house) == ["first"]
    assert aside is not None
    assert aside.read_bytes().startswith(b"what the disk")


def test_a_copy_of_an_open_file_is_taken_with_its_log(house: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    with closing(sqlite3.connect(house)) as db:
        db.execute("pragma wal_checkpoint(truncate)")
        write(house, "second")
        for ending in ("", "-wal"):
            shutil.copy(f"{house}{ending}", taken)
        copies.restore(taken / house.name, house)
    assert titles(house) == ["first", "second"]


def test_a_backup_that_fails_leaves_nothing(house: Path, tmp_path: Path) -> None:
    house.write_text("this is a letter, not a database" * 100)
    with pytest.raises(Damaged):
        copies.backup(house, tmp_path / "copy.db")
    assert list(tmp_path.glob("copy.db*")) == []


def test_a_backup_never_replaces_a_file(house: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious")
    with pytest.raises(FileExistsError):
        copies.backup(house, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "precious"


def test_what_is_no_database_is_not_restored(house: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("this is a letter, not a database" * 100)
    with pytest.raises(Damaged, match="not a database"):
        copies.restore(tmp_path / "copy.db", house)
    assert titles(house) == ["first"]


def test_a_database_that_is_not_there_cannot_be_copied(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        copies.backup(tmp_path / "nothing.db", tmp_path / "copy.db")

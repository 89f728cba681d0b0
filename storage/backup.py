"""A copy of a running SQLite database, and going back to one."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

from storage.migrate import SINCE
from storage.restored import MARK

UNFINISHED = ".unfinished"  # the ending of a copy that nobody has checked
WAL = "-wal"


class Damaged(Exception):
    """The file is no database, or not a sound one; says what SQLite finds wrong."""


def backup(source: Path, target: Path) -> int:
    """Copy `source` as it is at one moment, check the copy. Returns its size in bytes.

    Under its name there is a whole copy or none. Raises FileExistsError, FileNotFoundError,
    OSError and `Damaged`.
    """
    if not source.is_file():
        raise FileNotFoundError(source)
    if target.exists():
        raise FileExistsError(target)
    if not target.parent.is_dir():
        raise NotADirectoryError(f"{target.parent}: there is no such folder")
    making = target.with_name(f"{target.name}.{os.getpid()}{UNFINISHED}")
    try:
        making.touch(mode=0o600)
        _copy(source, making)
        check(making)
        _keep(making)
        os.rename(making, target)
    finally:
        making.unlink(missing_ok=True)
    return target.stat().st_size


def _copy(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as connection:
            connection.execute("vacuum into ?", (str(target),))
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{source}: {error}") from None


def restore(source: Path, target: Path) -> Path | None:
    """Put `source` in the place of `target`. Returns where the old file was set aside.

    Interrupted at any moment, there is the old database or the new one, which remembers that it
    was put back. The caller holds the lock of `target`. Raises OSError and `Damaged`.
    """
    check(source)
    fresh = target.with_name(f"{target.name}.restoring")
    for ending in ("", WAL):  # somebody may have copied a database that was open
        _copy_file(_beside(source, ending), _beside(fresh, ending))
    _mark(fresh, source)
    _keep(fresh)
    aside = _free_name(target) if target.exists() else None
    if aside is not None:
        _set_aside(target, aside)
    for leftover in (WAL, "-shm"):
        _beside(target, leftover).unlink(missing_ok=True)
    os.replace(fresh, target)
    return aside


def _set_aside(target: Path, aside: Path) -> None:
    """In one file, unless it is damaged."""
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(target)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    for ending in ("", WAL):
        if _beside(target, ending).exists():
            os.link(_beside(target, ending), _beside(aside, ending))


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _copy_file(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    if source.exists():
        target.touch(mode=0o600)
        shutil.copyfile(source, target)


def _free_name(target: Path) -> Path:
    """To set it aside without losing what was set aside before."""
    names = (f".before-restore{f'.{n}' if n else ''}" for n in count())
    return next(path for name in names if not (path := _beside(target, name)).exists())


def check(path: Path) -> None:
    if not path.is_file():
        raise FileNotFoundError(path)
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            (verdict,) = connection.execute("pragma integrity_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{path}: {error}") from None
    if verdict != "ok":
        raise Damaged(f"{path}: {verdict}")


def needs(path: Path) -> str:
    """The migration that a program has to know to work with a copy. Raises `Damaged`."""
    since = "select value from setting where name = ?"
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            rows = connection.execute(since, (SINCE,)).fetchall()
            rows += connection.execute("select version_num from alembic_version").fetchall()
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{path}: is no database of this program ({error})") from None
    return str(rows[0][0]) if rows else ""


def _mark(path: Path, source: Path) -> None:
    """Before anything is sent, managers are to be asked: see `storage.restored`."""
    try:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("insert or replace into setting values (?, 'yes')", (MARK,))
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{source}: is no database of this program ({error})") from None


def _keep(path: Path) -> None:
    """On the disk, not only on its way there."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""A copy of a running SQLite database, and going back to one."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path


class Damaged(Exception):
    """The file is no database, or not a sound one; says what SQLite finds wrong."""


def backup(source: Path, target: Path) -> int:
    """Copy `source` as it is at one moment, check the copy. Returns its size in bytes.

    Raises FileExistsError, FileNotFoundError and `Damaged`.
    """
    if not source.is_file():
        raise FileNotFoundError(source)
    if target.exists():
        raise FileExistsError(target)
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("vacuum into ?", (str(target),))
    target.chmod(0o600)
    check(target)
    return target.stat().st_size


def restore(source: Path, target: Path) -> Path | None:
    """Put `source` in the place of `target`. Returns where the old file was set aside.

    The caller holds the lock of `target`. Raises FileNotFoundError and `Damaged`.
    """
    check(source)
    fresh = target.with_name(f"{target.name}.restoring")
    shutil.copyfile(source, fresh)
    fresh.chmod(0o600)
    aside = target.with_name(f"{target.name}.before-restore") if target.exists() else None
    if aside is not None:
        _whole(target)
        os.replace(target, aside)
    for leftover in ("-wal", "-shm"):
        target.with_name(target.name + leftover).unlink(missing_ok=True)
    os.replace(fresh, target)
    return aside


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


def _whole(path: Path) -> None:
    """Bring what is still in the log into the file itself."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")

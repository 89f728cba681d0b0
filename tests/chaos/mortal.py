"""A PostgreSQL that can be killed and comes back."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import Postgres

PATIENCE = 60  # seconds


class Mortal(Postgres):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._data = folder

    def die(self, how: signal.Signals) -> None:
        """SIGKILL is the death of one process, whose children find out; SIGQUIT that of all."""
        family = [self.pid, *_children(self.pid)]
        os.kill(self.pid, how)
        until = time.monotonic() + PATIENCE
        while any(_lives(each) for each in family) and time.monotonic() < until:
            time.sleep(0.02)
        (self._data / "postmaster.pid").unlink(missing_ok=True)

    def rise(self) -> None:
        """Blocks until it takes connections."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self._server.ensure_postgres_running()
            except (subprocess.SubprocessError, AssertionError):  # not there, or not ready
                if time.monotonic() > until:
                    raise


def _children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _lives(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


@contextmanager
def mortal() -> Iterator[Mortal]:
    with tempfile.TemporaryDirectory(prefix="paprsek-pg-", ignore_cleanup_errors=True) as folder:
        server = Mortal(Path(folder))
        try:
            yield server
        finally:
            server.stop()

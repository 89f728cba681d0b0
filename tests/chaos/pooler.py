"""PgBouncer before the server of the tests, in transaction mode, with a handful of connections."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.chaos.fleet import free_port
from tests.chaos.small_disk import OWNER
from tests.chaos.stage import HOST
from tests.databases import Postgres
from tests.programs import program

PATIENCE = 10  # seconds
SETTINGS = """\
[databases]
* = host={place}

[pgbouncer]
listen_addr = {host}
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = {connections}
max_client_conn = 500
max_prepared_statements = 0
"""


@contextmanager
def pooler(server: Postgres, connections: int) -> Iterator[int]:
    """The port at which it listens. Skips the test where there is no PgBouncer."""
    pgbouncer = program("pgbouncer")
    folder = Path(tempfile.mkdtemp(prefix="paprsek-pooler-"))
    folder.chmod(0o755)
    port = free_port()
    told = {"place": server.folder, "host": HOST, "port": port, "folder": folder}
    settings = SETTINGS.format(connections=connections, **told)
    if not _knows_prepared_statements(pgbouncer):
        settings = settings.replace("max_prepared_statements = 0\n", "")
    (folder / "settings").write_text(settings)
    (folder / "users").write_text('"postgres" ""\n')
    owner = [f"--user={OWNER}"] if os.geteuid() == 0 else []
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([pgbouncer, *owner, folder / "settings"], stderr=log)
    try:
        _wait_for(port, process, folder / "log")
        yield port
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


def _knows_prepared_statements(pgbouncer: str) -> bool:
    """From 1.21 on; what is tested is that we do not need them."""
    told = subprocess.run([pgbouncer, "--version"], capture_output=True, text=True).stdout
    major, minor = told.split()[1].split(".")[:2]
    return (int(major), int(minor)) >= (1, 21)


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as visitor:
            if visitor.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"pgbouncer does not answer: {log.read_text()}")

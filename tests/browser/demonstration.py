"""Paprsek as `make run` starts it, in a folder of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOUSE = Path(__file__).parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def demonstration(folder: Path, port: int) -> Iterator[str]:
    """The address of the page, once the bot is there. Ends as a supervisor would end it."""
    surroundings = {**os.environ, "PORT": str(port), "PYTHONPATH": str(HOUSE)}
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=folder,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert running.stdout is not None
        for line in running.stdout:
            if "Paprsek:" in line:
                break
        else:
            raise AssertionError("Paprsek did not start")
        yield f"http://127.0.0.1:{port}/"
    finally:
        running.terminate()
        running.communicate(timeout=20)

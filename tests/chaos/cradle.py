"""Where the process is born hundreds of times: all is loaded once, then each life is a fork.

Loading takes most of a start and touches neither the database nor Telegram, so nothing that a kill
could break is left out. What runs is `python -m bot …`, in a process of its own.
"""

import asyncio
import gc
import json
import os
import select
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

ROOT = Path(__file__).parents[2]
LOOK = 0.02  # seconds between looks whether one has ended


@dataclass
class Life:
    """One process; it is asked and told the same as a `Process`."""

    pid: int
    _nurse: asyncio.StreamReader
    _bond: asyncio.StreamWriter
    _end: asyncio.Task[int] | None = None

    @property
    def returncode(self) -> int | None:
        return self._ending.result() if self._ending.done() else None

    async def wait(self) -> int:
        return await asyncio.shield(self._ending)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    @property
    def _ending(self) -> asyncio.Task[int]:
        if self._end is None:
            self._end = asyncio.create_task(self._listen())
        return self._end

    async def _listen(self) -> int:
        word = await self._nurse.readline()
        self._bond.close()
        return int(word)


class Cradle:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)
        self._home = TemporaryDirectory(prefix="cradle-")  # a socket's name must be short
        self._door = Path(self._home.name) / "door"
        self._process: Process | None = None

    async def bear(
        self, words: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path
    ) -> Life:
        """`python -m bot` with these words; what it says goes to the end of `log`."""
        if self._process is None:
            await self._open()
        nurse, bond = await asyncio.open_unix_connection(self._door)
        order = [list(words), str(folder), dict(environment), str(log)]
        bond.write(json.dumps(order).encode() + b"\n")
        life = Life(int(await nurse.readline()), nurse, bond)
        assert life.returncode is None
        return life

    async def _open(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.chaos.cradle", str(self._door)),
            cwd=ROOT,
            env=self._environment,
            stdin=PIPE,
            stdout=PIPE,
        )
        assert self._process.stdout is not None
        assert await self._process.stdout.readline() == b"open\n"

    async def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            await self._process.wait()
        self._home.cleanup()


# What follows runs in the process that has loaded everything.


def _rock(door: str) -> None:
    """Until nobody holds the other end of our input."""
    from bot import app, demonstration, equipment, moving, service, tasks  # noqa: F401

    sys.dont_write_bytecode = True  # a life whose disk is full would keep halves of modules
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nurses go without a word
    with socket.socket(socket.AF_UNIX) as entrance:
        entrance.bind(door)
        entrance.listen(64)
        print("open", flush=True)
        while True:
            ready, _, _ = select.select([entrance, sys.stdin], [], [])
            if sys.stdin in ready:
                return
            visitor, _ = entrance.accept()
            if os.fork() == 0:
                entrance.close()
                _nurse(visitor)
            visitor.close()


def _nurse(visitor: socket.socket) -> NoReturn:
    """Tell the number of a new process, then how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        with suppress(BrokenPipeError), visitor.makefile("rw") as line:
            words, folder, environment, log = json.loads(line.readline())
            child = os.fork()
            if child == 0:
                visitor.close()
                _live(words, folder, environment, log)
            print(child, file=line, flush=True)
            print(_end_of(child, visitor), file=line, flush=True)
    finally:
        os._exit(0)


def _end_of(child: int, visitor: socket.socket) -> int:
    """How it ended; it is not left behind by those for whom it lives."""
    while True:
        gone, status = os.waitpid(child, os.WNOHANG)
        if gone:
            return os.waitstatus_to_exitcode(status)
        if select.select([visitor], [], [], LOOK)[0]:
            os.kill(child, signal.SIGKILL)


def _live(words: list[str], folder: str, environment: dict[str, str], log: str) -> NoReturn:
    from bot.__main__ import app

    os.environ.update(environment)
    os.chdir(folder)
    ours = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (1, 2):
        os.dup2(ours, stream)
    code = 1
    try:
        app(words, standalone_mode=True)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _rock(sys.argv[1])

"""What processes have used: processor time and, of PostgreSQL, its log. Linux only."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROCESSES = Path("/proc")


@dataclass(frozen=True)
class Used:
    """Seconds of a processor; bytes of the write-ahead log."""

    replicas: float
    server: float
    double: float
    wal: int = 0

    def __sub__(self, before: "Used") -> "Used":
        return Used(
            self.replicas - before.replicas,
            self.server - before.server,
            self.double - before.double,
            self.wal - before.wal,
        )


def seconds(pids: Iterable[int]) -> float:
    """Of these processes and of their children that have ended."""
    return sum(_ticks(pid) for pid in pids) / TICKS


def family(pid: int) -> list[int]:
    """A process and its children."""
    numbers = [int(each.name) for each in PROCESSES.iterdir() if each.name.isdigit()]
    return [pid, *(each for each in numbers if _fields(each)[1:2] == [str(pid)])]


def _ticks(pid: int) -> int:
    return sum(int(each) for each in _fields(pid)[11:15])


def _fields(pid: int) -> list[str]:
    """Of its status, from its state on; none when it is gone."""
    try:
        return (PROCESSES / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []

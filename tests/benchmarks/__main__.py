"""Run the benchmarks named on the command line, or all; print a table in Markdown.

`finding=300000` is the benchmark `finding` with so many instruments instead of its usual number.
"""

import asyncio
import os
import platform
import sqlite3
import sys
from collections.abc import Awaitable, Callable, Sequence

from tests.benchmarks import (
    announcing,
    browsing,
    finding,
    knocking,
    matching,
    opening,
    presses,
    replicas,
    sources,
    starting,
    taking,
    waiting,
)

ALL: dict[str, Callable[..., Awaitable[Sequence[tuple[str, str]]]]] = {
    "presses": presses.run,
    "waiting": waiting.run,
    "opening": opening.run,
    "announcing": announcing.run,
    "starting": starting.run,
    "finding": finding.run,
    "browsing": browsing.run,
    "matching": matching.run,
    "sources": sources.run,
    "taking": taking.run,
    "knocking": knocking.run,
    "replicas": replicas.run,
}


async def main(names: list[str]) -> None:
    print(
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version},"
        f" {os.cpu_count()} cores\n\n| what | measured |\n| --- | --- |"
    )
    for named in names or ALL:
        name, _, size = named.partition("=")
        for what, value in await ALL[name](*[int(size)] if size else ()):
            print(f"| {what} | {value} |", flush=True)


asyncio.run(main(sys.argv[1:]))

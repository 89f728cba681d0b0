"""What is made to hurt its reader is refused, or read as the harmless thing that it also is."""

import ast
import asyncio
import json
import re
import sys
from pathlib import Path

from bot.papers.pack import safe_name
from tests.chaos.stage import FULL, ROOT
from tests.house.sources import files, named, tree

MOST_SECONDS = 30  # on a busy machine; by itself none takes longer than the reader of PDF may
MOST_MEGABYTES = 700


async def test_no_bomb_goes_off() -> None:
    """In a process of their own, whose memory has an end."""
    words = () if FULL else ("short",)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.security.bombs", *words),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    came = [json.loads(line) for line in told.splitlines()]
    assert process.returncode == 0, came[-1]
    assert [each for each in came if each["outcome"] not in ("read", "refused")] == []
    assert [each for each in came if each["seconds"] > MOST_SECONDS] == []
    assert max(each["megabytes"] for each in came) < MOST_MEGABYTES
    assert len(came) >= (50 if FULL else 30)
    assert not climbed()


def climbed() -> bool:
    return Path("/tmp/climbed").exists()


def test_nothing_is_unpacked_onto_the_disk() -> None:
    """No archive is extracted, so no name in one can climb."""
    extracting = [
        f"{named(path)}:{node.lineno}"
        for folder in ("bot", "handlers", "storage")
        for path in files(folder)
        if re.search("zipfile|tarfile|shutil", path.read_text(encoding="utf-8"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in ("extract", "extractall", "unpack_archive")
    ]
    assert extracting == []


def test_no_picture_of_others_is_decoded() -> None:
    """What people send is passed on as it is; the only pictures that are opened are our own."""
    opening = {
        named(path)
        for folder in ("bot", "handlers", "storage")
        for path in files(folder)
        if "PIL" in path.read_text(encoding="utf-8") and "import Image" in path.read_text("utf-8")
    }
    assert {each for each in opening if "sandbox" not in each} == {"bot/papers/picture.py"}


def test_names_of_files_lead_nowhere() -> None:
    hostile = ["../../etc/passwd", "/etc/passwd", "C:\\x", "a\x00b", "..", "", "con\u202efdp.exe"]
    for name in hostile:
        safe = safe_name(name)
        assert safe
        assert not set(safe) & set("/\\\0:\u202e")
        assert safe not in (".", "..")

"""Files stay small, well named, and speak of nothing but the house."""

import re

from tests.house.sources import CODE, ROOT, files, named

LINES = 300
SHELVES = {"utils", "util", "helpers", "helper", "manager", "managers", "base", "common", "misc"}
OF_A_MACHINE = re.compile(r"/(?:root|work|home|Users)/\w")
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X])\b")
WRITTEN = (".py", ".js", ".css", ".html", ".md", ".toml", ".po", ".json")


def test_no_file_is_long() -> None:
    pages = files("bot/sandbox/page", ending=".js")
    lengths = {
        named(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in [*files(*CODE), *pages]
    }
    assert {name: lines for name, lines in lengths.items() if lines > LINES} == {}


def test_no_module_is_a_shelf_for_anything() -> None:
    assert [named(path) for path in files(*CODE) if path.stem in SHELVES] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        named(path)
        for path in files(*CODE)
        if (text := path.read_text(encoding="utf-8")) and not text.startswith(('"""', 'r"""'))
    ]
    assert silent == []


def test_nothing_knows_the_machine_it_was_made_on() -> None:
    top = [path for path in ROOT.glob("*.*") if path.suffix in (".md", ".toml")]
    written = [path for end in WRITTEN for path in files(*CODE, "docs", ending=end)]
    texts = {named(path): path.read_text(encoding="utf-8") for path in [*top, *written]}
    assert [name for name, text in texts.items() if OF_A_MACHINE.search(text)] == []
    assert [name for name, text in texts.items() if UNFINISHED.search(text)] == []

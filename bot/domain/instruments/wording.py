"""The headings of a list of equipment and the words in its cells, in both languages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from storage.folding import fold

SOURCE = Path(__file__).with_name("columns.toml")
Said = Mapping[str, Any]


@cache
def _source() -> Mapping[str, Mapping[str, Said]]:
    return tomllib.loads(SOURCE.read_text("utf-8"))


def columns() -> list[str]:
    return list(_source()["columns"])


def heading(column: str, language: str) -> str:
    """Of a column, or of another field whose visibility can be set."""
    said = _source()["columns"].get(column) or _source()["fields"][column]
    return str(said["cs" if language == "cs" else "en"])


def example(language: str) -> list[str]:
    """An invented instrument, a text for each column."""
    said = _source()["example"]
    return [str(said.get(c, {}).get("cs" if language == "cs" else "en", "")) for c in columns()]


def column_of(heading: str) -> str | None:
    """The column that somebody headed so; an asterisk for what is required does not matter."""
    return _headings().get(_bare(heading))


def field_of(name: str) -> str | None:
    """The same, with other fields whose visibility can be set."""
    return _fields().get(_bare(name))


def word(kind: str, value: str, language: str) -> str:
    """The word that is written for a value."""
    said = _source()["values"][kind].get(value)
    return str(said["cs" if language == "cs" else "en"][0]) if said else value


def known(kind: str, language: str) -> list[str]:
    """The words that are written for values of a kind."""
    return [word(kind, value, language) for value in _source()["values"][kind]]


def choices(kind: str, language: str) -> list[tuple[str, str]]:
    """The values of a kind with their words."""
    return [(value, word(kind, value, language)) for value in _source()["values"][kind]]


def meant(kind: str, said: str) -> str | None:
    """The value that a word in either language stands for."""
    return _words(kind).get(_bare(said))


def _bare(heading: str) -> str:
    return fold(heading.replace("_", " ")).strip(" *:")


@cache
def _headings() -> dict[str, str]:
    found: dict[str, str] = {}
    for column, said in _source()["columns"].items():
        for each in (column, said["cs"], said["en"], *said["also"]):
            found.setdefault(_bare(each), column)
    return found


@cache
def _fields() -> dict[str, str]:
    others = {
        _bare(each): field
        for field, said in _source()["fields"].items()
        for each in (field, said["cs"], said["en"])
    }
    return {**_headings(), **others}


@cache
def _words(kind: str) -> dict[str, str]:
    found = {_bare(value): value for value in _source()["values"][kind]}
    for value, said in _source()["values"][kind].items():
        for each in (*said["cs"], *said["en"]):
            found.setdefault(_bare(each), value)
    return found

"""Whoever sets the house up finds every key, with its default, where they look for it."""

import re
import tomllib
from itertools import pairwise
from typing import Any

import pytest
from pydantic import SecretStr

from bot.config import Config, Section, load
from tests.house.sources import ROOT

EXAMPLE = ROOT / "config.toml"
GUIDE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


def defaults() -> list[tuple[str, str, Any]]:
    """Section, key and default of everything that can be set."""
    plain = Config.model_construct()
    return [
        (name, key, _plain(getattr(getattr(plain, name), key)))
        for name in Config.model_fields
        for key in _section(plain, name)
    ]


def _section(config: Config, name: str) -> list[str]:
    section = getattr(config, name)
    assert isinstance(section, Section)
    return list(type(section).model_fields)


def _plain(value: object) -> object:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize(("section", "key", "default"), defaults())
def test_every_key_stands_in_the_example_with_its_default(
    section: str, key: str, default: object
) -> None:
    written = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert written[section][key] == default


@pytest.mark.parametrize(("section", "key", "default"), defaults())
def test_every_key_is_explained_with_its_default(section: str, key: str, default: object) -> None:
    _, _, chapter = GUIDE.partition(f"## [{section}]\n")
    chapter, _, _ = chapter.partition("\n## ")
    row = re.search(rf"^\| `{key}` \| `(?P<default>.*?)` \| (?P<meaning>.+) \|$", chapter, re.M)
    assert row, f"[{section}] {key} is not in docs/configuration.md"
    assert tomllib.loads(f"x = {row['default']}")["x"] == default


def test_the_guide_knows_no_other_keys() -> None:
    explained = set(re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE))
    assert explained == {key for _, key, _ in defaults()}


def test_the_example_is_a_valid_file() -> None:
    assert load(EXAMPLE).model_dump() == Config.model_construct().model_dump()


def test_every_key_in_the_example_has_a_comment() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    bare = [
        line
        for before, line in pairwise(lines)
        if re.match(r"\w+ = ", line) and before.startswith("[")
    ]
    assert bare == []

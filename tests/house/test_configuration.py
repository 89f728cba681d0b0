"""Whoever sets the house up finds every key, with its default, where they look for it."""

import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot.config import Config, ConfigError, Section, Source, load
from storage.calls.sources import Form
from tests.house.sources import ROOT

EXAMPLE = ROOT / "config.toml"
GUIDE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
ASKED_FOR = "*to be given*"


def defaults() -> list[tuple[str, str, Any]]:
    """Section, key and default of everything that can be set."""
    plain = Config.model_construct()
    return [
        (name, key, _plain(getattr(getattr(plain, name), key)))
        for name in Config.model_fields
        if name != "sources"
        for key in _section(plain, name)
    ]


def of_a_source() -> list[tuple[str, str]]:
    """Key and default, as the guide is to write it."""
    return [(name, _written(field)) for name, field in Source.model_fields.items()]


def _written(field: FieldInfo) -> str:
    if field.is_required():
        return ASKED_FOR
    return f"`{json.dumps(field.get_default(call_default_factory=True))}`"


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


@pytest.mark.parametrize(("key", "default"), of_a_source())
def test_every_key_of_a_source_is_explained(key: str, default: str) -> None:
    _, _, chapter = GUIDE.partition("## [[sources]]\n")
    assert f"\n| `{key}` | {default} | " in chapter


def test_the_guide_knows_no_other_keys() -> None:
    explained = set(re.findall(r"^\| `(\w+)` \|", GUIDE, re.MULTILINE))
    assert explained == {key for _, key, _ in defaults()} | set(Source.model_fields)


def test_the_example_is_a_valid_file() -> None:
    example = load(EXAMPLE).model_dump(exclude={"sources"})
    assert example == Config.model_construct().model_dump(exclude={"sources"})


def test_sources_have_the_forms_that_are_read() -> None:
    said = Source.model_fields["form"].annotation
    assert {*get_args(said), Form.HAND} == {*Form}


def test_every_key_in_the_example_has_a_comment() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    bare = [
        line
        for before, line in pairwise(lines)
        if re.match(r"\w+ = ", line) and before.startswith("[")
    ]
    assert bare == []


SOURCE = """
[[sources]]
code = "one"
name = "One"
form = "feed"
address = "https://feeds.example.org/rss"
"""


def complaint(folder: Path, text: str) -> str:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load(file)
    return str(error.value)


def test_a_source_and_its_host_are_taken(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'[fetching]\nhosts = ["WWW.Example.org"]\n{SOURCE}', encoding="utf-8")
    config = load(file)
    assert [each.code for each in config.sources] == ["one"]
    assert config.hosts == {"www.example.org", "feeds.example.org"}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("colour = 1", "[[sources]] no. 1, colour: there is no such key"),
        ('form = "fax"', "[[sources]] no. 1, form: "),
        ('address = "https://10.0.0.1/"', "[[sources]] no. 1, address: expected a public "),
        ('address = "https://example.org:8080/"', "the port is neither 80 nor 443"),
        ('code = "Two Words"', "[[sources]] no. 1, code: "),
        ("every = 1", "[[sources]] no. 1, every: "),
    ],
)
def test_a_wrong_source_is_refused_by_key(tmp_path: Path, wrong: str, words: str) -> None:
    key = wrong.partition(" ")[0]
    kept = "\n".join(line for line in SOURCE.splitlines() if not line.startswith(f"{key} "))
    assert words in complaint(tmp_path, f"{kept}\n{wrong}\n")


def test_a_code_stands_for_one_source(tmp_path: Path) -> None:
    assert complaint(tmp_path, SOURCE + SOURCE) == (
        "[sources] code: expected each once, one is there twice"
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("colour = 1", "[fetching] colour: there is no such key"),
        ('contact = "call us (please)"', "[fetching] contact: expected an address of a page"),
        ('hosts = ["*.example.org"]', "[fetching] hosts.0: expected the name of a host"),
    ],
)
def test_wrong_fetching_is_refused_by_key(tmp_path: Path, wrong: str, words: str) -> None:
    assert words in complaint(tmp_path, f"[fetching]\n{wrong}\n")

"""Every command is told of: in the guide, in the README, and to Telegram."""

import re

import pytest

import handlers  # noqa: F401 -- fills the table of routes
from bot.kit import routes
from bot.kit.routes import Command
from tests.house.sources import ROOT

GUIDE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
README = ROOT / "README.md"
ALLOWED = re.compile(r"[a-z0-9_]{1,32}")  # what Telegram takes for a command
DESCRIPTION = 256  # characters


def _id(command: Command) -> str:
    return command.names[0]


@pytest.mark.parametrize("command", routes.commands, ids=_id)
def test_the_guide_has_it(command: Command) -> None:
    for name in command.names:
        assert f"`/{name}`" in GUIDE


def test_the_readme_has_them_all() -> None:
    readme = README.read_text(encoding="utf-8")
    names = [name for command in routes.commands for name in command.names]
    assert [name for name in names if f"/{name}" not in readme] == []


@pytest.mark.parametrize("command", routes.commands, ids=_id)
def test_telegram_takes_it(command: Command) -> None:
    assert all(ALLOWED.fullmatch(name) for name in command.names)
    assert 0 < len(command.describe) <= DESCRIPTION


def test_the_guide_has_no_others() -> None:
    known = {name for command in routes.commands for name in command.names}
    assert set(re.findall(r"`/(\w+)`", GUIDE)) == known


def test_no_two_commands_share_a_name() -> None:
    names = [name for command in routes.commands for name in command.names]
    assert sorted(names) == sorted(set(names))


def test_what_is_for_managers_is_told_apart() -> None:
    for_all, _, for_managers = GUIDE.partition("For managers and their assistants only")
    for command in routes.commands:
        chapter = for_managers if command.managers_only else for_all
        assert f"`/{command.names[0]}`" in chapter

"""What Telegram is told of us keeps to Telegram's own limits, in each language."""

import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from telegram import Bot

import bot
import handlers
from bot.config import Cluster
from bot.kit import profile, routes
from bot.kit.context import House
from bot.kit.texts import Library
from storage.people import Person
from tests.conftest import NOW, TOKEN

LOCALES = Path(str(bot.__file__)).parent / "locales"
MANAGER = Person(id=1, telegram_id=1005, first_name="Marie", language="cs", met_at=NOW)


@pytest.fixture
def calls() -> profile.Calls:
    assert handlers.__all__, "importing them has registered the commands"
    library = Library(LOCALES, ZoneInfo("Europe/Prague"), "cs")
    house = House(Cluster(name="Český optický klastr"), library, Bot(TOKEN))
    return profile.calls(house, [MANAGER])


def of(calls: profile.Calls, method: str) -> list[dict[str, Any]]:
    return [payload for name, payload in calls if name == method]


def test_texts_fit(calls: profile.Calls) -> None:
    for payload in of(calls, "setMyShortDescription"):
        assert 0 < len(payload["short_description"]) <= 120
    for payload in of(calls, "setMyDescription"):
        assert 0 < len(payload["description"]) <= 512


def test_commands_fit(calls: profile.Calls) -> None:
    for payload in of(calls, "setMyCommands"):
        names = [each["command"] for each in payload["commands"]]
        assert len(set(names)) == len(names) <= 100
        for each in payload["commands"]:
            assert re.fullmatch(r"[a-z0-9_]{1,32}", each["command"])
            assert 0 < len(each["description"]) <= 256


def test_czechs_and_slovaks_read_czech_and_others_english(calls: profile.Calls) -> None:
    said = {p["language_code"]: p["short_description"] for p in of(calls, "setMyShortDescription")}
    assert said["cs"] == said["sk"]
    assert "akce" in said["cs"]
    assert "Events" in said[""]


def test_only_the_team_sees_what_is_for_the_team(calls: profile.Calls) -> None:
    for_the_team = {name for c in routes.commands if c.managers_only for name in c.names}
    assert "sprava" in for_the_team
    for payload in of(calls, "setMyCommands"):
        shown = {each["command"] for each in payload["commands"]}
        own_chat = payload["scope"]["type"] == "chat"
        assert bool(shown & for_the_team) == own_chat


def test_every_listed_command_is_described_in_czech(calls: profile.Calls) -> None:
    czech = next(p for p in of(calls, "setMyCommands") if p.get("language_code") == "cs")
    english = next(p for p in of(calls, "setMyCommands") if p.get("language_code") == "")
    assert len(czech["commands"]) == len(english["commands"])
    for here, there in zip(czech["commands"], english["commands"], strict=True):
        assert here["description"] != there["description"]

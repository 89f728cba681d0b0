"""What outlives a restart, and worlds read from files."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.clock import Clock
from bot.sandbox.people import Person
from bot.sandbox.request import Upload
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Bot, User, World, WorldError
from tests.sandbox.conftest import ANN, TOKEN, Call


def _again(clock: Clock) -> Sandbox:
    bots, users = [Bot(TOKEN, "ray_bot", "Ray")], [User(ANN, "Ann", started=True)]
    return Sandbox(World(bots, users, clock=clock))


async def test_everything_is_remembered(
    tmp_path: Path, sandbox: Sandbox, call: Call, ann: Person, clock: Clock
) -> None:
    await call("setMyCommands", commands=[{"command": "menu", "description": "Menu"}])
    await call("sendDocument", {"document": Upload("a.txt", b"abc")}, chat_id=ANN, caption="old")
    keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    await call("sendMessage", chat_id=ANN, text="press", reply_markup=keyboard)
    ann.presses("Go")
    sandbox.save(tmp_path / "sandbox.json")

    restarted = _again(clock)
    assert restarted.load(tmp_path / "sandbox.json") is True
    same_ann = Person(restarted, ANN)
    assert same_ann.messages == ann.messages
    assert (same_ann.screen, same_ann.document) == ("press", b"abc")
    _, body = await restarted.call(TOKEN, "getUpdates", {})
    query = body["result"][0]["callback_query"]
    status, _ = await restarted.call(
        TOKEN, "answerCallbackQuery", {"callback_query_id": query["id"], "text": "ok"}
    )
    assert (status, same_ann.toast) == (200, "ok")
    assert restarted.world.bot.profile.commands == sandbox.world.bot.profile.commands


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 9}', '{"format": 1}'])
def test_a_broken_memory_is_set_aside(
    tmp_path: Path, clock: Clock, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "sandbox.json"
    assert _again(clock).load(path) is False
    path.write_text(content)
    assert _again(clock).load(path) is False
    assert [one.name.startswith("sandbox.json.broken-") for one in tmp_path.iterdir()] == [True]
    assert "memory was broken" in caplog.text


async def test_a_reset_forgets_and_tells_the_host(
    sandbox: Sandbox, call: Call, ann: Person
) -> None:
    told = []

    async def hook() -> None:
        told.append("reset")

    sandbox.on_reset = hook
    ann.says("hello")
    await call("sendMessage", chat_id=ANN, text="hello")
    await sandbox.reset()
    assert told == ["reset"]
    assert Person(sandbox, ANN).messages == []
    assert await call("getUpdates") == []


@pytest.fixture
def world_file(tmp_path: Path) -> Callable[[Any], Path]:
    def write(described: Any) -> Path:
        path = tmp_path / "world.json"
        path.write_text(json.dumps(described))
        return path

    return write


BOTS = [{"token": "7:x", "username": "b_bot", "first_name": "B"}]


def test_a_world_from_a_file(world_file: Callable[[Any], Path]) -> None:
    users = [{"id": 1, "first_name": "Ann", "language_code": "cs"}]
    chats = [{"id": -1, "type": "group", "title": "Club", "owner": 1, "members": [7]}]
    world = World.from_json(world_file({"bots": BOTS, "users": users, "chats": chats}))
    assert world.bot.id == 7
    assert world.private_chat(world.bot, world.users[1]).started
    assert world.chats[-1].people == [1, 7]


def test_what_a_file_leaves_out(world_file: Callable[[Any], Path]) -> None:
    chats = [
        {"id": 1, "type": "private", "title": "Ann"},
        {"id": 2, "type": "private", "first_name": "Bob", "username": "@bob"},
        {"id": -1, "type": "channel", "title": None},
        {"id": -2, "type": "group", "owner": 3},
    ]
    users = [{"id": 1, "username": "ann"}, {"id": 3}]
    described = {"bots": [{"token": "7:x"}], "users": users, "chats": chats}
    world = World.from_json(world_file(described))
    assert (world.bot.username, world.bot.first_name) == ("sandbox7_bot", "Bot")
    assert [user.first_name for user in world.users.values()] == ["ann", "User 3", "Bob"]
    assert world.users[2].username == "bob"
    assert [chat.title for chat in world.chats.values()] == ["Chat -1", "Chat -2"]
    assert [chat.administrators for chat in world.chats.values()] == [[7], []]


@pytest.mark.parametrize(
    ("described", "complaint"),
    [
        ([], "an object with bots, users, chats is expected"),
        ({"bots": BOTS, "cats": []}, "cats: unknown key"),
        ({"users": []}, "bots: at least one bot is needed"),
        ({"bots": [{"token": "x"}]}, "bots\\[0\\].token: something like 42:secret"),
        ({"bots": BOTS, "users": [{"id": "1"}]}, "users\\[0\\].id: a number is expected, not '1'"),
        ({"bots": BOTS, "users": [{"first_name": "A"}]}, "users\\[0\\].id: is missing"),
        ({"bots": BOTS, "chats": [{"id": -1}]}, "chats\\[0\\].type: is missing"),
        ({"bots": BOTS, "chats": [{"id": 1, "type": "group"}]}, "chats\\[0\\].id: groups and"),
        ({"bots": BOTS, "chats": {}}, "chats: a list is expected"),
        ({"bots": BOTS, "users": [{"id": 7, "first_name": "A"}]}, "users\\[0\\].id: 7 is already"),
        ({"bots": BOTS, "users": [{"id": 1, "age": 5}]}, "users\\[0\\].age: unknown key"),
        (
            {"bots": BOTS, "chats": [{"id": -1, "type": "club", "title": "x"}]},
            "chats\\[0\\].type: one of private, group, supergroup, channel",
        ),
        (
            {"bots": BOTS, "chats": [{"id": -1, "type": "group", "title": "x", "members": [5]}]},
            "chats\\[0\\].members: nobody has the id 5",
        ),
    ],
)
def test_broken_worlds(world_file: Callable[[Any], Path], described: Any, complaint: str) -> None:
    with pytest.raises(WorldError, match=complaint):
        World.from_json(world_file(described))


def test_a_world_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="No such file"):
        World.from_json(tmp_path / "nowhere.json")

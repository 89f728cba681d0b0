"""A small frozen world: a bot, two people who know it, and one who does not."""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.sandbox.clock import Clock
from bot.sandbox.people import Person
from bot.sandbox.request import Upload
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Bot, Chat, User, World

TOKEN = "42:secret"
ANN, BOB, EVE = 101, 102, 103
GROUP = -500

Call = Callable[..., Coroutine[Any, Any, Any]]


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 5, 4, 9, 0, tzinfo=UTC))


@pytest.fixture
def world(clock: Clock) -> World:
    return World(
        bots=[Bot(TOKEN, "ray_bot", "Ray")],
        users=[
            User(ANN, "Ann", username="ann", language_code="cs", started=True),
            User(BOB, "Bob", started=True),
            User(EVE, "Eve"),
        ],
        chats=[Chat(GROUP, "supergroup", "Club", owner=BOB, members=[42, ANN])],
        clock=clock,
    )


@pytest.fixture
def sandbox(world: World) -> Sandbox:
    return Sandbox(world)


@pytest.fixture
def ann(sandbox: Sandbox) -> Person:
    return Person(sandbox, ANN)


@pytest.fixture
def eve(sandbox: Sandbox) -> Person:
    return Person(sandbox, EVE)


@pytest.fixture
def call(sandbox: Sandbox) -> Call:
    """Call a method and get its result, or the description of the refusal."""

    async def ask(method: str, files: dict[str, Upload] | None = None, **params: Any) -> Any:
        status, body = await sandbox.call(TOKEN, method, params, files)
        assert body["ok"] == (status == 200)
        return body["result"] if body["ok"] else body["description"]

    return ask

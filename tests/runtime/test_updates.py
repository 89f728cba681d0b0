"""Updates of every kind and fate: none is lost, none stops the others."""

from typing import Any, cast

import pytest
from sqlmodel import col, select

from bot.app import App
from bot.kit.reception import Reception
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.wire import InProcess
from handlers.links import Home
from handlers.workshops.card import SignUp
from storage.inbox import Inbox as Row
from storage.inbox import State
from storage.outbox import Call
from tests.actors import Actor

UNKNOWN: list[dict[str, Any]] = [
    {"update_id": 1, "hologram": {"from": {"id": 1002}, "depth": 3}},
    {"update_id": 2, "hologram": {"from": 1002, "user": [], "chat": "here", "message": None}},
    {"update_id": 3, "hologram": "no object at all"},
    {"update_id": 4},
]


async def states(app: App) -> list[tuple[int, int]]:
    """State and tries of every update, in the order of arrival."""
    async with app.db.reading() as session:
        found = await session.exec(select(Row.state, Row.attempts).order_by(col(Row.id)))
        return list(found.all())


@pytest.mark.postgres
async def test_kinds_that_nobody_knows_are_passed_over(app: App, ann: Actor) -> None:
    await app.inbox.receive(UNKNOWN)
    await ann.says("/menu")
    assert ann.heard
    assert await states(app) == [(State.DONE, 0)] * (len(UNKNOWN) + 1)


async def test_fields_that_nobody_knows_do_no_harm(app: App, sandbox: Sandbox, ann: Actor) -> None:
    ann.phone.says("/menu")
    [waiting] = sandbox.queue(sandbox.world.bot).waiting
    waiting.body["from"]["mood"] = {"level": 3}
    waiting.body["hologram"] = [1, 2]
    await app.settle()
    assert ann.heard


@pytest.mark.postgres
async def test_what_always_fails_becomes_a_dead_letter_and_the_lane_goes_on(
    app: App, ann: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.domain.workshops.sign_up", breaks)
    await ann.says("/menu")
    ann.phone.presses_data(SignUp(1).pack())
    ann.phone.presses_data(Home().pack())
    ann.phone.says("/menu")
    await app.settle()
    done = (State.DONE, 0)
    assert await states(app) == [done, (State.DEAD, 3), done, done]
    assert len(ann.heard) == 2


async def test_the_person_gets_a_code_for_what_failed(
    app: App, ann: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: object) -> None:
        raise ZeroDivisionError

    await ann.says("/menu")
    monkeypatch.setattr("bot.domain.workshops.sign_up", breaks)
    await ann.presses_data(SignUp(1).pack())
    assert "code 002" in (ann.toast or "")
    assert ann.alert


@pytest.mark.postgres
async def test_a_failure_of_which_nobody_can_be_told_holds_nobody_up(
    app: App, ann: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: object) -> None:
        raise ZeroDivisionError

    def unkeepable(*_: object) -> list[Call]:
        return [Call("sendMessage", cast(int, [ann.id]), {"text": "Sorry"})]

    monkeypatch.setattr("bot.domain.workshops.sign_up", breaks)
    monkeypatch.setattr(Reception, "sorry", unkeepable)
    await ann.says("/menu")
    ann.phone.presses_data(SignUp(1).pack())
    ann.phone.says("/menu")
    await app.settle()
    done = (State.DONE, 0)
    assert await states(app) == [done, (State.DEAD, 3), done]
    assert len(ann.heard) == 2


async def test_of_whom_the_number_is_none(app: App, sandbox: Sandbox, ann: Actor) -> None:
    ann.phone.says("/menu")
    [waiting] = sandbox.queue(sandbox.world.bot).waiting
    waiting.body["chat"] = {**waiting.body["chat"], "id": str(ann.id)}
    await app.settle()
    await ann.says("/menu")
    assert await states(app) == [(State.DEAD, 3), (State.DONE, 0)]
    assert len(ann.heard) == 1


class Watching(InProcess):
    """Looks at every confirmation: what it confirms must be stored by then."""

    def __init__(self, sandbox: Sandbox, app: App) -> None:
        super().__init__(sandbox)
        self._app = app
        self.confirmed: list[int] = []

    async def do_request(self, url: str, *args: Any, **named: Any) -> tuple[int, bytes]:
        if url.endswith("/getUpdates"):
            offset = int(named["request_data"].json_parameters["offset"])
            async with self._app.db.reading() as session:
                stored = set((await session.exec(select(Row.update_id))).all())
            waiting = self._sandbox.queue(self._sandbox.world.bot).waiting
            before = [one.id for one in waiting if one.id < offset]
            assert set(before) <= stored
            self.confirmed += before
        return await super().do_request(url, *args, **named)


async def test_nothing_is_confirmed_before_it_is_stored(
    app: App, sandbox: Sandbox, ann: Actor, bob: Actor
) -> None:
    watching = Watching(sandbox, app)
    app.bot._request = (watching, watching)
    for _ in range(5):
        ann.phone.says("/menu")
        await bob.says("/akce")
    assert len(set(watching.confirmed)) == 10


@pytest.mark.postgres
async def test_half_a_letter_is_stored_as_a_question_mark(app: App, ann: Actor) -> None:
    ann.phone.says("half a letter: \ud83d")
    await ann.says("/menu")
    assert await states(app) == [(State.DONE, 0)] * 2

"""How a call can end, and what becomes of what was owed."""

from datetime import timedelta

import pytest

from bot.app import App
from bot.sandbox.clock import Clock
from bot.sandbox.faults import Fault
from bot.sandbox.membership import migrate
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Chat
from handlers.links import ListWorkshops
from storage.outbox import State
from storage.people import by_telegram
from tests.actors import Actor
from tests.runtime.conftest import Owe, Rows

GROUP, SUPERGROUP = -500, -1000000000500
A_WHILE = timedelta(minutes=2)


async def a_while(app: App, clock: Clock) -> None:
    """Long enough for everything that is to be tried again."""
    for _ in range(3):
        await app.settle()
        clock.advance(A_WHILE)
    await app.settle()


@pytest.mark.postgres
async def test_an_answer_lost_on_the_way_back(
    app: App, sandbox: Sandbox, clock: Clock, ann: Actor, promise: Owe, rows: Rows
) -> None:
    sandbox.faults = [Fault("sendMessage", "accept_then_cut", times=1)]
    await promise(ann, "Once")
    await a_while(app, clock)
    assert ann.heard == ["Once", "Once"]
    [row] = await rows()
    assert (row.state, row.maybe_duplicate) == (State.SENT, True)


async def test_after_the_second_time_a_person_has_to_look(
    app: App, sandbox: Sandbox, clock: Clock, ann: Actor, promise: Owe, rows: Rows
) -> None:
    sandbox.faults = [Fault("sendMessage", "accept_then_cut")]
    await promise(ann, "Once")
    await a_while(app, clock)
    assert ann.heard == ["Once", "Once"]
    [row] = await rows()
    assert (row.state, row.maybe_duplicate) == (State.UNCERTAIN, True)


@pytest.mark.parametrize("command", ["/menu", "/akce"])
async def test_a_screen_is_shown_twice_at_most(
    command: str, app: App, sandbox: Sandbox, clock: Clock, ann: Actor
) -> None:
    sandbox.faults = [Fault("sendMessage", "accept_then_cut")]
    await ann.says(command)
    await a_while(app, clock)
    assert len(ann.heard) == 2


@pytest.mark.parametrize("kind", ["refuse", "5xx"])
async def test_what_did_not_arrive_is_sent_again(
    kind: str, app: App, sandbox: Sandbox, clock: Clock, ann: Actor, promise: Owe, rows: Rows
) -> None:
    sandbox.faults = [Fault("sendMessage", kind, times=1)]
    await promise(ann, "Once")
    await a_while(app, clock)
    assert ann.heard == ["Once"]
    [row] = await rows()
    assert row.state == State.SENT
    assert row.maybe_duplicate == (kind == "5xx")  # then Telegram may have taken it


async def test_an_edit_is_repeated_without_a_flag(
    app: App, sandbox: Sandbox, clock: Clock, ann: Actor, rows: Rows
) -> None:
    await ann.says("/menu")
    menu = ann.heard
    sandbox.faults = [Fault("editMessageText", "accept_then_cut", times=2)]
    await ann.presses_data(ListWorkshops().pack())
    await a_while(app, clock)
    assert len(ann.heard) == 1
    assert ann.heard != menu
    assert not any(row.maybe_duplicate for row in await rows())


@pytest.mark.postgres
async def test_whoever_blocks_us_is_left_alone_until_they_come_back(
    app: App, ann: Actor, bob: Actor, promise: Owe, rows: Rows
) -> None:
    ann.phone.chat.blocked = True  # and Telegram has not told us yet
    await promise(ann, "One", "Two", "Three")
    await promise(bob, "Four")
    await app.settle()
    states = [row.state for row in await rows()]
    assert states == [State.FAILED, State.WITHDRAWN, State.WITHDRAWN, State.SENT]
    assert not await _is_reachable(app, ann)

    await ann.says("/menu")
    assert await _is_reachable(app, ann)
    await app.settle()
    assert {"Two", "Three"} <= set(ann.heard)
    assert "One" not in ann.heard


async def _is_reachable(app: App, actor: Actor) -> bool:
    async with app.db.reading() as session:
        person = await by_telegram(session, actor.id)
        assert person is not None
        return person.reachable


@pytest.mark.postgres
async def test_a_group_that_has_moved_is_followed(
    app: App, sandbox: Sandbox, clock: Clock, ann: Actor, promise: Owe, rows: Rows
) -> None:
    world = sandbox.world
    group = Chat(GROUP, "group", "Optika", owner=ann.id, members=[world.bot.id, ann.id])
    world.chats[GROUP] = group
    migrate(sandbox, group, SUPERGROUP)
    await promise(GROUP, "One", "Two")
    await a_while(app, clock)
    there = [each.body.get("text") for each in world.chats[SUPERGROUP].messages.values()]
    assert [text for text in there if text] == ["One", "Two"]
    assert {(row.chat_id, row.state) for row in await rows()} == {(SUPERGROUP, State.SENT)}


async def test_a_method_that_telegram_does_not_know_fails_with_its_reason(
    app: App, ann: Actor, promise: Owe, rows: Rows
) -> None:
    await promise(ann, "Once", method="sendFromTheFuture")
    await app.settle()
    [row] = await rows()
    assert row.state == State.FAILED
    assert row.error


async def test_what_nobody_foresaw_does_not_stop_the_line(
    app: App, sandbox: Sandbox, ann: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("bot.runtime.sender.Sender.request", breaks)
        await ann.says("/start")
    await ann.says("/start")
    assert ann.heard

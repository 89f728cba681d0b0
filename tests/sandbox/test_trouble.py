"""Faults on demand and flood limits."""

from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot as Ptb
from telegram.error import NetworkError, RetryAfter

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Fault
from bot.sandbox.flood import PER_CHAT_BURST
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.wire import InProcess
from bot.sandbox.world import User, World
from tests.sandbox.conftest import ANN, GROUP, TOKEN, Call


@pytest.fixture
def ptb(sandbox: Sandbox) -> Ptb:
    return Ptb(TOKEN, request=InProcess(sandbox), get_updates_request=InProcess(sandbox))


async def test_too_many_requests_for_a_while(sandbox: Sandbox, call: Call, clock: Clock) -> None:
    sandbox.faults = [Fault("sendMessage", "429", seconds=7)]
    refused = await call("sendMessage", chat_id=ANN, text="x")
    assert refused == "Too Many Requests: retry after 7"
    assert (await call("getMe"))["id"] == 42
    clock.advance(timedelta(seconds=7))
    assert (await call("sendMessage", chat_id=ANN, text="x"))["text"] == "x"


async def test_a_fault_strikes_so_many_times(sandbox: Sandbox, call: Call) -> None:
    sandbox.faults = [Fault(kind="5xx", times=1)]
    assert await call("getMe") == "Bad Gateway"
    assert (await call("getMe"))["id"] == 42
    assert [(one.method, one.status) for one in sandbox.calls] == [("getMe", 502), ("getMe", 200)]


async def test_what_ptb_makes_of_it(
    sandbox: Sandbox, ptb: Ptb, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # PTB warns those who have not chosen
    sandbox.faults = [Fault(kind="refuse", times=1)]
    with pytest.raises(NetworkError):
        await ptb.send_message(ANN, "never arrives")
    assert ann.messages == []
    sandbox.faults = [Fault(kind="accept_then_cut", times=1)]
    with pytest.raises(NetworkError):
        await ptb.send_message(ANN, "arrives all the same")
    assert ann.screen == "arrives all the same"
    sandbox.faults = [Fault(kind="429", seconds=3, times=1)]
    with pytest.raises(RetryAfter):
        await ptb.send_message(ANN, "later")


async def test_a_fault_must_be_of_a_known_kind() -> None:
    with pytest.raises(ValueError, match="a fault's kind is one of"):
        Fault(kind="earthquake")


async def _sent(sandbox: Sandbox, chat_id: int, number: int) -> list[int]:
    async def status(text: str) -> int:
        params: dict[str, Any] = {"chat_id": chat_id, "text": text}
        return (await sandbox.call(TOKEN, "sendMessage", params))[0]

    return [await status(str(one)) for one in range(number)]


async def test_bursts_to_one_chat(world: World, clock: Clock) -> None:
    patient = Sandbox(world, flood=True)
    assert await _sent(patient, ANN, PER_CHAT_BURST + 2) == [200] * PER_CHAT_BURST + [429] * 2
    clock.advance(timedelta(seconds=1))
    assert await _sent(patient, ANN, 2) == [200, 429]


async def test_thirty_a_second_overall(world: World, clock: Clock) -> None:
    world.users |= {one: User(one, "X", started=True) for one in range(1, 41)}
    patient = Sandbox(world, flood=True)
    statuses = [(await _sent(patient, one, 1))[0] for one in range(1, 41)]
    assert statuses == [200] * 30 + [429] * 10
    clock.advance(timedelta(seconds=1))
    assert await _sent(patient, 40, 1) == [200]
    assert await _sent(Sandbox(world, flood=10), GROUP, 40) == [200] * 40


async def test_answers_and_paid_messages_are_not_held_up(world: World, clock: Clock) -> None:
    world.users |= {one: User(one, "X", started=True) for one in range(1, 41)}
    patient = Sandbox(world, flood=True)
    assert [(await _sent(patient, one, 1))[0] for one in range(1, 31)] == [200] * 30
    assert await _sent(patient, 31, 1) == [429]
    Person(patient, 31).says("hello")
    assert await _sent(patient, 31, 1) == [200]
    paid = {"chat_id": 32, "text": "x", "allow_paid_broadcast": True}
    assert (await patient.call(TOKEN, "sendMessage", paid))[0] == 200


async def test_twenty_a_minute_to_a_group(world: World, clock: Clock) -> None:
    patient = Sandbox(world, flood=True)
    for _ in range(20):
        assert await _sent(patient, GROUP, 1) == [200]
        clock.advance(timedelta(milliseconds=500))
    assert await _sent(patient, GROUP, 1) == [429]
    assert patient.calls[-1].description == "Too Many Requests: retry after 51"
    clock.advance(timedelta(seconds=50))
    assert await _sent(patient, GROUP, 1) == [429]
    clock.advance(timedelta(seconds=1))
    assert await _sent(patient, GROUP, 1) == [200]


async def test_a_group_may_be_written_to_without_haste(world: World, clock: Clock) -> None:
    patient = Sandbox(world, flood=True)
    for _ in range(60):
        assert await _sent(patient, GROUP, 1) == [200]
        clock.advance(timedelta(seconds=1))

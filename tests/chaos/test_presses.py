"""The process is killed again and again while people press: nothing is lost, nothing doubled.

Among the updates are some that nobody can read; they end as dead letters and hold nobody up.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.runtime.clerk import TRIES
from bot.sandbox.people import Person
from handlers.workshops.card import Leave, SignUp
from storage.inbox import State as Received
from storage.outbox import State as Sent
from tests.chaos.stage import FULL, Stage, staged

PRESSES, KILLS = (6000, 400) if FULL else (150, 6)
POISON = 100  # of so many people who press, one gets an update that cannot be read
LIFE = 0.25  # seconds in which a lot of people press, and in which the process dies


@dataclass
class Presser:
    """Presses below a greeting; every other one has opened the event by a link before."""

    phone: Person
    greeting: int
    opens: bool
    poisoned: bool

    def acts(self, event: int) -> None:
        if self.opens:
            self.phone.follows(f"w{event}")
        if self.poisoned:
            self._utters_what_nobody_can_read()
        self.phone.presses_data(SignUp(event).pack(), self.greeting)

    def _utters_what_nobody_can_read(self) -> None:
        sandbox, number = self.phone.sandbox, self.phone.id
        body = {"message_id": "?", "date": [], "chat": number, "from": {"id": number}}
        sandbox.queue(sandbox.world.bot).push("message", f"user:{number}", body)

    def sees_the_seat(self, event: int) -> bool:
        keyboard = self.phone.chat.messages[self.greeting].inline_keyboard or {}
        rows = keyboard.get("inline_keyboard", [])
        return any(
            button.get("callback_data") == Leave(event).pack() for row in rows for button in row
        )

    @property
    def cards(self) -> int:
        """How many messages came besides the greeting."""
        return len([each for each in self.phone.messages if each["from"]["is_bot"]]) - 1


@pytest.mark.chaos
@pytest.mark.timeout(7200 if FULL else 300)
async def test_presses_survive_every_kill(tmp_path: Path) -> None:
    async with staged(tmp_path, PRESSES) as stage:
        await stage.seed()
        [(event,)] = stage.ask("select workshop_id from part where capacity = 100000")
        crowd = await _gathered(stage)
        for life in range(KILLS):
            await _live_and_die(stage, crowd[life::KILLS], event)
        await stage.start()
        await stage.awake()
        await stage.until(stage.is_quiet)
        assert await stage.stop() == 0

        assert stage.ask("select count(*), count(distinct person_id) from seat") == [
            (PRESSES, PRESSES)
        ]
        assert [each.phone.id for each in crowd if not each.sees_the_seat(event)] == []
        _judge_messages(stage, crowd)
        _judge_boxes(stage)


async def _gathered(stage: Stage) -> list[Presser]:
    phones = [stage.person(number) for number in range(PRESSES)]
    return [
        Presser(phone, await stage.greet(phone), number % 2 == 0, number % POISON == 0)
        for number, phone in enumerate(phones)
    ]


async def _live_and_die(stage: Stage, lot: list[Presser], event: int) -> None:
    """Mostly it dies among the presses, now and then while it is still getting up."""
    await stage.start()
    if stage.random.random() < 0.9:
        await stage.awake()
    async with asyncio.TaskGroup() as group:
        group.create_task(_press(stage, lot, event))
        await asyncio.sleep(stage.random.uniform(0, LIFE))
        await stage.kill()


async def _press(stage: Stage, lot: list[Presser], event: int) -> None:
    for presser in lot:
        presser.acts(event)
        await asyncio.sleep(stage.random.uniform(0, LIFE / len(lot)))


def _judge_messages(stage: Stage, crowd: list[Presser]) -> None:
    """Those who opened the event have a card, and a second one only where a kill met it."""
    extra = 0
    for presser in crowd:
        assert presser.cards >= presser.opens, f"{presser.phone.id} has got nothing"
        extra += presser.cards - presser.opens
    print(f"{stage.kills} kills, {extra} messages twice of {stage.doubtful} on their way")
    assert extra <= stage.doubtful


def _judge_boxes(stage: Stage) -> None:
    assert stage.ask("pragma integrity_check") == [("ok",)]
    assert stage.ask("select count(*) from inbox where state = ?", Received.NEW) == [(0,)]
    dead = stage.ask("select error from inbox where state = ?", Received.DEAD)
    assert len(dead) == len(range(0, PRESSES, POISON))
    assert {error.partition("(")[0] for (error,) in dead} == {"ValueError"}
    failed = stage.ask("select method, error from outbox where state = ?", Sent.FAILED)
    assert failed == []
    assert stage.log.count("Traceback") <= TRIES * (len(dead) + stage.kills)

"""Two hundred people press for the last ten seats at once: ten sit, the rest wait in one order."""

import json
from collections.abc import Sequence
from random import Random

import pytest
from sqlmodel import col, select

from bot.app import App
from bot.sandbox.people import Person as Phone
from bot.sandbox.sandbox import Sandbox
from handlers.workshops.card import Leave, SignUp
from storage.people import Person
from storage.workshops import Part, Seat
from tests.actors import Actor
from tests.chaos.stage import FULL, SEED
from tests.conftest import TOKEN
from tests.stories.announcing import crowd
from tests.stories.workshops import Plan

PEOPLE, SEATS = 200, 10
ROUNDS = {"sqlite": 100, "postgresql": 30} if FULL else {"sqlite": 1, "postgresql": 1}


@pytest.fixture
async def phones(app: App, sandbox: Sandbox) -> list[Phone]:
    """Each with a message from the bot, to press under."""
    await crowd(app, sandbox, PEOPLE)
    made = [Phone(sandbox, 50_000 + number) for number in range(PEOPLE)]
    for phone in made:
        await sandbox.call(TOKEN, "sendMessage", {"chat_id": phone.id, "text": "Vítejte"})
    return made


@pytest.mark.chaos
@pytest.mark.postgres
@pytest.mark.timeout(3600 if FULL else 180)
async def test_ten_sit_and_the_rest_wait_in_order(
    engine: str, app: App, manager: Actor, phones: list[Phone]
) -> None:
    print(f"SEED={SEED}")
    random, plan = Random(SEED), Plan(app, manager)
    for number in range(ROUNDS[engine]):
        event = await plan(f"Tenké vrstvy {number}", seats=SEATS)
        random.shuffle(phones)
        for phone in phones:
            phone.presses_data(SignUp(event).pack())
        await app.settle()
        seated, line = await _seats(app, event)
        assert len(seated) == SEATS
        assert sorted([*seated, *line]) == sorted(phone.id for phone in phones)
        assert all(_may_leave(phone, event) for phone in phones)
        await _make_room(app, event, [phone for phone in phones if phone.id in seated], line)


async def _make_room(app: App, event: int, leaving: Sequence[Phone], line: list[int]) -> None:
    """All who sit get up at once: the first of the line sit, and nobody else moves."""
    for phone in leaving:
        phone.presses_data(Leave(event).pack())
    await app.settle()
    assert await _seats(app, event) == (line[:SEATS], line[SEATS:])


async def _seats(app: App, event: int) -> tuple[list[int], list[int]]:
    """Who sits and who waits, in the order of the line; everybody was told their own number."""
    async with app.db.reading() as session:
        query = (
            select(Person.telegram_id, Seat.seated_at, Seat.told_number)
            .join(Seat, col(Seat.person_id) == Person.id)
            .join(Part, col(Part.id) == Seat.part_id)
            .where(Part.workshop_id == event)
            .order_by(col(Seat.id))
        )
        rows = (await session.exec(query)).all()
    numbers = [number or 0 for _, seated, number in rows if seated is None]
    assert numbers == sorted(numbers)
    seated = [person or 0 for person, at, _ in rows if at is not None]
    return seated, [person or 0 for person, at, _ in rows if at is None]


def _may_leave(phone: Phone, event: int) -> bool:
    return f'"{Leave(event).pack()}"' in json.dumps(phone.messages[-1])

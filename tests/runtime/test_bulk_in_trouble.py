"""An announcement goes out on a bad day: nobody is forgotten, doubles are flagged, limits hold.

`CHAOS=1` sends to thousands.
"""

import os
from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from bot.app import App
from bot.sandbox.clock import Clock
from bot.sandbox.faults import Fault
from bot.sandbox.people import Person as Phone
from bot.sandbox.sandbox import Sandbox
from storage import batches
from storage.outbox import Batch, Outbox, State
from storage.people import Person
from tests.stories.announcing import crowd

PEOPLE = 10_000 if os.environ.get("CHAOS") == "1" else 120
WORDS = "Zítra je volno."
AWAY = timedelta(minutes=2)
NOT_SENT = (State.FAILED, State.WITHDRAWN)


@pytest.fixture
async def owed(app: App, sandbox: Sandbox) -> int:
    """So many are owed the words."""
    await crowd(app, sandbox, PEOPLE)
    people = sa.select(col(Person.id), col(Person.telegram_id)).where(
        col(Person.telegram_id) >= 50_000
    )
    async with app.db.writing() as session:
        batch = Batch(method="sendMessage", payload={"text": WORDS}, created_at=app.clock())
        return await batches.owe(session, batch, people, "b1", app.clock())


def received(sandbox: Sandbox) -> Counter[int]:
    told = (call for call in sandbox.calls if call.ok and call.params.get("text") == WORDS)
    return Counter(int(call.chat_id or 0) for call in told)


async def rows(app: App) -> list[Outbox]:
    async with app.db.reading() as session:
        query = select(Outbox).where(col(Outbox.batch_id).is_not(None))
        return list((await session.exec(query)).all())


async def until_all_is_settled(app: App, clock: Clock) -> None:
    for _ in range(60):
        await app.settle()
        waits = {State.PENDING, State.SENDING}
        if not any(row.state in waits for row in await rows(app)):
            return
        clock.advance(AWAY)
    pytest.fail("something still waits")


@pytest.mark.parametrize(
    "trouble",
    [
        Fault("sendMessage", "429", chance=0.2, seconds=1, times=PEOPLE // 4),
        Fault("sendMessage", "5xx", chance=0.1, times=PEOPLE // 10),
        Fault("sendMessage", "refuse", times=PEOPLE // 2),
    ],
    ids=["a storm of 429", "5xx", "Telegram is away"],
)
async def test_everybody_gets_it(
    app: App, sandbox: Sandbox, clock: Clock, owed: int, trouble: Fault
) -> None:
    """What certainly was not carried out is never sent twice."""
    sandbox.faults = [trouble]
    await until_all_is_settled(app, clock)
    got = received(sandbox)
    doubled = {chat for chat, times in got.items() if times > 1}
    ended = await rows(app)
    assert owed == PEOPLE
    assert doubled <= {row.chat_id for row in ended if row.maybe_duplicate}
    doubtful = {row.chat_id for row in ended if row.state == State.UNCERTAIN}
    assert got.keys() | doubtful == {row.chat_id for row in ended}
    if trouble.kind != "5xx":
        assert not doubled
        assert not doubtful


async def test_twice_only_where_nobody_could_know(
    app: App, sandbox: Sandbox, clock: Clock, owed: int
) -> None:
    sandbox.faults = [Fault("sendMessage", "accept_then_cut", chance=0.1, times=PEOPLE // 10)]
    await until_all_is_settled(app, clock)
    got, ended = received(sandbox), await rows(app)
    assert len(got) == owed
    doubled = {chat for chat, times in got.items() if times > 1}
    assert doubled
    assert max(got.values()) == 2
    assert doubled <= {row.chat_id for row in ended if row.maybe_duplicate}
    assert {row.state for row in ended} <= {State.SENT, State.UNCERTAIN}


async def test_an_hour_without_telegram(
    app: App, sandbox: Sandbox, clock: Clock, owed: int
) -> None:
    sandbox.faults = [Fault("sendMessage", "refuse")]
    for _ in range(4):
        await app.settle()
        clock.advance(timedelta(minutes=15))
    assert not received(sandbox)
    sandbox.faults = []
    await until_all_is_settled(app, clock)
    got = received(sandbox)
    assert len(got) == owed
    assert set(got.values()) == {1}


async def test_those_who_have_blocked_the_bot_hold_nobody_up(
    app: App, sandbox: Sandbox, clock: Clock, owed: int
) -> None:
    gone = [50_000 + number for number in range(0, PEOPLE, 3)]
    for chat in gone:
        Phone(sandbox, chat).blocks()
    await until_all_is_settled(app, clock)
    assert len(received(sandbox)) == owed - len(gone)
    failed = [row.chat_id for row in await rows(app) if row.state in NOT_SENT]
    assert sorted(failed) == gone

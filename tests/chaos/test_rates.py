"""Telegram's limits hold in every sliding window, over restarts too; people are answered soon.

Everybody is announced something, some get notices in a row, a group gets many, and others talk to
the bot meanwhile. The verdict comes from Telegram's log; and it never has to tell us to wait.
"""

import asyncio
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.sandbox.flood import Flood
from bot.sandbox.world import Chat
from storage import batches, outbox
from storage.database import Database
from storage.inbox import State as Received
from storage.outbox import Batch, Call, Priority, State
from storage.people import Person
from tests.chaos.stage import FIRST, FULL, Stage, staged
from tests.runtime.test_gate import most_within

PEOPLE, TALKING, KILLS = (10_000, 200, 5) if FULL else (120, 10, 1)
LISTENING = FIRST + TALKING  # the first of those who are announced something
FAVOURITES, TO_EACH, TO_THE_GROUP = 5, 4, 25  # people, and notices beside the announcement
RATE, IN_FLIGHT = 25, 5  # together what Telegram allows: 30 in any second
GROUP, MOST_IN_A_GROUP, MINUTE = -1000000000500, 20, 60.0
WORDS = "Zítra od devíti se potkáme v Přerově."
PAUSE = 8.0  # seconds, at most, until somebody asks for the menu again
SOON = 1.0  # seconds
PERSON = Person.__table__  # type: ignore[attr-defined]

Times = Mapping[int, Sequence[float]]  # by chat, each in order


@pytest.mark.chaos
@pytest.mark.quiet
@pytest.mark.timeout(3600 if FULL else 300)
async def test_no_limit_is_exceeded(tmp_path: Path) -> None:
    async with staged(tmp_path, TALKING + PEOPLE) as stage:
        prepare(stage)
        await stage.seed()
        await owe(f"sqlite:///{tmp_path}/paprsek.db")
        asked: dict[int, list[float]] = defaultdict(list)
        for life in range(1, KILLS + 1):
            await live(stage, asked, PEOPLE * life // (KILLS + 1))
            await stage.kill()
        await live(stage, asked, PEOPLE)
        await stage.until(lambda: nobody_waits(stage))
        assert await asyncio.wait_for(stage.stop(), 30) == 0  # with more to say to the group
        judge_the_limits(stage)
        judge_the_answers(stage, asked)


def prepare(stage: Stage) -> None:
    stage.sandbox.flood = Flood()
    world = stage.sandbox.world
    members = [world.bot.id, FIRST]
    world.chats[GROUP] = Chat(GROUP, "supergroup", "Optika", owner=FIRST, members=members)
    stage.environment["PAPRSEK_SENDING__BULK_PER_SECOND"] = str(RATE)
    stage.environment["PAPRSEK_SENDING__IN_FLIGHT"] = str(IN_FLIGHT)


async def owe(url: str) -> None:
    """While the process is down."""
    db, now = Database(url), datetime.now(UTC)
    people = sa.select(PERSON.c.id, PERSON.c.telegram_id)
    try:
        async with db.writing() as session:
            batch = Batch(method="sendMessage", payload={"text": WORDS}, created_at=now)
            listening = people.where(PERSON.c.telegram_id >= LISTENING)
            assert await batches.owe(session, batch, listening, "b1", now) == PEOPLE
            await outbox.owe(session, list(notices()), now)
    finally:
        await db.dispose()


def notices() -> Iterator[Call]:
    counts = {LISTENING + number: TO_EACH for number in range(FAVOURITES)} | {GROUP: TO_THE_GROUP}
    for chat, count in counts.items():
        for number in range(count):
            says = {"text": f"{WORDS} {number}"}
            yield Call("sendMessage", chat, says, Priority.NOTICE, f"{chat}:{number}")


async def live(stage: Stage, asked: dict[int, list[float]], told: int) -> None:
    """From the start until so many have been told, with people who ask meanwhile."""
    await stage.start()
    await stage.awake()
    async with asyncio.TaskGroup() as group:
        talks = [
            group.create_task(talk(stage, number, asked[FIRST + number]))
            for number in range(TALKING)
        ]
        await stage.until(lambda: announced(stage) >= told)
        for each in talks:
            each.cancel()


async def talk(stage: Stage, number: int, asked: list[float]) -> None:
    while True:
        await asyncio.sleep(stage.random.uniform(0, PAUSE))
        asked.append(stage.sandbox.clock().timestamp())
        stage.person(number).says("/menu")


def announced(stage: Stage) -> int:
    count = "select count(*) from outbox where batch_id > 0 and state = ?"
    return int(stage.ask(count, State.SENT)[0][0])


def nobody_waits(stage: Stage) -> bool:
    """But the group does, which gets no more within this minute."""
    owed = "select 1 from outbox where state in (?, ?) and chat_id > 0 limit 1"
    asked = stage.ask("select 1 from inbox where state = ? limit 1", Received.NEW)
    queue = stage.sandbox.queue(stage.sandbox.world.bot)
    return not (queue.waiting or asked or stage.ask(owed, State.PENDING, State.SENDING))


def sent(stage: Stage, *, unasked: bool) -> Times:
    times = defaultdict(list)
    for call in stage.sandbox.calls:
        text = str(call.params.get("text", ""))
        if call.ok and text and text.startswith(WORDS) == unasked:
            times[int(call.chat_id or 0)].append(call.at.timestamp())
    return times


def judge_the_limits(stage: Stage) -> None:
    chats = sent(stage, unasked=True)
    times = sorted(at for each in chats.values() for at in each)
    busiest = most_within(times, 1.0)
    print(f"{len(times)} messages, {stage.kills} kills, {busiest} in the fullest second")
    assert chats.keys() >= {LISTENING + number for number in range(PEOPLE)}
    assert busiest <= RATE + IN_FLIGHT
    assert most_within(list(chats[GROUP]), MINUTE) <= MOST_IN_A_GROUP
    for number in range(FAVOURITES):
        theirs = list(chats[LISTENING + number])
        for seconds in range(1, TO_EACH):
            assert most_within(theirs, seconds) <= seconds + 1
    assert not [call for call in stage.sandbox.calls if call.status == 429]


def judge_the_answers(stage: Stage, asked: Times) -> None:
    chats = sent(stage, unasked=False)
    waits = sorted(
        chats[chat][bisect_left(chats[chat], moment)] - moment
        for chat, moments in asked.items()
        for moment in moments
    )
    slow = waits[int(len(waits) * 0.95)]
    print(f"{len(waits)} answers, p95 {1000 * slow:.0f} ms")
    if FULL:  # a quick run shares the machine with other tests
        assert slow <= SOON

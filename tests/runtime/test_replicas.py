"""Several replicas on PostgreSQL: each update is worked off once and in order, whoever does it."""

import asyncio
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from random import Random
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from structlog.testing import capture_logs

from bot.app import App
from bot.runtime.clerk import Clerk, Plain, Reply
from bot.runtime.inbox import Inbox
from bot.runtime.lanes import SharedLanes
from bot.runtime.outbox import NAP
from storage.inbox import Inbox as Row
from storage.inbox import State, store
from storage.outbox import Call, Outbox, Priority, owe
from tests.actors import Actor
from tests.runtime.together import Together, forget

FULL = os.environ.get("CHAOS") == "1"
PEOPLE, EACH = (300, 60) if FULL else (40, 25)
PATIENCE = 30  # seconds
POISON = 37  # every so many updates there is one that always fails
_effects = count()


@dataclass
class Office:
    """A reception whose work shows in the database: a row for each time that it was done."""

    random: Random
    needs_writing: type[Exception] = LookupError

    def read(self, body: str, update_id: int) -> "Work":
        return Work(self, *divmod(update_id, 1000))

    def sorry(self, body: str, update_id: int, code: str) -> list[Call]:
        return []


@dataclass
class Work:
    office: Office
    person: int
    number: int
    reading: bool = False

    async def run(self, session: AsyncSession, now: datetime, *, reading: bool) -> Reply:
        if self.number % POISON == POISON - 1:
            raise ZeroDivisionError
        await asyncio.sleep(self.office.random.uniform(0, 0.005))
        facts = {"number": self.number}
        return Plain(
            [Call("sendMessage", self.person, facts, Priority.NOTICE, f"effect {next(_effects)}")]
        )


@dataclass
class Desk:
    """A replica that takes updates in with an office of its own."""

    app: App
    random: Random
    inbox: Inbox = field(init=False)
    lanes: SharedLanes = field(init=False)

    def __post_init__(self) -> None:
        app = self.app
        office = Office(self.random)
        clerk = Clerk(app.db, office, app.outbox, app.ledger, app.replica, app.clock)
        self.lanes = SharedLanes(app.db, clerk, app.nursery)
        self.inbox = Inbox(app.db, self.lanes, app.clock)

    async def finish(self) -> None:
        """Until nothing waits any more, for anybody."""
        while True:
            await self.app.nursery.idle()
            await self.lanes.resume()
            if self.app.nursery.is_empty and not await waiting(self.app):
                return


def update(person: int, number: int) -> dict[str, Any]:
    return {"update_id": person * 1000 + number, "message": {"from": {"id": person}}}


def menu(actor: Actor, update_id: int) -> dict[str, Any]:
    user = actor.phone.user
    message = {"message_id": 1, "date": 0, "from": user.json, "chat": user.private_chat}
    return {"update_id": update_id, "message": {**message, "text": "/menu"}}


async def waiting(app: App) -> int:
    async with app.db.reading() as session:
        query = select(func.count()).select_from(Row).where(Row.state == State.NEW)
        return int((await session.exec(query)).one())


async def until_done(app: App) -> None:
    async with asyncio.timeout(PATIENCE):
        for _ in count():
            if not await waiting(app):
                return
            await asyncio.sleep(NAP)


async def effects(app: App) -> dict[int, list[int]]:
    """What was done for each person, in the order in which it was."""
    done: dict[int, list[int]] = {}
    async with app.db.reading() as session:
        query = select(Outbox.chat_id, Outbox.payload).order_by(col(Outbox.id))
        for person, facts in await session.exec(query):
            done.setdefault(person, []).append(facts["number"])
    return done


async def spread(desks: Sequence[Desk], random: Random, numbers: range) -> None:
    """Everybody's updates in order, each to whichever replica, some of them to two."""
    for number in numbers:
        people = list(range(1, PEOPLE + 1))
        random.shuffle(people)
        for start in range(0, PEOPLE, 10):
            some = [update(person, number) for person in people[start : start + 10]]
            desk = random.choice(desks)
            await desk.inbox.receive(some)
            if random.random() < 0.1:
                await random.choice(desks).inbox.receive(some)


async def test_once_and_in_order(together: Together) -> None:
    """Two replicas work, and one of them dies on the way."""
    random = Random(7)
    first, second = await together.join(), await together.join()
    desks = [Desk(first, random), Desk(second, random)]
    with capture_logs():
        await spread(desks, random, range(EACH // 2))
        await together.die(first)
        await spread(desks[1:], random, range(EACH // 2, EACH))
        await desks[1].finish()
    right = [number for number in range(EACH) if number % POISON != POISON - 1]
    assert await effects(second) == dict.fromkeys(range(1, PEOPLE + 1), right)
    async with second.db.reading() as session:
        query = select(func.count()).select_from(Row).where(Row.state == State.DEAD)
        dead = (await session.exec(query)).one()
    assert dead == PEOPLE * (EACH - len(right))


async def test_a_deep_lane_does_not_hold_up_the_others(together: Together) -> None:
    app = await together.join()
    desk = Desk(app, Random(1))
    await desk.inbox.receive([update(1, number) for number in range(30)])
    await desk.inbox.receive([update(2, 0)])
    done: dict[int, list[int]] = {}
    while 2 not in done:
        await asyncio.sleep(0)
        done = await effects(app)
    assert len(done.get(1, [])) < 30
    await desk.finish()


async def test_what_a_dead_replica_took_in_is_found_by_looking(together: Together) -> None:
    first, second = await together.join(), await together.join()
    desk, other = Desk(first, Random(1)), Desk(second, Random(2))
    await desk.inbox.receive([update(person, 0) for person in range(1, 100)])
    await together.die(first)
    await other.finish()
    assert await effects(second) == {person: [0] for person in range(1, 100)}


async def test_what_is_still_being_taken_in_holds_nobody_up(together: Together) -> None:
    """Its number is lower, but Telegram has not been told yet that we have it; and when it sent
    both side by side, neither is the earlier one."""
    first, second = await together.join(), await together.join()
    desk = Desk(second, Random(1))
    async with first.db.writing() as session:
        row = {"lane": 1, "state": State.NEW, "attempts": 0, "received_at": first.clock()}
        body = json.dumps(update(1, 0))
        [held] = await store(
            session, [{"update_id": update(1, 0)["update_id"], "body": body, **row}]
        )
        await desk.inbox.receive([update(1, 1)])
        await desk.finish()
        assert await effects(second) == {1: [1]}
    await desk.finish()
    assert await effects(second) == {1: [1, 0]}
    async with second.db.reading() as session:
        assert (await session.exec(select(func.min(Row.id)))).one() == held.id


async def test_a_press_at_any_replica_is_answered(together: Together, ann: Actor) -> None:
    """Also what only reads: nothing is lost between an answer and its mark."""
    for number, app in enumerate([await together.join(), await together.join()]):
        await app.inbox.receive([menu(ann, 70 + number)])
        await app.nursery.idle()
        assert len(ann.heard) == number + 1


async def test_answers_of_two_replicas_do_not_cross(together: Together, ann: Actor) -> None:
    """The first press was handled by one, and its answer has not arrived yet."""
    first, second = await together.join(), await together.join()
    answer = Call("sendMessage", ann.id, {"text": "First"}, dedup="first")
    async with first.db.writing() as session:
        number = first.replica.number
        [stored] = await owe(session, [answer], first.clock(), leaving=True, replica=number)
    await second.inbox.receive([menu(ann, 70)])
    await until_done(second)
    await asyncio.sleep(5 * NAP)
    assert ann.heard == []
    first.outbox.push([stored])
    await first.nursery.idle()
    await second.nursery.idle()
    assert ann.heard[0] == "First"
    assert len(ann.heard) == 2


async def test_a_replica_that_is_not_trusted_asks_before_it_works(together: Together) -> None:
    app = await together.join()
    await together.join()
    before = app.replica.number
    desk = Desk(app, Random(1))
    await together.time_out(app)
    await together.apps[1].replica.beat()
    await together.apps[1].succession.take_over()
    forget(app)
    await desk.inbox.receive([update(1, 0)])
    await desk.finish()
    assert app.replica.number != before
    assert not app.replica.leads
    assert await effects(app) == {1: [0]}


async def test_hints_reach_the_others(together: Together) -> None:
    """Without them it would take a second."""
    first, second = await together.join(), await together.join()
    heard = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        listening = group.create_task(second.bell.run({"test": heard}))
        while not heard.is_set():
            first.bell.ring("test")
            await asyncio.sleep(0.01)
        listening.cancel()


async def test_bodies_are_kept_as_they_came(together: Together) -> None:
    app = await together.join()
    desk = Desk(app, Random(1))
    await desk.inbox.receive([update(1, 0)])
    await desk.finish()
    async with app.db.reading() as session:
        [body] = (await session.exec(select(Row.body))).all()
    assert json.loads(body) == update(1, 0)

"""How updates are worked off: in order for one person, side by side between people."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.app import App
from bot.runtime.clerk import Clerk, Reply
from bot.runtime.inbox import Inbox, lane
from bot.runtime.lanes import OwnLanes
from storage.outbox import Call

PEOPLE, EACH = 6, 15
NAMES = st.sampled_from(["id", "from", "user", "chat", "message", "data", "type"])


@dataclass
class Nothing:
    calls: list[Call] = field(default_factory=list)
    keep: bool = True


@dataclass
class Slow:
    """A reception that takes its time, and notes who is with it."""

    random: Random = field(default_factory=lambda: Random(7))
    seen: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    inside: int = 0
    most_inside: int = 0
    reading: bool = True
    needs_writing: type[Exception] = LookupError
    current: tuple[int, int] = (0, 0)

    def read(self, body: str, update_id: int) -> "Visit":
        return Visit(self, *divmod(update_id, 1000))

    def sorry(self, body: str, update_id: int, code: str) -> list[Call]:
        return []


@dataclass
class Visit:
    reception: Slow
    person: int
    number: int
    reading: bool = True

    async def run(self, session: AsyncSession, now: datetime, *, reading: bool) -> Reply:
        at = self.reception
        at.inside += 1
        at.most_inside = max(at.most_inside, at.inside)
        await asyncio.sleep(at.random.uniform(0, 0.01))
        at.seen[self.person].append(self.number)
        at.inside -= 1
        return Nothing()


async def test_order_is_kept_for_one_person_and_nobody_waits_for_another(app: App) -> None:
    slow = Slow()
    clerk = Clerk(app.db, slow, app.outbox, app.ledger, app.replica, app.clock)
    inbox = Inbox(app.db, OwnLanes(app.db, clerk, app.nursery), app.clock)
    numbers = [(person, number) for number in range(EACH) for person in range(1, PEOPLE + 1)]
    for start in range(0, len(numbers), 20):
        some = numbers[start : start + 20]
        await inbox.receive([_update(person, number) for person, number in some])
    await app.nursery.idle()
    assert slow.seen == {person: list(range(EACH)) for person in range(1, PEOPLE + 1)}
    assert slow.most_inside > 1


def _update(person: int, number: int) -> dict[str, Any]:
    return {"update_id": person * 1000 + number, "message": {"from": {"id": person}}}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=8), JSON, max_size=3))
def test_whatever_comes_has_a_lane(update: dict[str, Any]) -> None:
    assert abs(lane(update)) < 2**63


@pytest.mark.parametrize(
    ("update", "number"),
    [
        ({"message": {"from": {"id": 7}, "chat": {"id": 7, "type": "private"}}}, 7),
        ({"message": {"from": {"id": 7}, "chat": {"id": -5, "type": "supergroup"}}}, -5),
        ({"channel_post": {"chat": {"id": -6, "type": "channel"}}}, -6),
        ({"callback_query": {"from": {"id": 7}, "data": "x", "message": {"chat": {"id": 7}}}}, 7),
        ({"callback_query": {"from": {"id": 7}, "data": "x", "inline_message_id": "8"}}, 7),
        ({"poll_answer": {"poll_id": "1", "user": {"id": 7}}}, 7),
        ({"poll": {"id": "1"}}, 0),
    ],
)
def test_whose_order_it_is(update: dict[str, Any], number: int) -> None:
    assert lane({"update_id": 1, **update}) == number

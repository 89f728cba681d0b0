"""Telegram's limits hold at any time, in any order, and over a restart."""

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.gate import FREE, Gate
from storage.outbox import Priority

CHATS = st.sampled_from([-2, -1, 1, 2])
RATES = st.sampled_from([1.0, 5.0, 25.0, 200.0])
PERSON, MINUTE, GROUP = 1.0, 60.0, 18  # seconds, seconds, messages a minute
BREATH = 1e-6  # what floats may lose


@dataclass(frozen=True)
class Burst:
    """So many messages, to one chat or to many people, each a little later than it could be."""

    chat_id: int
    count: int
    to_many: bool
    priority: Priority
    written: float  # seconds that it takes until this is known to have begun
    late: float

    def __iter__(self) -> Iterator[int]:
        for number in range(self.count):
            yield 10 + number if self.to_many else self.chat_id


BURSTS = st.lists(
    st.builds(
        Burst,
        CHATS,
        st.integers(1, 60),
        st.booleans(),
        st.sampled_from(Priority),
        st.sampled_from([0, 0.0004, 0.03]),
        st.sampled_from([0, 0.001, 0.3, 2]),
    ),
    max_size=5,
)


@dataclass
class Past:
    """What has left, in order."""

    left: list[tuple[float, int, Priority]] = field(default_factory=list)
    now: float = 1000.0

    def live(self, gate: Gate, bursts: list[Burst]) -> None:
        for burst in bursts:
            for chat_id in burst:
                self.send(gate, chat_id, burst.priority, burst.written)
                self.now += burst.late

    def send(self, gate: Gate, chat_id: int, priority: Priority, written: float = 0) -> None:
        self.now += gate.wait(self.now, chat_id, priority)
        gate.pass_through(self.now, chat_id, priority)
        if priority != Priority.ANSWER:
            self.now += written
            self.now += gate.full(self.now)
            gate.leave(self.now, chat_id)
            gate.arrive(self.now)
        self.left.append((self.now, chat_id, priority))

    @property
    def recent(self) -> list[tuple[int, float]]:
        return [(chat_id, at) for at, chat_id, _ in self.left if at > self.now - MINUTE]

    def of(self, chat_id: int) -> list[float]:
        return [at for at, chat, _ in self.left if chat == chat_id]

    @property
    def unasked(self) -> list[tuple[float, int]]:
        return [
            (at, chat_id) for at, chat_id, priority in self.left if priority != Priority.ANSWER
        ]


def most_within(times: list[float], seconds: float) -> int:
    """The most that any window of so many seconds holds; `times` are in order."""
    most, start = 0, 0
    for end, at in enumerate(times):
        while times[start] <= at - seconds + BREATH:
            start += 1
        most = max(most, end - start + 1)
    return most


def judge(past: Past, rate: float) -> None:
    assert most_within([at for at, _ in past.unasked], 1.0) <= math.ceil(rate)
    for chat_id in {chat for _, chat, _ in past.left}:
        if chat_id < 0:
            assert most_within(past.of(chat_id), MINUTE) <= GROUP
        else:
            assert_paced(past, chat_id)


def assert_paced(past: Past, person: int) -> None:
    """Nobody gets what they did not ask for within a second of anything else."""
    before = -PERSON
    for at, chat_id, priority in past.left:
        if chat_id == person:
            assert priority == Priority.ANSWER or at - before >= PERSON - BREATH
            before = at


@given(BURSTS, RATES)
def test_the_limits_hold(bursts: list[Burst], rate: float) -> None:
    past = Past()
    past.live(Gate(rate), bursts)
    judge(past, rate)


@given(BURSTS, BURSTS, RATES)
def test_the_limits_hold_over_a_restart(
    before: list[Burst], after: list[Burst], rate: float
) -> None:
    past = Past()
    past.live(Gate(rate), before)
    anew = Gate(rate)
    anew.reopen(past.now, 0, past.recent)
    past.live(anew, after)
    judge(past, rate)


@given(st.lists(st.tuples(st.floats(0, 2), st.floats(0, 1)), min_size=31, max_size=200))
def test_what_is_held_up_on_the_line_does_not_arrive_in_a_crowd(
    ways: list[tuple[float, float]],
) -> None:
    """Each takes so many seconds there and back, and arrives after such a part of them."""
    gate, now = Gate(25), 1000.0
    back: list[float] = []
    arrived: list[float] = []
    for seconds, part in ways:
        while wait := gate.wait(now, 1, Priority.BULK) or gate.full(now):
            now += wait
            _come_back(gate, back, now)
        gate.pass_through(now, -1, Priority.BULK)
        gate.leave(now, -1)
        heapq.heappush(back, now + seconds)
        arrived.append(now + part * seconds)
    assert most_within(sorted(arrived), 1.0) <= FREE


def _come_back(gate: Gate, back: list[float], now: float) -> None:
    while back and back[0] <= now:
        gate.arrive(heapq.heappop(back))


@given(st.floats(1, 10_000), st.integers(1, 6), st.floats(0, 20_000))
def test_after_a_429_only_answers_leave(seconds: float, flooded: int, later: float) -> None:
    gate, other = Gate(25), flooded + 1
    until = gate.close(0, flooded, seconds)
    assert until >= seconds + 1
    for priority in (Priority.NOTICE, Priority.BULK):
        assert (gate.wait(later, other, priority) > 0) == (later < until)
    assert gate.wait(later, other, Priority.ANSWER) == 0
    assert (gate.wait(later, flooded, Priority.ANSWER) > 0) == (later < until)


def test_a_restart_keeps_the_way_closed() -> None:
    gate = Gate(25)
    gate.reopen(100, 160, [])
    assert gate.wait(100, 1, Priority.BULK) == 60
    assert gate.wait(100, 1, Priority.ANSWER) == 0


def test_who_leads_once_more_still_counts_what_they_had_on_the_line() -> None:
    gate = Gate(25)
    for person in range(FREE):
        gate.leave(1000, person)
    gate.reopen(1010, 0, ())
    assert gate.full(1020) > 0
    for _ in range(FREE):
        gate.arrive(1020)
    assert gate.full(1020.9) > 0
    assert gate.full(1021.1) == 0


def test_what_is_late_is_caught_up_and_the_limit_holds() -> None:
    """Twice a second everything stands still for a twentieth of a second."""
    past, gate = Past(), Gate(1000)
    began = past.now
    for number in range(10_000):
        past.now += 0.05 if number % 500 == 0 else 0
        past.send(gate, 10 + number, Priority.BULK)
    assert most_within([at for at, _ in past.unasked], 1.0) <= 1000
    assert past.now - began <= 10 / 0.98


def test_without_a_rate_nothing_waits() -> None:
    gate = Gate(0)
    for _ in range(100):
        gate.pass_through(0, 1, Priority.BULK)
        assert gate.wait(0, 1, Priority.BULK) == 0


def test_who_is_let_into_a_group_does_not_wait_for_what_is_said_there() -> None:
    gate = Gate(25)
    for _ in range(1000):
        assert gate.wait(0, -7, Priority.ANSWER, speaks=False) == 0
        gate.pass_through(0, -7, Priority.ANSWER, speaks=False)
    assert gate.wait(0, -7, Priority.ANSWER) == 0
    for _ in range(18):
        gate.pass_through(0, -7, Priority.ANSWER)
    assert gate.wait(0, -7, Priority.ANSWER) > 0
    assert gate.wait(0, -7, Priority.ANSWER, speaks=False) == 0

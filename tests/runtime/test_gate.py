"""Telegram's limits hold at any time, in any order, and over a restart."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.gate import GROUP, MINUTE, PERSON, SLACK, Gate
from storage.outbox import Priority

PEOPLE, GROUPS = st.integers(1, 6), st.integers(-2, -1)
PRIORITIES = st.sampled_from(Priority)
WISHES = st.lists(st.tuples(PEOPLE | GROUPS, PRIORITIES, st.floats(0, 3)), max_size=150)
RATES = st.sampled_from([1.0, 5.0, 25.0, 1000.0])
BREATH = 1e-6  # what floats may lose


@dataclass
class Past:
    """What has left, in order."""

    left: list[tuple[float, int, Priority]] = field(default_factory=list)
    now: float = 1000.0

    def live(self, gate: Gate, wishes: list[tuple[int, Priority, float]]) -> None:
        for chat_id, priority, late in wishes:
            self.now += gate.wait(self.now, chat_id, priority) + late
            gate.pass_through(self.now, chat_id, priority)
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
    return max(
        (sum(start <= at < start + seconds - BREATH for at in times) for start in times), default=0
    )


def judge(past: Past, rate: float) -> None:
    assert most_within([at for at, _ in past.unasked], 1.0) <= rate * (1 + SLACK) + 1
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


@given(WISHES, RATES)
def test_the_limits_hold(wishes: list[tuple[int, Priority, float]], rate: float) -> None:
    past = Past()
    past.live(Gate(rate), wishes)
    judge(past, rate)


@given(WISHES, WISHES, RATES)
def test_the_limits_hold_over_a_restart(
    before: list[tuple[int, Priority, float]],
    after: list[tuple[int, Priority, float]],
    rate: float,
) -> None:
    past = Past()
    past.live(Gate(rate), before)
    anew = Gate(rate)
    anew.reopen(past.now, 0, past.recent)
    past.live(anew, after)
    judge(past, rate)


@given(st.floats(1, 10_000), PEOPLE, st.floats(0, 20_000))
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


def test_without_a_rate_nothing_waits() -> None:
    gate = Gate(0)
    for _ in range(100):
        gate.pass_through(0, 1, Priority.BULK)
        assert gate.wait(0, 1, Priority.BULK) == 0

"""Who does not stop is served at a pace; who does what people do never notices it."""

from dataclasses import dataclass

from bot.runtime.turns import AT_ONCE, PER_SECOND, Turns


@dataclass
class Watch:
    at: float = 1000.0

    def __call__(self) -> float:
        return self.at


def test_a_hundred_at_once_then_a_pace() -> None:
    watch = Watch()
    turns = Turns(clock=watch)
    waits = [turns.wait(7) for _ in range(AT_ONCE + 21)]
    assert set(waits[: AT_ONCE + 1]) == {0.0}
    assert abs(waits[-1] - 20 / PER_SECOND) < 1e-6
    assert turns.wait(8) == 0.0


def test_who_rests_may_hurry_again() -> None:
    watch = Watch()
    turns = Turns(clock=watch)
    for _ in range(3 * AT_ONCE):
        watch.at += turns.wait(7)
    watch.at += AT_ONCE / PER_SECOND + 1
    assert [turns.wait(7) for _ in range(AT_ONCE)] == [0.0] * AT_ONCE


def test_groups_and_tests_are_not_paced() -> None:
    assert [Turns().wait(-7) for _ in range(3 * AT_ONCE)] == [0.0] * 3 * AT_ONCE
    assert [Turns(0).wait(7) for _ in range(3 * AT_ONCE)] == [0.0] * 3 * AT_ONCE

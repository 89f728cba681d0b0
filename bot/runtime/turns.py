"""How often somebody's turn comes who does not stop: all of it is kept, and the others go on."""

import asyncio
import time
from collections.abc import Callable

AT_ONCE = 100  # updates that nobody waits for: more than people do, and than an album has
PER_SECOND = 20.0  # after that; a person in a hurry presses five times a second
MANY = 10_000  # people of whom something is remembered


class Turns:
    """By lane. Groups are many people, so their lanes wait for nothing."""

    def __init__(
        self, per_second: float = PER_SECOND, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """0 a second: nobody is paced."""
        self._every = 1 / per_second if per_second else 0.0
        self._clock = clock
        self._next: dict[int, float] = {}  # when each would be at the pace of all that they sent

    async def come(self, lane: int) -> None:
        if wait := self.wait(lane):
            await asyncio.sleep(wait)

    def wait(self, lane: int) -> float:
        """Seconds until the turn that is taken by asking."""
        if lane < 0 or not self._every:
            return 0.0
        now = self._clock()
        rested = now - AT_ONCE * self._every
        turn = max(self._next.get(lane, rested), rested)
        self._next[lane] = turn + self._every
        if len(self._next) > MANY:
            self._next = {each: at for each, at in self._next.items() if at > rested}
        return max(0.0, turn - now)

"""What a reading has found, put by until it is known whether the source can be believed.

Descriptions of thousands of calls are long, so they are kept packed.
"""

import pickle
import zlib
from collections.abc import Iterable, Iterator

from bot.domain.calls.found import Found

TOGETHER = 100  # calls that are written in one transaction
FAST = 1


class Gathered:
    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._loose: list[Found] = []

    def add(self, calls: Iterable[Found]) -> None:
        self._loose.extend(calls)
        while len(self._loose) >= TOGETHER:
            some, self._loose = self._loose[:TOGETHER], self._loose[TOGETHER:]
            self._packed.append(zlib.compress(pickle.dumps(some), FAST))

    def portions(self) -> Iterator[list[Found]]:
        """Once: what has been given out is forgotten."""
        while self._packed:
            packed = self._packed.pop(0)
            yield pickle.loads(zlib.decompress(packed))  # noqa: S301 -- we have packed it
        if self._loose:
            yield self._loose

"""Whether a database still keeps what is written: a full disk or a server that is away shows here
first, because nothing that could wait in it has been stored."""

import time
from collections.abc import Callable

from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError, SQLAlchemyError

OURS = (DataError, IntegrityError, ProgrammingError)  # the database is well, and says no
MEMORY = 60.0  # seconds for which a failure counts when nobody has written since


class Failures:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until = 0.0
        self.count = 0

    @property
    def last(self) -> bool:
        """The latest attempt to write has failed, and not long ago."""
        return self._clock() < self._until

    def note(self, error: Exception) -> None:
        if isinstance(error, (SQLAlchemyError, OSError)) and not isinstance(error, OURS):
            self.count += 1
            self._until = self._clock() + MEMORY

    def end(self) -> None:
        self._until = 0.0

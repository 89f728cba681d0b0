"""The sandbox's time: the real one, shifted at will, or one that stands still."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Call it for the present moment in UTC.

    Without a start it follows real time; with one it is frozen there until advanced.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._start = start
        self.shift = timedelta()

    def __call__(self) -> datetime:
        return (self._start or datetime.now(UTC)) + self.shift

    @property
    def runs(self) -> bool:
        """While time stands still nobody can be too hasty."""
        return self._start is None

    @property
    def timestamp(self) -> int:
        return int(self().timestamp())

    def advance(self, by: timedelta) -> None:
        self.shift += by

    def reset(self) -> None:
        self.shift = timedelta()

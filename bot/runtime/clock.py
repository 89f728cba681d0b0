"""The time that all replicas go by."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

log = structlog.get_logger(__name__)
TOLERANCE = timedelta(seconds=2)


class CommonClock:
    """This machine's time, unless that is far from the database's: then the database's."""

    def __init__(self, own: Callable[[], datetime]) -> None:
        self._own = own
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return self._own() + self._ahead

    def compare(self, common: datetime) -> None:
        """`common` is the time by the database's clock, just now."""
        gap = common - self._own()
        if abs(gap - self._ahead) < TOLERANCE:
            return
        self._ahead = gap if abs(gap) >= TOLERANCE else timedelta()
        log.warning("this machine's clock is wrong by", seconds=-round(gap.total_seconds()))

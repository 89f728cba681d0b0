"""One reading of a source from the first page to the last, without any fetching of its own.

    run = Run(source.form, source.address, source.settings, now)
    while request := run.next:
        calls = run.hear(await fetch(request))  # or run.miss("it did not answer")
    calls = run.end()

`hear` takes time for large answers (let a thread do it) and gives the calls that are complete by
then, so that little more than a page is held in memory.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.domain.calls.found import Found, Told, Unreadable
from bot.sources import adapters
from bot.sources.fetching import Answer, Request

MOST_PAGES = 1_000
MOST_DETAILS = 300  # calls of one source whose own pages are asked for in one reading
MOST_MISSES = 3  # of these pages in a row, before no more of them are asked for


class Run:
    """`rows` is how many rows the source has given, also those that are no calls for us."""

    def __init__(
        self, form: str, address: str, settings: Mapping[str, Any], now: datetime
    ) -> None:
        self.rows = 0
        self.pages = 0
        self._form, self._address, self._settings, self._now = form, address, settings, now
        self._total: int | None = None
        self._list: Request | None = adapters.requests(form, address, settings, 1)
        self._waiting: deque[tuple[Found, Request]] = deque()
        self._details = self._misses = 0
        self._held: Found | None = None  # the next page may have a better copy of it
        self._seen: set[str] = set()
        self._addresses = {address}

    @property
    def next(self) -> Request | None:
        """What to ask for; None: everything has been read."""
        return self._waiting[0][1] if self._waiting else self._list

    def hear(self, answer: Answer) -> list[Found]:
        """Raises `Unreadable`."""
        if self._waiting:
            return self._detail(answer)
        told = adapters.read(self._form, answer, self._settings, self._now)
        self._count(told)
        self._list = self._following(told)
        return self._fresh(told.calls)

    def miss(self, why: str) -> list[Found]:
        """The request failed. A call is kept without its own page, and all of them once a source
        keeps failing; a list is not read in part, so that raises `Unreadable`."""
        if not self._waiting:
            raise Unreadable(why)
        self._misses += 1
        if self._misses < MOST_MISSES:
            return [self._waiting.popleft()[0]]
        kept = [found for found, _ in self._waiting]
        self._waiting.clear()
        self._details = MOST_DETAILS
        return kept

    def end(self) -> list[Found]:
        """The last calls. Raises `Unreadable` where the source gave less than it said it has."""
        if self._total is not None and self.rows < self._total:
            raise Unreadable(f"the source says it has {self._total} rows and gave {self.rows}")
        held, self._held = self._held, None
        return [held] if held else []

    def _count(self, told: Told) -> None:
        self.pages += 1
        self.rows += told.rows
        self._total = told.total if told.total is not None else self._total

    def _following(self, told: Told) -> Request | None:
        enough = self._total is not None and self.rows >= self._total
        if told.whole or enough or not told.rows:
            return None
        if self.pages >= MOST_PAGES:
            raise Unreadable(f"the source has more than {MOST_PAGES} pages")
        if not told.following:
            return adapters.requests(self._form, self._address, self._settings, self.pages + 1)
        if told.following in self._addresses:
            return None
        self._addresses.add(told.following)
        return adapters.requests(self._form, told.following, self._settings, 1)

    def _fresh(self, calls: Iterable[Found]) -> list[Found]:
        """Those that are complete: not the last of a page that another follows, whose better copy
        may stand there, and not those whose own pages are to be read."""
        complete = []
        for each in calls:
            if self._held and self._held.reference == each.reference:
                self._held = max(self._held, each, key=lambda copy: copy.rank)
            elif each.reference not in self._seen:
                self._seen.add(each.reference)
                complete += [self._held] if self._held else []
                self._held = each
        if self._list is None and self._held:
            complete.append(self._held)
            self._held = None
        return [each for each in complete if not self._puts_off(each)]

    def _puts_off(self, found: Found) -> bool:
        if self._details >= MOST_DETAILS:
            return False
        request = adapters.details(self._form, found, self._settings)
        if request is None:
            return False
        self._details += 1
        self._waiting.append((found, request))
        return True

    def _detail(self, answer: Answer) -> list[Found]:
        """A page that cannot be read leaves the call as the list told of it."""
        found, _ = self._waiting.popleft()
        self._misses = 0
        try:
            return [adapters.describe(found, answer, self._settings, self._now)]
        except Unreadable:
            return [found]

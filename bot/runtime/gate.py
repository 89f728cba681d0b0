"""Telegram's limits, kept by ourselves: so many in any second to all, one a second to a person,
and eighteen a minute to a group. Answers are not held behind the rest; a 429 closes it to bulk.

What leaves evenly may be held up on the line and arrive in a crowd, so what nobody has confirmed
yet counts as arriving now.
"""

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from storage.outbox import Priority

LATE = 0.2  # seconds whose messages may be caught up after a late wake-up
FREE, PAID = 30, 1000  # messages that Telegram takes in any second
LOOK = 0.001  # seconds between looks whether one of those on the line has arrived
SECOND = 1.001  # clocks of loops are right to a thousandth
PERSON = 1.0  # seconds between two messages to one person that they did not ask for
GROUP, MINUTE = 18, 61.0  # a second more, for what is on its way but has not left yet


@dataclass
class Gate:
    """Times are seconds of one clock that the caller reads. Unlimited with `per_second` = 0."""

    per_second: float = 25
    _next: float = 0
    _closed_until: float = 0
    _left: deque[float] = field(default_factory=deque)  # when, of what nobody asked for
    _on_the_line: int = 0
    _arrived: deque[float] = field(default_factory=deque)  # by when, at the latest
    _people: dict[int, float] = field(default_factory=dict)
    _groups: dict[int, deque[float]] = field(default_factory=dict)
    _chats_closed: dict[int, float] = field(default_factory=dict)

    def wait(self, now: float, chat_id: int, priority: Priority, *, speaks: bool = True) -> float:
        """Seconds until this may leave; 0 means now. What `speaks` writes into the chat."""
        if not self.per_second:
            return 0
        until = self._chats_closed.get(chat_id, 0)
        if speaks:
            until = max(until, self._group_free(now, chat_id))
        if priority != Priority.ANSWER:
            until = max(until, self._next, self._closed_until, self._people.get(chat_id, 0))
        return max(0, until - now)

    def pass_through(
        self, now: float, chat_id: int, priority: Priority, *, speaks: bool = True
    ) -> None:
        """Take note that it is on its way from now on."""
        if not self.per_second:
            return
        if priority != Priority.ANSWER:
            self._next = max(self._next, now - LATE) + 1 / self.per_second
        if chat_id < 0:
            if speaks:
                self._groups.setdefault(chat_id, deque()).append(now)
        else:
            self._people[chat_id] = now + PERSON
        if len(self._people) > 4096:
            self._people = {chat: at for chat, at in self._people.items() if at > now}

    def full(self, now: float) -> float:
        """Seconds after which to ask again; 0 when there is room for one more that nobody asked
        for, in what left during the last second and in what may have arrived during it."""
        most = math.ceil(self.per_second)
        if not most:
            return 0
        if len(self._left) >= most and self._left[-most] + SECOND > now:
            return self._left[-most] + SECOND - now
        while self._arrived and self._arrived[0] <= now - 1:
            self._arrived.popleft()
        over = self._on_the_line + len(self._arrived) - (FREE if most <= FREE else PAID)
        if over < 0:
            return 0
        return self._arrived[over] + 1 - now if over < len(self._arrived) else LOOK

    def leave(self, now: float, chat_id: int) -> None:
        """Take note that it goes out to Telegram now, which nobody asked for."""
        if not self.per_second:
            return
        self._on_the_line += 1
        self._left.append(now)
        while self._left[0] <= now - SECOND:
            self._left.popleft()
        if chat_id > 0:
            self._people[chat_id] = now + PERSON

    def arrive(self, now: float) -> None:
        """Take note that one that had left is there by now, or will never be."""
        if self._on_the_line:
            self._on_the_line -= 1
            self._arrived.append(now)

    def close(self, now: float, chat_id: int, seconds: float) -> float:
        """After a 429. Returns until when bulk is closed."""
        until = now + seconds + 1
        self._closed_until = max(self._closed_until, until)
        self._chats_closed = {c: at for c, at in self._chats_closed.items() if at > now}
        self._chats_closed[chat_id] = until
        return until

    def closed(self, now: float, chat_id: int, priority: Priority) -> float:
        """Seconds for which a 429 keeps this back."""
        if not self.per_second:
            return 0
        until = self._chats_closed.get(chat_id, 0)
        if priority != Priority.ANSWER:
            until = max(until, self._closed_until)
        return max(0, until - now)

    def shut(self, until: float) -> None:
        """For bulk: another replica has met a 429."""
        self._closed_until = max(self._closed_until, until)

    def reopen(self, now: float, closed_until: float, recent: Iterable[tuple[int, float]]) -> None:
        """Take up where others have left off: what left during the last minute still counts, and
        so does what we had on the line ourselves when we last led."""
        self._people.clear()
        self._groups.clear()
        self._closed_until = closed_until
        self._next = now + 1
        for chat_id, at in sorted(recent, key=lambda each: each[1]):
            if chat_id < 0:
                self._groups.setdefault(chat_id, deque()).append(at)
            else:
                self._people[chat_id] = at + PERSON

    def _group_free(self, now: float, chat_id: int) -> float:
        times = self._groups.get(chat_id)
        if times is None:
            return 0
        while times and times[0] <= now - MINUTE:
            times.popleft()
        return times[-GROUP] + MINUTE if len(times) >= GROUP else 0

"""Numbers for Prometheus: how much waits, how old it is, how it ended."""

from collections.abc import Callable
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from storage import inbox, outbox
from storage.database import Database
from storage.outbox import Call, State


class Metrics:
    """A registry of its own, so that two houses in one process do not count together."""

    def __init__(self) -> None:
        self.registry = kept = CollectorRegistry()
        self.updates = Counter(
            "paprsek_updates_total", "Updates, by how they ended", ["outcome"], registry=kept
        )
        self.sends = Counter(
            "paprsek_sends_total", "Calls by method and end", ["method", "state"], registry=kept
        )
        self.handling = Histogram("paprsek_handling_seconds", "Hand to commit", registry=kept)
        self.sending = Histogram("paprsek_sending_seconds", "Time of a call", registry=kept)
        self.waiting = Gauge("paprsek_waiting", "Rows that wait", ["box"], registry=kept)
        self.age = Gauge("paprsek_oldest_seconds", "Age of the oldest", ["box"], registry=kept)
        self.leader = Gauge("paprsek_leader", "1 while this replica leads", registry=kept)
        self.dead = Gauge("paprsek_dead_letters", "Updates not handled", registry=kept)
        self.unwritten = Counter(
            "paprsek_write_failures_total", "Times the database took nothing", registry=kept
        )
        self._failures = 0  # of those, how many are counted

    def handled(self, outcome: str, seconds: float) -> None:
        self.updates.labels(outcome).inc()
        self.handling.observe(seconds)

    def sent(self, call: Call, state: State, seconds: float) -> None:
        self.sends.labels(call.method, state.name.lower()).inc()
        self.sending.observe(seconds)

    async def text(self, db: Database, clock: Callable[[], datetime]) -> bytes:
        """In Prometheus' exposition format, with the boxes as they are now."""
        now = clock()
        async with db.reading() as session:
            waiting, oldest, dead = await inbox.depth(session)
            owed, first = await outbox.depth(session)
        for box, count, since in (("inbox", waiting, oldest), ("outbox", owed, first)):
            self.waiting.labels(box).set(count)
            self.age.labels(box).set((now - since).total_seconds() if since else 0)
        self.dead.set(dead)
        self.unwritten.inc(db.failures.count - self._failures)
        self._failures = db.failures.count
        return generate_latest(self.registry)

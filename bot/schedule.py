"""Which job runs how often. APScheduler is a clock here: the work itself is rows."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

GRACE = 3600  # seconds: a tick that comes late is still worth its run


class Scheduler(AsyncIOScheduler):  # type: ignore[misc]  # it comes without types
    """One that goes on when the machine's clock is set back, instead of waiting until the clock
    is again where it was."""

    _seen = datetime.min.replace(tzinfo=UTC)

    def _process_jobs(self) -> float | None:
        now = datetime.now(UTC)
        was_set_back, self._seen = now < self._seen, now
        if was_set_back:
            for job in self.get_jobs():
                job.modify(next_run_time=now)
        wait: float | None = super()._process_jobs()
        return wait


def start(
    ticks: Mapping[str, timedelta], run: Callable[[str], Awaitable[None]]
) -> AsyncIOScheduler:
    """Call `run(name)` for each of `ticks`; missed ticks are one, and a job never meets itself."""
    scheduler = Scheduler(timezone="UTC")
    for name, every in ticks.items():
        scheduler.add_job(
            run,
            IntervalTrigger(seconds=int(every.total_seconds()), timezone="UTC"),
            args=[name],
            id=name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=GRACE,
        )
    scheduler.start()
    return scheduler

"""Which job runs how often. APScheduler is a clock here: the work itself is rows."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

GRACE = 3600  # seconds: a tick that comes late is still worth its run


def start(
    ticks: Mapping[str, timedelta], run: Callable[[str], Awaitable[None]]
) -> AsyncIOScheduler:
    """Call `run(name)` for each of `ticks`; missed ticks are one, and a job never meets itself."""
    scheduler = AsyncIOScheduler(timezone="UTC")
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

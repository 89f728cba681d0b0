"""When people are written to: 8–20 of working days, or in the hours that they have chosen.

Hours are those of the clocks on the wall where the cluster is, also in nights in which these are
turned. What comes in silence waits for its end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo

from bot.domain.working_days import DAY, is_working, next_working

MORNING = time(8)  # of the digest
MIDNIGHT = 24
AHEAD = 30  # days: no holidays are longer


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of silence: from `since` until `until`, over midnight where that is the earlier one;
    none where both are the same."""

    since: int
    until: int

    @property
    def waking(self) -> tuple[tuple[int, int], ...]:
        """The hours of a day in which somebody may be written to, in order."""
        if self.since > self.until:
            return ((self.until, self.since),)
        spans = ((0, self.since), (self.until, MIDNIGHT))
        return tuple((start, end) for start, end in spans if start < end)

    def holds(self, hour: int) -> bool:
        return not any(start <= hour < end for start, end in self.waking)


QUIET = Quiet(20, 8)  # unless somebody wants it otherwise


def next_moment(now: datetime, zone: tzinfo, quiet: Quiet = QUIET) -> datetime:
    """The first moment from `now` on that is outside `quiet` on a working day."""
    return _first(now, zone, quiet, working=True)


def awake(now: datetime, zone: tzinfo, quiet: Quiet = QUIET) -> datetime:
    """The first moment from `now` on that is outside `quiet`, also of a Sunday."""
    return _first(now, zone, quiet, working=False)


def last_digest(now: datetime, zone: tzinfo) -> datetime:
    """When the digest came out that is the latest at `now`."""
    this = digest_in_week_of(_day(now, zone), zone)
    return this if this <= now else digest_in_week_of(_day(now, zone) - 7 * DAY, zone)


def next_digest(now: datetime, zone: tzinfo) -> datetime:
    """When the next one comes out, after `now`."""
    this = digest_in_week_of(_day(now, zone), zone)
    return this if this > now else digest_in_week_of(_day(now, zone) + 7 * DAY, zone)


def digest_in_week_of(day: date, zone: tzinfo) -> datetime:
    """8:00 of Monday, or where that is a holiday, of the working day after it."""
    return _at(next_working(day - day.weekday() * DAY), MORNING.hour, zone)


def _first(now: datetime, zone: tzinfo, quiet: Quiet, *, working: bool) -> datetime:
    """In a night in which the clocks are turned, an hour may be missing: so what begins an
    opening is looked at once more on the clocks."""
    now = now.astimezone(UTC)
    for opening in (now, *_openings(now, zone, quiet)):
        local = opening.astimezone(zone)
        if not quiet.holds(local.hour) and (is_working(local.date()) or not working):
            return opening
    raise ValueError("nobody can be silent for ever")


def _openings(now: datetime, zone: tzinfo, quiet: Quiet) -> Iterator[datetime]:
    """The ends of silences after `now`, and the midnights that divide one day from another."""
    today = _day(now, zone)
    for ahead in range(AHEAD):
        for hour in sorted({0, *(start for start, _ in quiet.waking)}):
            opening = _at(today + ahead * DAY, hour, zone)
            if opening > now:
                yield opening


def _day(now: datetime, zone: tzinfo) -> date:
    return now.astimezone(zone).date()


def _at(day: date, hour: int, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(hour), zone).astimezone(UTC)

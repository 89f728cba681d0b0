"""What comes in the next half year: deadlines and calls that are expected, month by month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.calls import browsing
from bot.domain.calls.browsing import View
from storage.calls import browsing as store
from storage.calls.browsing import Glance
from storage.calls.records import Deadline, State
from storage.people import Person

MONTHS = 6  # this one among them
MOST = 300  # calls


@dataclass(frozen=True)
class Due:
    """A call's deadlines on one day; without any it is expected to open."""

    day: date
    view: View
    deadlines: Sequence[Deadline] = ()


async def half_year(
    session: AsyncSession, me: Person, zone: tzinfo, now: datetime
) -> list[tuple[date, list[Due]]]:
    """The first days of months, each with what is due in it, by day."""
    months = _months(now.astimezone(zone).date())
    after = _next(months[-1])
    there = await store.coming(session, now, browsing.MOST)
    ids = [each.id for each in there if _is_before(each, after, zone)][:MOST]
    views = await browsing.shown(session, ids, me, now)
    dues = [due for view in views for due in _dues(view, zone, now) if due.day < after]
    dues.sort(key=lambda due: (due.day, due.view.call.key))
    return [(month, [due for due in dues if due.day.replace(day=1) == month]) for month in months]


def _months(today: date) -> list[date]:
    found = [today.replace(day=1)]
    while len(found) < MONTHS:
        found.append(_next(found[-1]))
    return found


def _next(month: date) -> date:
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


def _is_before(glance: Glance, day: date, zone: tzinfo) -> bool:
    moment = glance.opens_at if glance.state == State.FORECAST else glance.deadline_at
    return moment is not None and moment.astimezone(zone).date() < day


def _dues(view: View, zone: tzinfo, now: datetime) -> Iterator[Due]:
    call = view.call
    if call.state == State.FORECAST:
        if call.opens_at is not None and call.opens_at > now:
            yield Due(call.opens_at.astimezone(zone).date(), view)
        return
    days: dict[date, list[Deadline]] = {}
    for deadline in view.deadlines:
        if deadline.at > now:
            own = zone if deadline.hour_known else ZoneInfo(deadline.zone)
            days.setdefault(deadline.at.astimezone(own).date(), []).append(deadline)
    for day, deadlines in days.items():
        yield Due(day, view, deadlines)

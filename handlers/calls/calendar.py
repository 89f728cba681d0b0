"""Deadlines in people's own calendars: of calls that they follow, and of all that were sent."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.calls import calendars
from bot.domain.calls.calendars import Dates
from bot.kit.calendars import Appointment, Stamped, in_calendars, open_calendar
from bot.kit.context import Desk
from bot.kit.texts import Texts
from handlers.calls.cards import LINKED
from handlers.calls.terms import title_in
from storage.calls.records import State
from storage.people import Person

OPEN_TO_ALL = "calls"  # the name of the calendar that everybody may read
LENGTH = timedelta(minutes=30)  # of an entry, which ends when the deadline does


@in_calendars
async def of_mine(desk: Desk, me: Person) -> list[Stamped]:
    t = desk.texts_of(me)
    found = await calendars.followed(desk.session, me, desk.now)
    return [each for dates in found for each in _entries(desk, t, dates, internal=True)]


@open_calendar(OPEN_TO_ALL)
async def of_all(desk: Desk) -> list[Stamped]:
    t = desk.house.texts[None]
    found = await calendars.every(desk.session, desk.now)
    return [each for dates in found for each in _entries(desk, t, dates, internal=False)]


def _entries(desk: Desk, t: Texts, dates: Dates, *, internal: bool) -> Iterator[Stamped]:
    """Where no hour is known, an entry is of the whole day."""
    call, link = dates.call, desk.house.start_link(f"{LINKED}{dates.call.key}")
    cancelled, title = call.state == State.CANCELLED, title_in(t, call)
    for number, deadline in enumerate(dates.deadlines):
        zone = ZoneInfo(deadline.zone)
        named = f"{title} – {deadline.what}" if deadline.what else title
        hours = "" if deadline.hour_known else t.plain("The hour is in the call.")
        yield (
            dates.since,
            Appointment(
                name=f"call-{call.key}-{number}",
                sequence=dates.changes,
                starts_at=deadline.at - LENGTH,
                ends_at=deadline.at,
                title=t.plain("Deadline: {title}", title=named),
                about="\n".join(each for each in (call.programme, hours, call.link) if each),
                link=link,
                cancelled=cancelled,
                day=None if deadline.hour_known else deadline.at.astimezone(zone).date(),
            ),
        )
    if internal and call.internal_at is not None:
        yield (
            dates.since,
            Appointment(
                name=f"call-{call.key}-internal",
                sequence=dates.changes,
                starts_at=call.internal_at - LENGTH,
                ends_at=call.internal_at,
                title=t.plain("Within the cluster: {title}", title=title),
                about=call.internal_what,
                link=link,
                cancelled=cancelled,
                day=call.internal_at.astimezone(t.zone).date(),
            ),
        )

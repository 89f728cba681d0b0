"""Entries for people's own calendars, RFC 5545: the UID stays the same for ever, and whoever has a
lower SEQUENCE is out of date. Times are in UTC, which calendars show in their own zone.

A feature that has something for the address of somebody's calendar gives it by `in_calendars`;
what anybody's calendar may read is given by `open_calendar` under a name of its own.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar
from icalendar import Event as Entry

from bot.kit.context import Desk, House
from storage.people import Person

REFRESH = timedelta(hours=1)  # how often a calendar is asked to read its feed


@dataclass(frozen=True)
class Appointment:
    """`name` tells it from all others of this house, such as `booking-12`. With a `day` it is of
    that whole day, and the times are not said."""

    name: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    about: str = ""
    link: str = ""
    cancelled: bool = False
    day: date | None = None


Stamped = tuple[datetime, Appointment]  # since when it is so
Give = Callable[[Desk, Person], Awaitable[Sequence[Stamped]]]
Tell = Callable[[Desk], Awaitable[Sequence[Stamped]]]
givers: list[Give] = []
open_calendars: dict[str, Tell] = {}


def in_calendars(give: Give) -> Give:
    givers.append(give)
    return give


def open_calendar(name: str) -> Callable[[Tell], Tell]:
    """At `/calendar/<name>.ics`, for everybody."""

    def register(tell: Tell) -> Tell:
        open_calendars[name] = tell
        return tell

    return register


def calendar_file(house: House, appointment: Appointment, now: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//{house.cluster.name}//Paprsek//")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if appointment.cancelled else "PUBLISH")
    calendar.add_component(entry(house, appointment, now))
    return bytes(calendar.to_ical())


def feed(house: House, entries: Iterable[Entry]) -> bytes:
    """The same to the byte until something about the entries changes."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{house.cluster.name}//Paprsek//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for each in entries:
        calendar.add_component(each)
    calendar.add("x-wr-calname", house.cluster.name)
    calendar.add("refresh-interval", REFRESH, {"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return bytes(calendar.to_ical())


def entry(house: House, appointment: Appointment, stamp: datetime) -> Entry:
    day, made = appointment.day, Entry()
    made.add("uid", f"{appointment.name}@{house.bot.id}")
    made.add("sequence", appointment.sequence)
    made.add("status", "CANCELLED" if appointment.cancelled else "CONFIRMED")
    made.add("dtstamp", stamp)
    made.add("dtstart", day or appointment.starts_at)
    made.add("dtend", day + timedelta(days=1) if day else appointment.ends_at)
    made.add("summary", appointment.title)
    for name, value in (
        ("location", appointment.place),
        ("description", appointment.about),
        ("url", appointment.link),
    ):
        if value:
            made.add(name, value)
    return made

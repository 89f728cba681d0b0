"""Entries for people's own calendars, RFC 5545: the UID stays the same for ever, and whoever has a
lower SEQUENCE is out of date. Times are in UTC, which calendars show in their own zone.
"""

from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar
from icalendar import Event as Entry

from bot.kit.context import House


@dataclass(frozen=True)
class Appointment:
    """`name` tells it from all others of this house, such as `booking-12`."""

    name: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    about: str = ""
    link: str = ""
    cancelled: bool = False


def calendar_file(house: House, appointment: Appointment, now: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//{house.cluster.name}//Paprsek//")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if appointment.cancelled else "PUBLISH")
    calendar.add_component(_entry(house, appointment, now))
    return bytes(calendar.to_ical())


def _entry(house: House, appointment: Appointment, now: datetime) -> Entry:
    entry = Entry()
    entry.add("uid", f"{appointment.name}@{house.bot.id}")
    entry.add("sequence", appointment.sequence)
    entry.add("status", "CANCELLED" if appointment.cancelled else "CONFIRMED")
    entry.add("dtstamp", now)
    entry.add("dtstart", appointment.starts_at)
    entry.add("dtend", appointment.ends_at)
    entry.add("summary", appointment.title)
    for name, value in (
        ("location", appointment.place),
        ("description", appointment.about),
        ("url", appointment.link),
    ):
        if value:
            entry.add(name, value)
    return entry

"""Events: their parts, the queue for each part, and when people are to be reminded."""

from storage.workshops.events import (
    Audience,
    Coming,
    Event,
    Kind,
    Part,
    Slot,
    State,
    Workshop,
    coming,
    find,
    search,
)
from storage.workshops.reminders import Reminder
from storage.workshops.seats import Seat, registered_ids

__all__ = [
    "Audience",
    "Coming",
    "Event",
    "Kind",
    "Part",
    "Reminder",
    "Seat",
    "Slot",
    "State",
    "Workshop",
    "coming",
    "find",
    "registered_ids",
    "search",
]

"""Events: their parts, who sits and who waits, and all that happens before, at and after them."""

from storage.workshops import (
    boards,
    check_ins,
    feeds,
    handovers,
    invitees,
    papers,
    ratings,
    registration,
)
from storage.workshops.events import (
    Audience,
    Coming,
    Event,
    Kind,
    Part,
    PartKind,
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
    "PartKind",
    "Reminder",
    "Seat",
    "Slot",
    "State",
    "Workshop",
    "boards",
    "check_ins",
    "coming",
    "feeds",
    "find",
    "handovers",
    "invitees",
    "papers",
    "ratings",
    "registered_ids",
    "registration",
    "search",
]

"""Announcements: what was written, for whom, and how it went."""

from storage.announcements import audiences
from storage.announcements.audiences import EVERYBODY, Choice, Clause, Facet
from storage.announcements.listing import (
    batches,
    contents,
    contents_of,
    departing,
    discard,
    errors_in_a_row,
    find,
    last_of_guarantors,
    latest,
    running,
    several,
    those_told,
    unreached,
)
from storage.announcements.records import (
    Announcement,
    Content,
    Delivery,
    Hours,
    Response,
    ResponseKind,
    SavedAudience,
    Stage,
)

__all__ = [
    "EVERYBODY",
    "Announcement",
    "Choice",
    "Clause",
    "Content",
    "Delivery",
    "Facet",
    "Hours",
    "Response",
    "ResponseKind",
    "SavedAudience",
    "Stage",
    "audiences",
    "batches",
    "contents",
    "contents_of",
    "departing",
    "discard",
    "errors_in_a_row",
    "find",
    "last_of_guarantors",
    "latest",
    "running",
    "several",
    "those_told",
    "unreached",
]

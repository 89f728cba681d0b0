"""Announcements: what was written, for whom, and how it went."""

from storage.announcements import audiences
from storage.announcements.audiences import EVERYBODY, Choice, Clause, Facet
from storage.announcements.listing import (
    batches,
    contents,
    contents_of,
    discard,
    find,
    last_of_guarantors,
    latest,
    running,
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
    "audiences",
    "batches",
    "contents",
    "contents_of",
    "discard",
    "find",
    "last_of_guarantors",
    "latest",
    "running",
    "unreached",
]

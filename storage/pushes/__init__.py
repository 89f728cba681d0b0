"""What reaches people without their asking: how they want it, and what became of each."""

from storage.pushes.announced import Outlook, at_once, decide, foresee, ways
from storage.pushes.deciding import Wish, alone, known, wishes
from storage.pushes.records import (
    UNLIMITED,
    USUAL,
    WEEK,
    Manner,
    Push,
    PushChoice,
    PushKind,
    Way,
)

__all__ = [
    "UNLIMITED",
    "USUAL",
    "WEEK",
    "Manner",
    "Outlook",
    "Push",
    "PushChoice",
    "PushKind",
    "Way",
    "Wish",
    "alone",
    "at_once",
    "decide",
    "foresee",
    "known",
    "ways",
    "wishes",
]

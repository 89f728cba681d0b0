"""Events: the list, the card, the queue, the calendar; and for the team planning and changing."""

from handlers.workshops import (
    attendees,
    calendar,
    card,
    editing,
    leading,
    listing,
    parts,
    planning,
    telling,
)

__all__ = [
    "attendees",
    "calendar",
    "card",
    "editing",
    "leading",
    "listing",
    "parts",
    "planning",
    "telling",
]

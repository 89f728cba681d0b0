"""What people see and press. Importing the features fills `bot.kit.routes`."""

from handlers import (
    announcements,
    calls,
    confirmations,
    equipment,
    groups,
    invitations,
    menu,
    organisations,
    people,
    privacy,
    search,
    settings,
    start,
    workshops,
)
from handlers.refusals import words as words_of_a_refusal

__all__ = [
    "announcements",
    "calls",
    "confirmations",
    "equipment",
    "groups",
    "invitations",
    "menu",
    "organisations",
    "people",
    "privacy",
    "search",
    "settings",
    "start",
    "words_of_a_refusal",
    "workshops",
]

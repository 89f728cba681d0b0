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
    retention,
    search,
    settings,
    start,
    workshops,
)
from handlers.refusals import screen as screen_of_a_refusal

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
    "retention",
    "screen_of_a_refusal",
    "search",
    "settings",
    "start",
    "workshops",
]

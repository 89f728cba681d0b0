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
    settings,
    start,
    workshops,
)
from handlers.refusals import screen as screen_of_a_refusal
from handlers.workshops.feeds import calendar_feed
from handlers.workshops.poster import poster_page

__all__ = [
    "announcements",
    "calendar_feed",
    "calls",
    "confirmations",
    "equipment",
    "groups",
    "invitations",
    "menu",
    "organisations",
    "people",
    "poster_page",
    "privacy",
    "retention",
    "screen_of_a_refusal",
    "settings",
    "start",
    "workshops",
]

"""What people see and press. Importing the features fills `bot.kit.routes`."""

from handlers import (
    announcements,
    attention,
    calls,
    confirmations,
    desk,
    equipment,
    goals,
    groups,
    invitations,
    letters,
    menu,
    organisations,
    people,
    privacy,
    restored,
    retention,
    settings,
    start,
    welcomes,
    workshops,
)
from handlers.refusals import screen as screen_of_a_refusal
from handlers.restored import ask_about_a_restore
from handlers.workshops.feeds import calendar_feed
from handlers.workshops.poster import poster_page

__all__ = [
    "announcements",
    "ask_about_a_restore",
    "attention",
    "calendar_feed",
    "calls",
    "confirmations",
    "desk",
    "equipment",
    "goals",
    "groups",
    "invitations",
    "letters",
    "menu",
    "organisations",
    "people",
    "poster_page",
    "privacy",
    "restored",
    "retention",
    "screen_of_a_refusal",
    "settings",
    "start",
    "welcomes",
    "workshops",
]

"""Working groups of the pillars: who is in them, their chats, meetings and topics."""

from handlers.groups import (
    browsing,
    chat,
    chat_ways,
    counting,
    declaring,
    departures,
    door,
    joining,
    keeping,
    linking,
    naming,
    reconciling,
    roster,
    running,
    ways,
    words,
)

__all__ = [
    "browsing",
    "chat",
    "chat_ways",
    "counting",
    "declaring",
    "departures",
    "door",
    "joining",
    "keeping",
    "linking",
    "naming",
    "reconciling",
    "roster",
    "running",
    "ways",
    "words",
]

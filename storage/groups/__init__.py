"""Working groups of the pillars: their people, chats, meetings, and what they want changed."""

from storage.groups import (
    chats,
    counts,
    doors,
    meetings,
    members,
    places,
    presence,
    tasks,
    topics,
)

__all__ = [
    "chats",
    "counts",
    "doors",
    "meetings",
    "members",
    "places",
    "presence",
    "tasks",
    "topics",
]

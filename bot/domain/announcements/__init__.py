"""Announcements: written by the team, seen as they will be, sent by a manager, once.

A guarantor writes and sends one to the people of their own pillar.
"""

from bot.domain.announcements.cards import SURE_FROM, Card, Content
from bot.domain.announcements.sending import (
    STOPPED,
    Changed,
    NobodyThere,
    WroteLately,
    advance,
    send,
    stop,
)
from bot.domain.announcements.writing import (
    AlreadySent,
    address,
    begin_for,
    discard,
    hand_over,
    look,
    look_away,
    past,
    revise,
    watch,
    write,
)

__all__ = [
    "STOPPED",
    "SURE_FROM",
    "AlreadySent",
    "Card",
    "Changed",
    "Content",
    "NobodyThere",
    "WroteLately",
    "address",
    "advance",
    "begin_for",
    "discard",
    "hand_over",
    "look",
    "look_away",
    "past",
    "revise",
    "send",
    "stop",
    "watch",
    "write",
]

"""The cluster's events: who sits, who waits, what is planned, what changed and who must know."""

from bot.domain.workshops import keeping
from bot.domain.workshops.attendance import Roster, roster, take_out
from bot.domain.workshops.card import Cancelled, Card, PartCard, lead, look
from bot.domain.workshops.changing import (
    Change,
    Editor,
    HasPeople,
    LastPart,
    Raised,
    Seated,
    editable,
)
from bot.domain.workshops.listing import Listing, coming
from bot.domain.workshops.planning import (
    AlreadyPublished,
    BadCapacity,
    BadLength,
    BadTimes,
    InPast,
    PartPlan,
    TooManyParts,
    discard,
    plan,
    publish,
)
from bot.domain.workshops.queue import Left, Promotion, TooLate, leave, sign_up
from bot.domain.workshops.reminders import Reminded, remind

__all__ = [
    "AlreadyPublished",
    "BadCapacity",
    "BadLength",
    "BadTimes",
    "Cancelled",
    "Card",
    "Change",
    "Editor",
    "HasPeople",
    "InPast",
    "LastPart",
    "Left",
    "Listing",
    "PartCard",
    "PartPlan",
    "Promotion",
    "Raised",
    "Reminded",
    "Roster",
    "Seated",
    "TooLate",
    "TooManyParts",
    "coming",
    "discard",
    "editable",
    "keeping",
    "lead",
    "leave",
    "look",
    "plan",
    "publish",
    "remind",
    "roster",
    "sign_up",
    "take_out",
]

"""What people are written to without their asking: how much of it, when, and the rest on Monday.

Whatever the feature, it is decided here: something is brought at once, waits for the digest, or
does not come at all.
"""

from bot.domain.attention.budget import Decision, Matter, decide
from bot.domain.attention.hours import (
    QUIET,
    Quiet,
    awake,
    last_digest,
    next_digest,
    next_moment,
)

__all__ = [
    "QUIET",
    "Decision",
    "Matter",
    "Quiet",
    "awake",
    "decide",
    "last_digest",
    "next_digest",
    "next_moment",
]

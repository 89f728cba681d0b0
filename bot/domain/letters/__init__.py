"""Letters between people and the team: written, passed on, answered as the bot."""

from bot.domain.letters import traces
from bot.domain.letters.answering import (
    Answered,
    CannotReach,
    Case,
    Waiting,
    answer,
    close,
    go_on,
    look,
    require_answering,
    settle,
    waiting,
)
from bot.domain.letters.contents import Content, headed
from bot.domain.letters.writing import TooManyLetters, about, add, team, write
from storage.letters import Letter

__all__ = [
    "Answered",
    "CannotReach",
    "Case",
    "Content",
    "Letter",
    "TooManyLetters",
    "Waiting",
    "about",
    "add",
    "answer",
    "close",
    "go_on",
    "headed",
    "look",
    "require_answering",
    "settle",
    "team",
    "traces",
    "waiting",
    "write",
]

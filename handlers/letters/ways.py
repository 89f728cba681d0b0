"""Buttons with which the team deals with letters."""

from dataclasses import dataclass

from bot.kit.buttons import Button


@dataclass(frozen=True)
class OpenLetter(Button, prefix="le.open"):
    letter_id: int


@dataclass(frozen=True)
class AnswerLetter(Button, prefix="le.re"):
    letter_id: int


@dataclass(frozen=True)
class CloseLetter(Button, prefix="le.ok"):
    """It needs no answer."""

    letter_id: int


@dataclass(frozen=True)
class OfferForum(Button, prefix="le.forum"):
    """How letters come to a group of the team."""


@dataclass(frozen=True)
class ShowLetter(Button, prefix="le.see"):
    """The message itself, with its file."""

    letter_id: int

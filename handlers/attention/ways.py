"""Buttons that lead from one screen about what comes unasked to another."""

from dataclasses import dataclass

from bot.kit.buttons import Button


@dataclass(frozen=True)
class ChooseWeekly(Button, prefix="att.week"):
    """How many a week."""


@dataclass(frozen=True)
class OpenDigest(Button, prefix="att.last"):
    """The latest, once more."""


@dataclass(frozen=True)
class ChooseHours(Button, prefix="att.quiet"):
    """In which hours nothing comes."""

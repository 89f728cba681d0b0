"""Buttons of the Telegram groups of pillars; each is answered where it leads to."""

from dataclasses import dataclass

from bot.kit.buttons import Button

LETTER = "s"  # what the start links that choose a group's pillar begin with


@dataclass(frozen=True)
class ChoosePillar(Button, prefix="gc.pick"):
    """Which pillar is this group of?"""

    chat_id: int
    thread_id: int
    page: int = 0


@dataclass(frozen=True)
class LinkGroup(Button, prefix="gc.link"):
    chat_id: int
    thread_id: int
    pillar_id: int


@dataclass(frozen=True)
class CheckGroup(Button, prefix="gc.look"):
    """Ask Telegram how it is there."""

    group_id: int


@dataclass(frozen=True)
class UnlinkGroup(Button, prefix="gc.off"):
    """Asks once more."""

    group_id: int


@dataclass(frozen=True)
class UnlinkSurely(Button, prefix="gc.off.yes"):
    group_id: int


@dataclass(frozen=True)
class ListWaiting(Button, prefix="gc.door"):
    """Who asks to be let in."""

    pillar_id: int
    page: int = 0


@dataclass(frozen=True)
class LetIn(Button, prefix="gc.in"):
    request_id: int


@dataclass(frozen=True)
class TurnAway(Button, prefix="gc.out"):
    request_id: int


@dataclass(frozen=True)
class ListLeaving(Button, prefix="gc.go"):
    """Who no longer belongs there."""

    pillar_id: int
    page: int = 0


@dataclass(frozen=True)
class RemoveFromGroup(Button, prefix="gc.bye"):
    departure_id: int


@dataclass(frozen=True)
class KeepInGroup(Button, prefix="gc.stay"):
    departure_id: int

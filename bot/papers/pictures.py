"""An event as a picture for a phone: seats by part, how people signed up, who comes from where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PartBar:
    """`waiting` is in words, empty where nobody waits."""

    name: str
    seated: int
    capacity: int
    count: str
    waiting: str


@dataclass(frozen=True, slots=True)
class Words:
    """What stands above each section, in the reader's language."""

    seats: str
    arrivals: str
    organisations: str


@dataclass(frozen=True, slots=True)
class Picture:
    """`arrivals` are days in order, with how many had signed up by the end of each."""

    title: str
    when: str
    parts: Sequence[PartBar]
    arrivals: Sequence[tuple[date, int]]
    first_day: str
    last_day: str
    organisations: Sequence[tuple[str, int]]
    words: Words


def png(picture: Picture) -> bytes:
    """1 080 pixels wide and as high as it needs to be."""
    from bot.papers import plots

    return plots.overview(picture)

"""The equipment of the cluster as a picture for a phone: how much, of what, whose, and how it is
asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

Bars = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Section:
    """Bars under a title."""

    title: str
    bars: Bars


@dataclass(frozen=True, slots=True)
class Picture:
    """`numbers` stand large at the top: what, and how much."""

    title: str
    when: str
    numbers: Sequence[tuple[str, str]]
    sections: Sequence[Section]


def png(picture: Picture) -> bytes:
    """1 080 pixels wide and as high as it needs to be."""
    from bot.papers import equipment_plots

    return equipment_plots.overview(picture)

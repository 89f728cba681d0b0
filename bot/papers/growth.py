"""How a pillar grows, as a picture for a phone: its people and organisations, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Series:
    """`numbers` are as many as the picture has months."""

    title: str
    numbers: Sequence[int]


@dataclass(frozen=True, slots=True)
class Picture:
    title: str
    when: str
    months: Sequence[str]
    series: Sequence[Series]


def png(picture: Picture) -> bytes:
    """1 080 pixels wide."""
    from bot.papers import growth_plots

    return growth_plots.overview(picture)

"""A year's plan as a picture: what is drawn. Who draws it is loaded to draw only."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    name: str
    done: int
    wanted: int
    ahead: int


@dataclass(frozen=True)
class Picture:
    title: str
    when: str
    met: str  # in words
    key: tuple[str, str]  # of what is done, and of what is announced
    rows: Sequence[Row]


def png(picture: Picture) -> bytes:
    """A sheet as wide as a phone's screen."""
    from bot.papers.goal_plots import overview

    return overview(picture)

"""Deadlines of the coming months as a picture for a phone: one a line, pillars as colours."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """`colours` are places in the picture's list of pillars; what is only `expected` is pale."""

    day: str
    title: str
    about: str
    colours: Sequence[int] = ()
    expected: bool = False
    followed: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    lines: Sequence[Line]
    more: str = ""  # in words, what there was no room for
    none: str = ""  # in words, where there are no lines


@dataclass(frozen=True, slots=True)
class Picture:
    title: str
    when: str
    pillars: Sequence[str]
    months: Sequence[Month]


def png(picture: Picture) -> bytes:
    """1 080 pixels wide and as high as it needs to be."""
    from bot.papers import deadline_plots

    return deadline_plots.overview(picture)

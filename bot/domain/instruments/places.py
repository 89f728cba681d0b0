"""Where places are: the region of a town."""

import tomllib
from functools import cache, lru_cache
from pathlib import Path

from bot.domain.instruments.language import words

SOURCE = Path(__file__).with_name("places.toml")


@lru_cache(maxsize=4096)
def region_of(place: str) -> str:
    """The region of the first town that is named, such as in "Praha-Suchdol"; empty for none."""
    said = words(place)
    stretches = (
        tuple(said[start : start + length])
        for start in range(len(said))
        for length in range(len(said) - start, 0, -1)
    )
    return next((_towns()[each] for each in stretches if each in _towns()), "")


def regions() -> list[str]:
    return list(_regions())


@cache
def _regions() -> dict[str, list[str]]:
    return tomllib.loads(SOURCE.read_text("utf-8"))


@cache
def _towns() -> dict[tuple[str, ...], str]:
    return {tuple(words(town)): region for region, towns in _regions().items() for town in towns}

"""What all drawn pictures share: a sheet as wide as a phone's screen, counted in pixels from its
top left, with words on it. This loads a large library, so only whoever draws loads it.
"""

import io
from functools import cache

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font
from matplotlib.patches import Rectangle

WIDTH, DPI = 1080, 150  # pixels
TEXT, QUIET, RULE, PALE = "#1f2937", "#646e7c", "#cdd3db", "#d5e2ef"
SHADE, ACCENT, RAY, LIGHT = "#e9eef4", "#15497a", "#f2a900", "#7fa6cc"


def blank(height: int) -> tuple[Figure, Axes]:
    """So many pixels high, without ticks and frames."""
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor="white")
    sheet = figure.add_axes((0, 0, 1, 1))
    sheet.set_xlim(0, WIDTH)
    sheet.set_ylim(height, 0)
    sheet.axis("off")
    return figure, sheet


def png(figure: Figure) -> bytes:
    content = io.BytesIO()
    FigureCanvasAgg(figure)
    figure.savefig(content, format="png", dpi=DPI)
    return content.getvalue()


def band(sheet: Axes, height: int) -> None:
    """At the top, for a title, with a ray of light under it."""
    sheet.add_patch(Rectangle((0, 0), WIDTH, height, color=ACCENT, linewidth=0))
    sheet.add_patch(Rectangle((0, height), WIDTH, 8, color=RAY, linewidth=0))


def write(
    sheet: Axes,
    x: float,
    y: float,
    words: str,
    size: float,
    colour: str,
    *,
    bold: bool = False,
    align: str = "left",
) -> None:
    """`size` in pixels. What somebody typed is no formula, whatever signs it has."""
    sheet.text(
        x,
        y,
        _drawable(words),
        fontsize=size * 72 / DPI,
        color=colour,
        weight="bold" if bold else "normal",
        ha=align,
        va="center",
        parse_math=False,
    )


def cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _drawable(words: str) -> str:
    """Without signs that the font has no picture of."""
    known = _signs()
    return "".join(sign for sign in words if ord(sign) in known).strip()


@cache
def _signs() -> frozenset[int]:
    return frozenset(FT2Font(findfont(FontProperties(family="DejaVu Sans"))).get_charmap())

"""Drawing of the equipment's numbers; this loads a large library, so it is loaded to draw only."""

import io

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from bot.papers.equipment import Picture, Section

WIDTH, EDGE, DPI = 1080, 64, 150  # pixels
TEXT, QUIET, ACCENT, RAY, LIGHT = "#1f2937", "#646e7c", "#15497a", "#f2a900", "#7fa6cc"
HEAD, NUMBERS, TITLE, LINE, FOOT = 216, 150, 92, 56, 40
BAR = 28
MOST = 8  # bars of a section
LEFT = 430  # where bars begin
LONGEST = 24  # characters of a name


def overview(picture: Picture) -> bytes:
    sections = [each for each in picture.sections if each.bars]
    height = HEAD + NUMBERS + FOOT
    height += sum(TITLE + LINE * len(each.bars[:MOST]) for each in sections)
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor="white")
    sheet = figure.add_axes((0, 0, 1, 1))
    sheet.set_xlim(0, WIDTH)
    sheet.set_ylim(height, 0)
    sheet.axis("off")
    _head(sheet, picture)
    y = HEAD + NUMBERS
    for section in sections:
        y = _section(sheet, section, y)
    content = io.BytesIO()
    FigureCanvasAgg(figure)
    figure.savefig(content, format="png", dpi=DPI)
    return content.getvalue()


def _head(sheet: Axes, picture: Picture) -> None:
    sheet.add_patch(Rectangle((0, 0), WIDTH, HEAD - 30, color=ACCENT, linewidth=0))
    sheet.add_patch(Rectangle((0, HEAD - 30), WIDTH, 8, color=RAY, linewidth=0))
    _write(sheet, EDGE, 82, picture.title, 42, "white", bold=True)
    _write(sheet, EDGE, 142, picture.when, 28, "#d5e2ef")
    room = (WIDTH - 2 * EDGE) / max(1, len(picture.numbers))
    for place, (what, number) in enumerate(picture.numbers):
        x = EDGE + place * room
        _write(sheet, x, HEAD + 40, number, 46, TEXT, bold=True)
        _write(sheet, x, HEAD + 92, what, 22, QUIET)


def _section(sheet: Axes, section: Section, y: int) -> int:
    _write(sheet, EDGE, y + 38, section.title, 26, QUIET, bold=True)
    y += TITLE
    bars = section.bars[:MOST]
    most = max(number for _, number in bars) or 1
    for name, number in bars:
        _write(sheet, LEFT - 24, y + 8, _cut(name), 26, TEXT, align="right")
        width = (WIDTH - EDGE - LEFT - 90) * number / most
        bar = Rectangle((LEFT, y + 8 - BAR / 2), width, BAR, color=LIGHT, linewidth=0)
        sheet.add_patch(bar)
        _write(sheet, LEFT + width + 16, y + 8, str(number), 26, TEXT, bold=True)
        y += LINE
    return y


def _write(
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
        words,
        fontsize=size * 72 / DPI,
        color=colour,
        weight="bold" if bold else "normal",
        ha=align,
        va="center",
        parse_math=False,
    )


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"

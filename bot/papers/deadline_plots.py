"""Drawing of deadlines; this loads a large library, so it is loaded to draw only."""

from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyBboxPatch, Rectangle

from bot.papers.canvas import ACCENT, PALE, QUIET, RAY, TEXT, WIDTH, band, blank, cut, png, write
from bot.papers.deadlines import Line, Month, Picture

EDGE = 56  # pixels
SHADE = "#eef2f6"
COLOURS = ("#1d4ed8", "#4d7c0f", "#eab308", "#dc2626", "#0d9488", "#7c3aed", "#c2410c", "#be185d")
PLAIN = "#9aa5b1"  # of what is of no pillar
HEAD, KEY, GAP, TITLE, LINE, SMALL, FOOT = 186, 50, 34, 74, 92, 52, 40
DAY, WORDS = EDGE, EDGE + 190  # where days and titles begin
LONGEST, ABOUT, NAME = 47, 54, 34  # characters


def overview(picture: Picture) -> bytes:
    key_lines = -(-len(picture.pillars) // 2)
    height = HEAD + KEY * key_lines + GAP + sum(map(_height, picture.months)) + FOOT
    figure, sheet = blank(height)
    _head(sheet, picture)
    y = HEAD + KEY * key_lines + GAP
    for month in picture.months:
        y = _month(sheet, month, y)
    return png(figure)


def _height(month: Month) -> int:
    small = bool(month.more) + (not month.lines)
    return TITLE + LINE * len(month.lines) + SMALL * small


def _head(sheet: Axes, picture: Picture) -> None:
    band(sheet, HEAD - 40)
    write(sheet, EDGE, 58, picture.title, 42, "white", bold=True)
    write(sheet, EDGE, 112, picture.when, 27, PALE)
    for place, name in enumerate(picture.pillars):
        x = EDGE + (place % 2) * (WIDTH - 2 * EDGE) / 2
        y = HEAD + 12 + KEY * (place // 2)
        sheet.add_patch(Circle((x + 12, y), 12, color=_colour(place), linewidth=0))
        write(sheet, x + 36, y, cut(name, NAME), 24, TEXT)


def _month(sheet: Axes, month: Month, y: int) -> int:
    sheet.add_patch(Rectangle((0, y), WIDTH, TITLE - 22, color=SHADE, linewidth=0))
    write(sheet, EDGE, y + (TITLE - 22) / 2, month.name, 28, ACCENT, bold=True)
    y += TITLE
    for line in month.lines:
        _line(sheet, line, y)
        y += LINE
    if words := month.more or ("" if month.lines else month.none):
        write(sheet, WORDS if month.lines else EDGE, y + 10, words, 25, QUIET)
        y += SMALL
    return y


def _line(sheet: Axes, line: Line, y: int) -> None:
    words = QUIET if line.expected else TEXT
    write(sheet, DAY, y + 14, line.day, 29, words, bold=not line.expected)
    for place, colour in enumerate(line.colours[:6] or (-1,)):
        _dot(sheet, DAY + 11 + 30 * place, y + 52, _colour(colour), pale=line.expected)
    if line.followed:
        bar = FancyBboxPatch((WORDS - 20, y - 4), 4, 66, boxstyle="round,pad=0", color=RAY)
        sheet.add_patch(bar)
    write(sheet, WORDS, y + 14, cut(line.title, LONGEST), 29, words)
    write(sheet, WORDS, y + 50, cut(line.about, ABOUT), 24, QUIET)


def _dot(sheet: Axes, x: float, y: float, colour: str, *, pale: bool) -> None:
    if pale:
        sheet.add_patch(Circle((x, y), 9, fill=False, edgecolor=colour, linewidth=2))
    else:
        sheet.add_patch(Circle((x, y), 11, color=colour, linewidth=0))


def _colour(place: int) -> str:
    return PLAIN if place < 0 else COLOURS[place % len(COLOURS)]

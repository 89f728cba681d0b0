"""Drawing of a year's plan; this loads a large library, so it is loaded to draw only."""

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from bot.papers.canvas import (
    ACCENT,
    LIGHT,
    PALE,
    QUIET,
    RAY,
    SHADE,
    TEXT,
    WIDTH,
    band,
    blank,
    cut,
    png,
    write,
)
from bot.papers.goals import Picture, Row

EDGE = 64  # pixels
HEAD, KEY, LINE, FOOT = 230, 64, 92, 40
BAR = 26
LONGEST = 44  # characters of a name
DONE, MET, AHEAD = ACCENT, "#4d7c0f", LIGHT


def overview(picture: Picture) -> bytes:
    figure, sheet = blank(HEAD + KEY + LINE * len(picture.rows) + FOOT)
    band(sheet, HEAD - 30)
    write(sheet, EDGE, 66, picture.title, 42, "white", bold=True)
    write(sheet, EDGE, 122, picture.when, 27, PALE)
    write(sheet, EDGE, 168, picture.met, 27, PALE)
    _key(sheet, picture)
    for place, row in enumerate(picture.rows):
        _row(sheet, row, HEAD + KEY + LINE * place)
    return png(figure)


def _key(sheet: Axes, picture: Picture) -> None:
    x = EDGE
    for words, colour in zip(picture.key, (DONE, AHEAD), strict=True):
        sheet.add_patch(Rectangle((x, HEAD + 10), 24, 24, color=colour, linewidth=0))
        write(sheet, x + 38, HEAD + 22, words, 24, QUIET)
        x += 300


def _row(sheet: Axes, row: Row, y: int) -> None:
    """The bar's whole length is what was wanted; what is more does not make it longer."""
    room = WIDTH - 2 * EDGE
    whole = max(row.wanted, 1)
    done = min(row.done, whole) / whole * room
    ahead = min(row.ahead, whole - min(row.done, whole)) / whole * room
    write(sheet, EDGE, y + 18, cut(row.name, LONGEST), 28, TEXT)
    count = f"{row.done} / {row.wanted}"
    is_met = row.done >= row.wanted
    write(
        sheet, WIDTH - EDGE, y + 18, count, 28, MET if is_met else TEXT, bold=True, align="right"
    )
    top = y + 40
    sheet.add_patch(Rectangle((EDGE, top), room, BAR, color=SHADE, linewidth=0))
    bar = Rectangle((EDGE, top), done, BAR, color=MET if is_met else DONE, linewidth=0)
    sheet.add_patch(bar)
    sheet.add_patch(Rectangle((EDGE + done, top), ahead, BAR, color=AHEAD, linewidth=0))
    if is_met and row.done > row.wanted:
        edge = Rectangle((WIDTH - EDGE - 6, top), 6, BAR, color=RAY, linewidth=0)
        sheet.add_patch(edge)

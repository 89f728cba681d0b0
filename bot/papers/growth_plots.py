"""Drawing of how a pillar grows; this loads a large library, so it is loaded to draw only."""

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from bot.papers.canvas import (
    ACCENT,
    LIGHT,
    PALE,
    QUIET,
    RAY,
    RULE,
    TEXT,
    WIDTH,
    band,
    blank,
    cut,
    png,
    write,
)
from bot.papers.growth import Picture, Series

EDGE = 64  # pixels
HEAD, TITLE, HIGH, MONTHS, FOOT = 216, 110, 230, 70, 30
WIDEST = 160  # of a column, with the room beside it
MANY = 10_000  # from which on numbers are written small
GAP = 0.28  # of the room of a column stays free
LONGEST = 36  # characters of a name


def overview(picture: Picture) -> bytes:
    part = TITLE + HIGH + MONTHS
    figure, sheet = blank(HEAD + part * len(picture.series) + FOOT)
    band(sheet, HEAD - 30)
    write(sheet, EDGE, 82, cut(picture.title, LONGEST), 42, "white", bold=True)
    write(sheet, EDGE, 142, picture.when, 28, PALE)
    for place, series in enumerate(picture.series):
        _columns(sheet, picture, series, HEAD + part * place)
    return png(figure)


def _columns(sheet: Axes, picture: Picture, series: Series, top: int) -> None:
    """The last one, which is today, in a colour of its own."""
    write(sheet, EDGE, top + 38, series.title, 26, QUIET, bold=True)
    ground = top + TITLE + HIGH
    room = min(WIDEST, (WIDTH - 2 * EDGE) / max(1, len(picture.months)))
    most = max(series.numbers, default=0) or 1
    size = 26 if most < MANY else 19
    last = len(picture.months) - 1
    for place, (month, number) in enumerate(zip(picture.months, series.numbers, strict=True)):
        x, high = EDGE + place * room, HIGH * number / most
        colour = RAY if place == last else LIGHT
        bar = Rectangle(
            (x + room * GAP / 2, ground - high), room * (1 - GAP), high, color=colour, linewidth=0
        )
        sheet.add_patch(bar)
        middle = x + room / 2
        write(
            sheet, middle, ground - high - 22, str(number), size, TEXT, bold=True, align="center"
        )
        colour = ACCENT if place == last else QUIET
        write(sheet, middle, ground + 30, month, 21, colour, align="center")
    sheet.add_patch(Rectangle((EDGE, ground), WIDTH - 2 * EDGE, 2, color=RULE, linewidth=0))

"""Drawing of the equipment's numbers; this loads a large library, so it is loaded to draw only."""

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from bot.papers.canvas import LIGHT, PALE, QUIET, TEXT, WIDTH, band, blank, cut, png, write
from bot.papers.equipment import Picture, Section

EDGE = 64  # pixels
HEAD, NUMBERS, TITLE, LINE, FOOT = 216, 150, 92, 56, 40
BAR = 28
MOST = 8  # bars of a section
LEFT = 430  # where bars begin
LONGEST = 24  # characters of a name


def overview(picture: Picture) -> bytes:
    sections = [each for each in picture.sections if each.bars]
    height = HEAD + NUMBERS + FOOT
    height += sum(TITLE + LINE * len(each.bars[:MOST]) for each in sections)
    figure, sheet = blank(height)
    _head(sheet, picture)
    y = HEAD + NUMBERS
    for section in sections:
        y = _section(sheet, section, y)
    return png(figure)


def _head(sheet: Axes, picture: Picture) -> None:
    band(sheet, HEAD - 30)
    write(sheet, EDGE, 82, picture.title, 42, "white", bold=True)
    write(sheet, EDGE, 142, picture.when, 28, PALE)
    room = (WIDTH - 2 * EDGE) / max(1, len(picture.numbers))
    for place, (what, number) in enumerate(picture.numbers):
        x = EDGE + place * room
        write(sheet, x, HEAD + 40, number, 46, TEXT, bold=True)
        write(sheet, x, HEAD + 92, what, 22, QUIET)


def _section(sheet: Axes, section: Section, y: int) -> int:
    write(sheet, EDGE, y + 38, section.title, 26, QUIET, bold=True)
    y += TITLE
    bars = section.bars[:MOST]
    most = max(number for _, number in bars) or 1
    for name, number in bars:
        write(sheet, LEFT - 24, y + 8, cut(name, LONGEST), 26, TEXT, align="right")
        width = (WIDTH - EDGE - LEFT - 90) * number / most
        bar = Rectangle((LEFT, y + 8 - BAR / 2), width, BAR, color=LIGHT, linewidth=0)
        sheet.add_patch(bar)
        write(sheet, LEFT + width + 16, y + 8, str(number), 26, TEXT, bold=True)
        y += LINE
    return y

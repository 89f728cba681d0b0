"""Drawing of pictures: this loads a large library, so only whoever draws does it."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from bot.papers.canvas import (
    ACCENT,
    LIGHT,
    PALE,
    QUIET,
    RAY,
    RULE,
    SHADE,
    TEXT,
    WIDTH,
    band,
    blank,
    cut,
    png,
    write,
)
from bot.papers.pictures import Picture

EDGE = 64  # pixels
HEAD, SECTION, PART, ORGANISATION, CURVE, FOOT = 216, 92, 112, 62, 330, 40
BAR, THIN = 34, 26
LONGEST = 44  # characters of a name


def overview(picture: Picture) -> bytes:
    """A PNG, 1 080 pixels wide and as high as it needs to be."""
    height = _height(picture)
    figure, sheet = blank(height)
    y = _head(sheet, picture)
    y = _parts(sheet, picture, y)
    if len(picture.arrivals) > 1:
        y = _arrivals(figure, sheet, picture, y, height)
    if picture.organisations:
        _organisations(sheet, picture, y)
    return png(figure)


def _height(picture: Picture) -> int:
    height = HEAD + SECTION + PART * len(picture.parts) + FOOT
    if len(picture.arrivals) > 1:
        height += SECTION + CURVE
    if picture.organisations:
        height += SECTION + ORGANISATION * len(picture.organisations)
    return height


def _head(sheet: Axes, picture: Picture) -> int:
    band(sheet, HEAD - 30)
    size = 46 if len(picture.title) <= 30 else 34
    write(sheet, EDGE, 82, cut(picture.title, 50), size, "white", bold=True)
    write(sheet, EDGE, 142, picture.when, 28, PALE)
    return HEAD


def _parts(sheet: Axes, picture: Picture, y: int) -> int:
    y = _section(sheet, picture.words.seats, y)
    for part in picture.parts:
        write(sheet, EDGE, y + 18, cut(part.name, LONGEST), 30, TEXT)
        count = f"{part.count}  {part.waiting}" if part.waiting else part.count
        write(sheet, WIDTH - EDGE, y + 18, count, 30, TEXT, bold=True, align="right")
        share = min(1.0, part.seated / part.capacity)
        _bar(sheet, EDGE, y + 44, WIDTH - 2 * EDGE, BAR, SHADE)
        _bar(sheet, EDGE, y + 44, (WIDTH - 2 * EDGE) * share, BAR, RAY if share == 1 else ACCENT)
        y += PART
    return y


def _arrivals(figure: Figure, sheet: Axes, picture: Picture, y: int, height: int) -> int:
    y = _section(sheet, picture.words.arrivals, y)
    high = CURVE - 100
    box = (EDGE / WIDTH, 1 - (y + high + 4) / height, 1 - 2 * EDGE / WIDTH, high / height)
    curve = figure.add_axes(box, facecolor="none")
    days = [day.toordinal() for day, _ in picture.arrivals]
    people = [number for _, number in picture.arrivals]
    curve.fill_between(days, people, step="post", color=ACCENT, alpha=0.14, linewidth=0)
    curve.step(days, people, where="post", color=ACCENT, linewidth=2.6, solid_capstyle="round")
    curve.plot([days[-1]], [people[-1]], "o", color=RAY, markersize=9, clip_on=False, zorder=5)
    curve.set_xlim(days[0], days[-1])
    curve.set_ylim(0, max(people) * 1.18)
    curve.set_xticks([])
    curve.set_yticks([])
    for side in ("top", "left", "right"):
        curve.spines[side].set_visible(False)
    curve.spines["bottom"].set(color=RULE, linewidth=1.5)
    top = y + high * (1 - people[-1] / (max(people) * 1.18))
    write(sheet, WIDTH - EDGE - 24, top - 26, str(people[-1]), 34, TEXT, bold=True, align="right")
    write(sheet, EDGE, y + high + 34, picture.first_day, 24, QUIET)
    write(sheet, WIDTH - EDGE, y + high + 34, picture.last_day, 24, QUIET, align="right")
    return y + CURVE


def _organisations(sheet: Axes, picture: Picture, y: int) -> None:
    y = _section(sheet, picture.words.organisations, y)
    most = max(number for _, number in picture.organisations)
    left, room = 440, WIDTH - EDGE - 440 - 80
    for name, number in picture.organisations:
        write(sheet, left - 24, y + 16, cut(name, 22), 27, TEXT, align="right")
        width = room * number / most
        _bar(sheet, left, y + 16 - THIN / 2, width, THIN, LIGHT)
        write(sheet, left + width + 18, y + 16, str(number), 27, TEXT, bold=True)
        y += ORGANISATION


def _section(sheet: Axes, words: str, y: int) -> int:
    write(sheet, EDGE, y + 38, words, 26, QUIET, bold=True)
    return y + SECTION


def _bar(sheet: Axes, x: float, y: float, width: float, height: float, colour: str) -> None:
    """With round ends; what is too short for them is a dot, and nothing is nothing."""
    if width <= 0:
        return
    ends = f"round,pad=0,rounding_size={height / 2}"
    width = max(width, height)
    bar = FancyBboxPatch((x, y), width, height, boxstyle=ends, color=colour, linewidth=0)
    sheet.add_patch(bar)

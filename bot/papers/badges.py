"""Badges: 24 on an A4 page of labels (three times eight, 70 × 37 mm), each with its ticket."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno

from bot.papers.sheet import ACCENT, QUIET, RULE, SANS, TEXT, Imprint, Ink, Sheet

COLUMNS, ROWS = 3, 8
WIDTH, HEIGHT, TOP = 70.0, 37.0, 0.5
STRIP, CODE, INSET = 4.0, 18.5, 4.0
NAMES = (17.0, 15.0, 13.0, 11.5, 10.0, 8.5, 7.0)
OF_PILLARS: tuple[Ink, ...] = (
    (200, 60, 60),
    (21, 110, 180),
    (40, 140, 90),
    (242, 169, 0),
    (120, 80, 170),
    (0, 150, 160),
    (220, 110, 40),
    (110, 120, 135),
)


@dataclass(frozen=True, slots=True)
class Badge:
    """`pillars` are the numbers, from 0, of the colours; `code` is what the QR code says."""

    name: str
    organisation: str
    pillars: tuple[int, ...]
    code: str


def pdf(imprint: Imprint, badges: Sequence[Badge]) -> bytes:
    sheet = Sheet(imprint, numbered=False)
    sheet.set_margin(0)
    for number, badge in enumerate(badges):
        row, column = divmod(number % (COLUMNS * ROWS), COLUMNS)
        if not row and not column:
            sheet.add_page()
        _badge(sheet, imprint, badge, column * WIDTH, TOP + row * HEIGHT)
    return sheet.printed()


def _badge(sheet: Sheet, imprint: Imprint, badge: Badge, x: float, y: float) -> None:
    _corners(sheet, x, y)
    _strip(sheet, badge, x, y)
    left, width = x + STRIP + INSET, WIDTH - STRIP - 2 * INSET
    beside = width - (CODE + 2 if badge.code else 0)
    sheet.ink(SANS, "B", NAMES[0], TEXT)
    name = sheet.fitted(badge.name, beside, _lines(badge.name), NAMES)
    top = y + 6
    for line in name.lines:
        sheet.say(left, top, beside, line)
        top += name.size * 0.42
    sheet.ink(SANS, "", 8.5, ACCENT)
    organisation = sheet.fitted(badge.organisation, beside, 3, (8.5, 7.5, 6.5, 5.5))
    top = max(top + 1.2, y + 14)
    for line in organisation.lines:
        sheet.say(left, top, beside, line)
        top += organisation.size * 0.42
    sheet.ink(SANS, "", 5.5, QUIET)
    head = sheet.fitted(f"{imprint.cluster} · {imprint.title}", width, 1, (5.5,))
    sheet.say(left, y + HEIGHT - 5, width, head.lines[0])
    if badge.code:
        picture = _picture(badge.code)
        sheet.image(picture, x + WIDTH - INSET - CODE, y + 6, CODE, CODE, alt_text=badge.name)


def _lines(name: str) -> int:
    return 2 if len(name) < 26 else 3


def _corners(sheet: Sheet, x: float, y: float) -> None:
    """Where to cut, when it is not printed on labels."""
    sheet.set_draw_color(*RULE)
    sheet.set_line_width(0.1)
    for across in (x, x + WIDTH):
        for down in (y, y + HEIGHT):
            sheet.line(across - 1.5, down, across + 1.5, down)
            sheet.line(across, down - 1.5, across, down + 1.5)


def _strip(sheet: Sheet, badge: Badge, x: float, y: float) -> None:
    """The colours of the pillars in which the organisation stands, each with its share."""
    inks = [OF_PILLARS[number % len(OF_PILLARS)] for number in badge.pillars] or [RULE]
    height = (HEIGHT - 8) / len(inks)
    for number, ink in enumerate(inks):
        sheet.block(x + INSET, y + 4 + number * height, STRIP - 1.5, height, ink)


def _picture(code: str) -> io.BytesIO:
    picture = io.BytesIO()
    segno.make(code, error="m", micro=False).save(picture, kind="png", scale=6, border=0)
    picture.seek(0)
    return picture

"""A certificate of attendance: one page to be kept, in the language of whoever was there."""

from dataclasses import dataclass

from bot.papers.sheet import (
    ACCENT,
    POINT,
    QUIET,
    RAY,
    SANS,
    SERIF,
    TEXT,
    Imprint,
    Sheet,
)

EDGE = 9.0
COLUMN = 190.0  # of the parts, in the middle of the page


@dataclass(frozen=True, slots=True)
class Attended:
    name: str  # empty where the event has one part only
    when: str
    hours: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """Words and facts in the reader's language."""

    imprint: Imprint
    heading: str
    person: str
    organisation: str
    says: str  # that the person named above took part in what is named below
    place: str
    parts: tuple[Attended, ...]
    total: str
    number: str
    issued: str
    organiser: str


def pdf(certificate: Certificate) -> bytes:
    return _Printed(certificate).whole()


class _Printed(Sheet):
    def __init__(self, certificate: Certificate) -> None:
        super().__init__(
            certificate.imprint, side="landscape", faces=(SANS, SERIF), numbered=False
        )
        self._certificate = certificate

    def whole(self) -> bytes:
        self.add_page()
        self._frame()
        air = max(0, 7 - len(self._certificate.parts))  # few parts leave room for the rest
        self.set_text_color(*QUIET)
        self._centred(23 + air * 0.5, self._certificate.imprint.cluster.upper(), SANS, 10, 1)
        self.set_text_color(*ACCENT)
        y = self._centred(32 + air * 0.8, self._certificate.heading, SERIF, 32, 1)
        self.block(self.w / 2 - 14, y + 3, 28, 1.1, RAY)
        y = self._person(y + 10 + air * 0.9)
        y = self._event(y + 4 + air * 0.7)
        self._parts(y + 4 + air * 0.8)
        self._foot()
        return self.printed()

    def _frame(self) -> None:
        self.set_draw_color(*ACCENT)
        for inset, width in ((EDGE, 0.9), (EDGE + 2, 0.2)):
            self.set_line_width(width)
            self.rect(inset, inset, self.w - 2 * inset, self.h - 2 * inset)
        self.block(EDGE - 0.45, EDGE - 0.45, 34, 2.9, RAY)

    def _person(self, y: float) -> float:
        who = self._certificate
        self.set_text_color(*TEXT)
        y = self._centred(y, who.person, SERIF, 27, 2 if len(who.person) > 48 else 1, bold=True)
        if who.organisation:
            self.set_text_color(*QUIET)
            y = self._centred(y + 2, who.organisation, SANS, 11, 1)
        return y

    def _event(self, y: float) -> float:
        what = self._certificate
        self.set_text_color(*QUIET)
        y = self._centred(y, what.says, SANS, 10.5, 1)
        self.set_text_color(*TEXT)
        y = self._centred(y + 3, what.imprint.title, SERIF, 19, 2, bold=True)
        self.set_text_color(*QUIET)
        return self._centred(y + 2, what.place, SANS, 10.5, 1)

    def _parts(self, y: float) -> None:
        rows = self._certificate.parts
        x, step = (self.w - COLUMN) / 2, min(7.0, 46.0 / (len(rows) + 1))
        size = min(9.5, step / POINT * 0.62)
        self.rule(x, y, COLUMN)
        for row in rows:
            self.ink(SANS, "B", size, TEXT)
            name = self.fitted(row.name, 76, 1, (size, size - 1, size - 2, size - 3))
            self.stand(x + 2, y, 76, step, name)
            self.ink(SANS, "", size, TEXT)
            when = self.fitted(row.when, 88, 1, (size, size - 1.5))
            self.stand(x + (80 if row.name else 2), y, 88, step, when)
            self._right(x, y, step, row.hours)
            y += step
            self.rule(x, y, COLUMN)
        self.ink(SANS, "B", size, ACCENT)
        self._right(x, y, step, self._certificate.total)

    def _right(self, x: float, y: float, step: float, text: str) -> None:
        self.set_xy(x, y)
        self.cell(COLUMN - 2, step, text, align="R")

    def _foot(self) -> None:
        what, y, x = self._certificate, self.h - 30, EDGE + 16
        width = (self.w - 2 * x) / 2 - 10
        self.ink(SANS, "", 8.5, QUIET)
        self.say(x, y + 2, width, what.issued)
        self.say(x, y + 6.5, width, what.number)
        right = self.w - x - width
        self.rule(right + width - 72, y, 72, TEXT)
        organiser = self.fitted(what.organiser, width, 1, (8.5, 7))
        self.say(right, y + 2, width, organiser.lines[0], align="R")

    def _centred(
        self, y: float, text: str, family: str, size: float, lines: int, *, bold: bool = False
    ) -> float:
        """Where it ends."""
        self.set_font(family, "B" if bold else "", size)
        width = self.w - 2 * (EDGE + 14)
        sizes = [size * share for share in (1, 0.85, 0.7, 0.58, 0.45)]
        fitted = self.fitted(text, width, lines, sizes)
        step = fitted.size * POINT * 1.25
        self.set_font_size(fitted.size)
        for line in fitted.lines:
            self.set_xy(EDGE + 14, y)
            self.cell(width, step, line, align="C")
            y += step
        return y

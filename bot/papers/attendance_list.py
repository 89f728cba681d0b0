"""The attendance list: who was at which part, how we know it, and room for a signature."""

from dataclasses import dataclass

from bot.papers.sheet import (
    ACCENT,
    MARGIN,
    QUIET,
    RAY,
    RULE,
    SANS,
    SHADE,
    TEXT,
    WHITE,
    Imprint,
    Sheet,
)

WIDTHS = (9.0, 49.0, 55.0, 15.0, 20.0, 32.0)
ROW, HEAD = 8.6, 7.0
SIZES = (8.5, 7.5, 6.5, 5.8)
INSET = 1.5
BOTTOM = MARGIN + 4
CLOSING = 13.0  # room for the organiser's signature


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    organisation: str
    arrived: str
    verified: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the event."""

    name: str
    about: str
    summary: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class AttendanceList:
    """Words and facts in the reader's language; `columns` are those of `WIDTHS`."""

    imprint: Imprint
    heading: str
    about: tuple[tuple[str, str], ...]
    columns: tuple[str, str, str, str, str, str]
    sections: tuple[Section, ...]
    nobody: str
    signed_by: str
    signed_on: str


def pdf(sheet: AttendanceList) -> bytes:
    return _Printed(sheet).whole()


class _Printed(Sheet):
    def __init__(self, listed: AttendanceList) -> None:
        super().__init__(listed.imprint)
        self._listed, self._section = listed, listed.sections[0]

    def whole(self) -> bytes:
        self.add_page()
        for section in self._listed.sections:
            self._section = section
            self._make_room(26 + ROW)
            self._part()
            for number, row in enumerate(section.rows, 1):
                if self._make_room(ROW):
                    self._table_head()
                self._row(number, row)
            if not section.rows:
                self._nobody()
            self.set_y(self.get_y() + 7)
        self._make_room(CLOSING)
        self._closing()
        return self.printed()

    def header(self) -> None:
        if self.page_no() == 1:
            self._title()
        else:
            self.ink(SANS, "", 7.5, QUIET)
            title = self.fitted(f"{self._listed.heading}: {self._title_text}", self.epw, 1, (7.5,))
            self.say(MARGIN, MARGIN - 4, self.epw, title.lines[0])
            self.rule(MARGIN, MARGIN + 0.8, self.epw)
            self.set_y(MARGIN + 3)

    @property
    def _title_text(self) -> str:
        return self._listed.imprint.title

    def _title(self) -> None:
        self.block(MARGIN, MARGIN, 22, 1.4, RAY)
        self.ink(SANS, "B", 9, ACCENT)
        self.say(MARGIN, MARGIN + 4, self.epw, self._listed.heading.upper())
        self.ink(SANS, "B", 17, TEXT)
        title = self.fitted(self._title_text, self.epw, 3, (17, 14, 12))
        y = MARGIN + 9
        for line in title.lines:
            self.say(MARGIN, y, self.epw, line)
            y += title.size * 0.46
        y += 2.5
        for label, value in self._listed.about:
            y = self._fact(y, label, value)
        self.set_y(y + 5)

    def _fact(self, y: float, label: str, value: str) -> float:
        self.ink(SANS, "", 8.5, QUIET)
        self.say(MARGIN, y, 30, label)
        self.ink(SANS, "", 8.5, TEXT)
        text = self.fitted(value, self.epw - 30, 3, (8.5, 7.5))
        for line in text.lines:
            self.say(MARGIN + 30, y, self.epw - 30, line)
            y += 4.6
        return y

    def _part(self) -> None:
        section, y = self._section, self.get_y()
        if section.name:
            self.ink(SANS, "B", 11, ACCENT)
            name = self.fitted(section.name, self.epw, 1, (11, 9.5, 8))
            self.say(MARGIN, y, self.epw, name.lines[0])
            y += 5.6
        self.ink(SANS, "", 8.5, TEXT)
        about = self.fitted(section.about, self.epw - 62, 2, (8.5, 7.5))
        for number, line in enumerate(about.lines):
            self.say(MARGIN, y + number * 4.2, self.epw, line)
        self.ink(SANS, "", 8.5, QUIET)
        self.say(MARGIN, y, self.epw, section.summary, align="R")
        self.set_y(y + 4.2 * len(about.lines) + 2.4)
        self._table_head()

    def _table_head(self) -> None:
        x, y = MARGIN, self.get_y()
        self.block(x, y, self.epw, HEAD, ACCENT)
        self.ink(SANS, "B", 7.5, WHITE)
        for title, width in zip(self._listed.columns, WIDTHS, strict=True):
            text = self.fitted(title, width - 2 * INSET, 1, (7.5, 6.8, 6))
            self.stand(x + INSET, y, width, HEAD, text)
            x += width
        self.set_y(y + HEAD)

    def _row(self, number: int, row: Row) -> None:
        x, y = MARGIN, self.get_y()
        if number % 2 == 0:
            self.block(x, y, self.epw - WIDTHS[-1], ROW, SHADE)
        cells = (str(number), row.name, row.organisation, row.arrived, row.verified)
        for cell, width in zip(cells, WIDTHS, strict=False):
            self.ink(SANS, "", SIZES[0], QUIET if cell is cells[0] else TEXT)
            if cell:
                text = self.fitted(cell, width - 2 * INSET, 2, SIZES)
                self.stand(x + INSET, y, width, ROW, text)
            x += width
        self.rule(MARGIN, y + ROW, self.epw)
        self.set_draw_color(*RULE)
        self.line(x, y, x, y + ROW)
        self.set_y(y + ROW)

    def _nobody(self) -> None:
        y = self.get_y()
        self.ink(SANS, "I", SIZES[0], QUIET)
        self.say(MARGIN + INSET, y + 2.4, self.epw, self._listed.nobody)
        self.rule(MARGIN, y + ROW, self.epw)
        self.set_y(y + ROW)

    def _closing(self) -> None:
        y, half = self.get_y() + 6, self.epw / 2
        self.ink(SANS, "", 8, QUIET)
        for x, words in (
            (MARGIN, self._listed.signed_by),
            (MARGIN + half, self._listed.signed_on),
        ):
            self.rule(x, y, half - 12, TEXT)
            self.say(x, y + 1.2, half - 12, words)

    def _make_room(self, height: float) -> bool:
        """Whether a new page was begun for it."""
        if self.get_y() + height <= self.h - BOTTOM:
            return False
        self.add_page()
        return True

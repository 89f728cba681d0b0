"""The paper that our documents are printed on: its fonts, inks, running head and page numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from fpdf import FPDF
from fpdf.fonts import TTFFont

Ink = tuple[int, int, int]
Side = Literal["portrait", "landscape"]
TEXT: Ink = (31, 41, 55)
QUIET: Ink = (100, 110, 124)
RULE: Ink = (205, 211, 219)
SHADE: Ink = (241, 244, 248)
ACCENT: Ink = (21, 73, 122)
RAY: Ink = (242, 169, 0)
WHITE: Ink = (255, 255, 255)
SANS, SERIF = "Sans", "Serif"
FACES = {
    (SANS, ""): "DejaVuSans",
    (SANS, "B"): "DejaVuSans-Bold",
    (SANS, "I"): "DejaVuSans-Oblique",
    (SERIF, ""): "DejaVuSerif",
    (SERIF, "B"): "DejaVuSerif-Bold",
    (SERIF, "I"): "DejaVuSerif-Italic",
}
MARGIN = 15.0  # millimetres, as all measures here; sizes of letters are in points
POINT = 0.3528  # millimetres
HYPHEN = re.compile(r"(?<=-)")  # behind one, a word may be broken


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on every page; `page` has the places {page} and {pages}."""

    title: str
    cluster: str
    language: str
    page: str
    at: datetime  # kept in the file as when it was made, so that the same facts make the same file


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text that was made to fit: the size of its letters, and its lines."""

    size: float
    lines: tuple[str, ...]


@cache
def fonts() -> Path:
    """The fonts that come with matplotlib, found without loading it."""
    found = find_spec("matplotlib")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"


class Sheet(FPDF):
    """A document of A4 pages."""

    def __init__(
        self,
        imprint: Imprint,
        *,
        side: Side = "portrait",
        faces: Sequence[str] = (SANS,),
        numbered: bool = True,
    ) -> None:
        super().__init__(orientation=side, unit="mm", format="A4")
        self._imprint, self._numbered = imprint, numbered
        self.set_margin(MARGIN)
        self.set_auto_page_break(False)
        self.c_margin = 0
        for (family, style), name in FACES.items():
            if family in faces:
                self.add_font(family, style, fonts() / f"{name}.ttf")
        self.set_title(imprint.title)
        self.set_author(imprint.cluster)
        self.set_lang(imprint.language)
        self.set_creation_date(imprint.at)
        self.set_producer("Paprsek")

    def printed(self) -> bytes:
        """The whole document; nothing can be added to it any more."""
        document = bytes(self.output())
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.close()
        return document

    def footer(self) -> None:
        if not self._numbered:
            return
        self.set_y(self.h - MARGIN + 3)
        self.ink(SANS, "", 7.5, QUIET)
        self.cell(self.epw / 2, 4, self._imprint.cluster)
        page, pages = self.page_no(), str(self.str_alias_nb_pages)
        guess = self._imprint.page.format(page=page, pages=max(page, 10))
        self.set_x(self.w - MARGIN - self.get_string_width(guess))
        self.cell(0, 4, self._imprint.page.format(page=page, pages=pages))

    def ink(self, family: str, style: Literal["", "B", "I"], size: float, colour: Ink) -> None:
        self.set_font(family, style, size)
        self.set_text_color(*colour)

    def block(self, x: float, y: float, w: float, h: float, colour: Ink) -> None:
        self.set_fill_color(*colour)
        self.rect(x, y, w, h, style="F")

    def rule(self, x: float, y: float, w: float, colour: Ink = RULE, width: float = 0.2) -> None:
        self.set_draw_color(*colour)
        self.set_line_width(width)
        self.line(x, y, x + w, y)

    def say(
        self, x: float, y: float, w: float, text: str, align: Literal["L", "C", "R"] = "L"
    ) -> None:
        """A line of text whose top is at `y`."""
        self.set_xy(x, y)
        self.cell(w, self.font_size_pt * POINT * 1.25, text, align=align)

    def fitted(self, text: str, width: float, lines: int, sizes: Sequence[float]) -> Fitted:
        """In the largest of `sizes` in which it fits; cut off where even the last is too large."""
        for size in sizes:
            self.set_font_size(size)
            broken = self._broken(text, width)
            if len(broken) <= lines:
                return Fitted(size, tuple(broken))
        kept, rest = broken[: lines - 1], " ".join(broken[lines - 1 :])
        return Fitted(sizes[-1], (*kept, self._cut(rest, width)))

    def stand(self, x: float, y: float, w: float, h: float, text: Fitted) -> None:
        """Lines in the middle of a cell of a table."""
        self.set_font_size(text.size)
        step = text.size * POINT * 1.2
        top = y + (h - step * len(text.lines)) / 2
        for number, line in enumerate(text.lines):
            self.set_xy(x, top + number * step)
            self.cell(w, step, line)

    def _broken(self, text: str, width: float) -> list[str]:
        if self.get_string_width(text) <= width:
            return [text]
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if self.get_string_width(longer) <= width:
                lines[-1] = longer
                continue
            *whole, rest = self._pieces(word, width)
            lines += [*whole, rest]
        return [line for line in lines if line]

    def _pieces(self, word: str, width: float) -> list[str]:
        """A word that is longer than a line, in parts that are not."""
        pieces = [""]
        for half in HYPHEN.split(word):
            signs = [half] if self.get_string_width(half) <= width else list(half)
            for sign in signs:
                if pieces[-1] and self.get_string_width(pieces[-1] + sign) > width:
                    pieces.append("")
                pieces[-1] += sign
        return pieces

    def _cut(self, text: str, width: float) -> str:
        while text and self.get_string_width(f"{text}…") > width:
            text = text[:-1]
        return f"{text.rstrip()}…"

"""A picture for a phone's screen: lines of text that fit, and a code that a camera reads."""

import io
from collections.abc import Sequence
from functools import cache

import segno
from PIL import Image, ImageDraw, ImageFont

from bot.papers.sheet import ACCENT, QUIET, RAY, RULE, TEXT, WHITE, Ink, fonts

WIDTH = 1080  # pixels
EDGE = 90
SMALLEST = 26
QUIET_ZONE = 4  # modules of white around a code, as its standard asks for
NOBODYS = "\U0010ffff"  # a sign that no font has
PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"

__all__ = ["ACCENT", "BOLD", "QUIET", "RAY", "Picture"]


class Picture:
    """Filled from the top; as high as what was put on it."""

    def __init__(self) -> None:
        self._image = Image.new("RGB", (WIDTH, 3000), WHITE)
        self._pen = ImageDraw.Draw(self._image)
        self.y = 0

    def space(self, height: int) -> None:
        self.y += height

    def bar(self, height: int, colour: Ink) -> None:
        """From edge to edge."""
        self._pen.rectangle((0, self.y, WIDTH, self.y + height), fill=colour)
        self.y += height

    def rule(self) -> None:
        self._pen.line((EDGE, self.y, WIDTH - EDGE, self.y), fill=RULE, width=3)

    def text(
        self, words: str, size: int, colour: Ink = TEXT, face: str = PLAIN, lines: int = 2
    ) -> None:
        """In the middle; smaller where it would need more `lines`, cut where that does not do."""
        words = _drawable(words, face)
        if not words:
            return
        while True:
            font = _font(face, size)
            rows = _wrapped(words, font)
            if len(rows) <= lines or size <= SMALLEST:
                break
            size -= 2
        if len(rows) > lines:
            rows = [*rows[: lines - 1], f"{rows[lines - 1][:-1].rstrip()}…"]
        for row in rows:
            self._pen.text((WIDTH / 2, self.y), row, colour, font, anchor="ma")
            self.y += round(size * 1.3)

    def code(self, content: str, size: int) -> None:
        """A QR code of about `size` pixels; a module is so many whole ones, for sharp edges."""
        drawn = segno.make(content, error="m", micro=False)
        modules = drawn.symbol_size(border=QUIET_ZONE)[0]
        raw = io.BytesIO()
        drawn.save(raw, kind="png", scale=max(1, size // modules), border=QUIET_ZONE)
        with Image.open(raw) as code:
            self._image.paste(code.convert("RGB"), ((WIDTH - code.width) // 2, self.y))
            self.y += code.height

    def png(self) -> bytes:
        """In few colours: nobody can tell, and it is a third of the size."""
        whole = self._image.crop((0, 0, WIDTH, self.y))
        drawn = io.BytesIO()
        whole.quantize(32, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(drawn, "PNG")
        return drawn.getvalue()


@cache
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts() / f"{face}.ttf"), size)


def _drawable(words: str, face: str) -> str:
    """Without signs that the font does not have, such as emoji, which would be empty boxes."""
    return " ".join("".join(sign for sign in words if _is_drawn(sign, face)).split())


@cache
def _is_drawn(sign: str, face: str) -> bool:
    return sign == " " or _shape(sign, face) != _shape(NOBODYS, face)


def _shape(sign: str, face: str) -> bytes:
    return bytes(_font(face, SMALLEST).getmask(sign))


def _wrapped(words: str, font: ImageFont.FreeTypeFont) -> Sequence[str]:
    rows = [""]
    for word in words.split():
        longer = f"{rows[-1]} {word}".strip()
        if not rows[-1] or font.getlength(longer) <= WIDTH - 2 * EDGE:
            rows[-1] = longer
        else:
            rows.append(word)
    return [_cut(row, font) for row in rows]


def _cut(row: str, font: ImageFont.FreeTypeFont) -> str:
    """A single word may be too long for any line."""
    if font.getlength(row) <= WIDTH - 2 * EDGE:
        return row
    while row and font.getlength(f"{row}…") > WIDTH - 2 * EDGE:
        row = row[:-1]
    return f"{row}…"

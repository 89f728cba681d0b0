"""Formatted text as Telegram keeps it: plain text and entities counted in UTF-16 code units."""

from dataclasses import dataclass, replace
from typing import Any

Json = dict[str, Any]

# Where two entities begin and end together, the one with the smaller rank encloses the other.
RANKS = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "date_time": 95,
    "custom_emoji": 99,
}
AUTOMATIC_RANK = 50


class MarkupError(ValueError):
    """The text after "can't parse entities: "."""


@dataclass(frozen=True)
class Entity:
    """`extra` holds what the type needs: url, user, language, custom_emoji_id …"""

    type: str
    offset: int
    length: int
    extra: tuple[tuple[str, Any], ...] = ()

    @property
    def end(self) -> int:
        return self.offset + self.length

    @property
    def rank(self) -> int:
        return RANKS.get(self.type, AUTOMATIC_RANK)

    @property
    def order(self) -> tuple[int, int, int]:
        return self.offset, -self.length, self.rank

    @property
    def json(self) -> Json:
        place = {"offset": self.offset, "length": self.length}
        return {**place, "type": self.type, **dict(self.extra)}

    def moved(self, by: int) -> "Entity":
        return replace(self, offset=self.offset + by)

    def between(self, start: int, end: int) -> "Entity":
        return replace(self, offset=start, length=end - start)


def wide(text: str) -> str:
    """The text as UTF-16 code units, one character each, so that positions are offsets."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(units[index] | units[index + 1] << 8) for index in range(0, len(units), 2))


def narrow(units: str) -> str:
    """The way back from `wide`; a lone half of a pair raises UnicodeDecodeError."""
    if units.isascii():
        return units
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def byte_offset(text: str, position: int) -> int:
    return len(text[:position].encode("utf-8", "surrogatepass"))

"""Text whose entities keep to their words when something in it is replaced.

Places are counted in characters, while Telegram counts the offsets of entities in UTF-16 units.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Entities = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Edit:
    """Put `words` in the place of the characters from `start` to before `end`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Marked:
    text: str
    entities: Entities = ()

    def edited(self, edits: Sequence[Edit]) -> "Marked":
        """`edits` are in order and do not overlap. An entity of which nothing is left goes."""
        pieces, at = [], 0
        for edit in edits:
            pieces += [self.text[at : edit.start], edit.words]
            at = edit.end
        text = "".join([*pieces, self.text[at:]])
        moves = [_Move.of(self.text, edit) for edit in edits]
        moved = [_moved(entity, moves) for entity in self.entities]
        return Marked(text, [each for each in moved if each["length"] > 0])


@dataclass(frozen=True)
class _Move:
    """An edit in UTF-16 units: what stood from `start` to `end` is `length` long now."""

    start: int
    end: int
    length: int

    @classmethod
    def of(cls, text: str, edit: Edit) -> "_Move":
        start = units(text[: edit.start])
        return cls(start, start + units(text[edit.start : edit.end]), units(edit.words))


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def _moved(entity: dict[str, Any], moves: Iterable[_Move]) -> dict[str, Any]:
    begins, ends = entity["offset"], entity["offset"] + entity["length"]
    start, end = begins, ends
    for move in moves:
        grown = move.length - (move.end - move.start)
        start += _shift(begins, move, grown, move.start - begins)
        end += _shift(ends, move, grown, move.start + move.length - ends)
    return {**entity, "offset": start, "length": end - start}


def _shift(place: int, move: _Move, grown: int, inside: int) -> int:
    if place <= move.start:
        return 0
    return grown if place >= move.end else inside

"""How Telegram tidies formatted text: odd characters, outer space, entities that overlap.

Entities are of three sorts. Styles (bold, italic …) may be cut into pieces and merged; links and
code are whole and never overlap each other; quotes may hold both.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.sandbox.entities import Entity

Finder = Callable[[str], list[Entity]]

STYLES = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = ("blockquote", "expandable_blockquote")
CODE = ("pre", "code")
KEPT_WHEN_BLANK = (*CODE, "text_link", "text_mention")
REMOVED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
BLANK = " \n"
INVISIBLE = BLANK + "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u180e"


def tidied(units: str, entities: list[Entity], find: Finder) -> tuple[str, list[Entity]]:
    """The text as it arrives, with what `find` recognises in it; "" when nothing is left."""
    units, entities = _cleaned(units, entities)
    if not units.strip(INVISIBLE):
        return "", []
    entities = _without_blanks(units, arranged(entities))
    units, entities = _trimmed(units, entities)
    found = find(units)
    if not found and not entities:
        return units, []
    return units, _without_blanks(units, _joined(entities, found))


def _cleaned(units: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    units = CONTROL.sub(" ", units)
    removed = [match.start() for match in REMOVED.finditer(units)]
    if not removed:
        return units, entities

    def moved(place: int) -> int:
        return place - sum(gone < place for gone in removed)

    return REMOVED.sub("", units), [e.between(moved(e.offset), moved(e.end)) for e in entities]


def _trimmed(units: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    end = len(units.rstrip(BLANK))
    limit = min([end, *(entity.offset for entity in entities)])
    start = limit - len(units[:limit].lstrip(BLANK))
    kept = [one.between(one.offset, min(one.end, end)) for one in entities if one.offset < end]
    return units[start:end], [entity.moved(-start) for entity in kept] if start else kept


def arranged(entities: list[Entity]) -> list[Entity]:
    if not entities:
        return entities
    styles, quotes, wholes = _sorted_out(entities)
    quotes = _apart(quotes)
    wholes = [one for one in _apart(wholes) if not any(map(_crosses(one), quotes))]
    return _cut(styles, _in_order([*quotes, *wholes]))


def _joined(entities: list[Entity], found: list[Entity]) -> list[Entity]:
    """What the sender marked goes before what Telegram recognises by itself."""
    styles, quotes, wholes = _sorted_out(entities)
    fresh = [
        one
        for one in found
        if not any(map(_crosses(one), quotes)) and not any(map(_overlaps(one), wholes))
    ]
    return _cut(styles, _in_order([*quotes, *wholes, *fresh]))


def _sorted_out(entities: list[Entity]) -> tuple[list[Entity], list[Entity], list[Entity]]:
    styles = [one for one in entities if one.type in STYLES]
    quotes = [one for one in entities if one.type in QUOTES]
    others = [one for one in entities if one.type not in STYLES and one.type not in QUOTES]
    return styles, quotes, others


def _in_order(entities: Iterable[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: entity.order)


def _apart(entities: list[Entity]) -> list[Entity]:
    """The first of those that overlap."""
    kept: list[Entity] = []
    for entity in _in_order(entities):
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _crosses(one: Entity) -> Callable[[Entity], bool]:
    """Whether it overlaps a quote without lying inside it."""
    overlaps = _overlaps(one)
    return lambda quote: overlaps(quote) and (one.offset < quote.offset or one.end > quote.end)


def _overlaps(one: Entity) -> Callable[[Entity], bool]:
    return lambda other: one.offset < other.end and other.offset < one.end


def _cut(styles: list[Entity], wholes: list[Entity]) -> list[Entity]:
    """Styles merged with their like and cut wherever a whole, or another style, begins."""
    if not styles:
        return wholes
    edges = sorted({edge for one in wholes for edge in (one.offset, one.end)})
    pieces = _Pieces()
    for style in _in_order(styles):
        while edges and edges[0] <= style.offset:
            pieces.cut(edges.pop(0))
        pieces.add(style)
    for edge in edges:
        pieces.cut(edge)
    pieces.finish()
    code = [one for one in wholes if one.type in CODE]
    kept = [piece for piece in pieces.done if not any(map(_overlaps(piece), code))]
    return _in_order([*wholes, *kept])


class _Pieces:
    """Styles on their way through the text: those that have begun, and the pieces cut off."""

    def __init__(self) -> None:
        self.done: list[Entity] = []
        self._open: dict[str, Entity] = {}

    def add(self, style: Entity) -> None:
        begun = self._open.get(style.type)
        if begun and style.offset <= begun.end:
            self._open[style.type] = begun.between(begun.offset, max(begun.end, style.end))
            return
        self.cut(style.offset)
        self._open[style.type] = style

    def cut(self, place: int) -> None:
        for begun in list(self._open.values()):
            if begun.offset >= place:
                continue
            self.done.append(begun.between(begun.offset, min(begun.end, place)))
            if begun.end > place:
                self._open[begun.type] = begun.between(place, begun.end)
            else:
                del self._open[begun.type]

    def finish(self) -> None:
        self.done += self._open.values()


def _without_blanks(units: str, entities: list[Entity]) -> list[Entity]:
    """An entity begins with its first visible character; one that has none disappears."""
    kept: list[Entity] = []
    fixed: set[int] = set()
    for entity in reversed(entities):
        if entity.type in KEPT_WHEN_BLANK:
            fixed.add(entity.offset)
        elif entity.offset not in fixed:
            inner = units[entity.offset : entity.end]
            skipped = len(inner) - len(inner.lstrip(BLANK))
            entity = replace(entity, offset=entity.offset + skipped, length=len(inner) - skipped)
        if entity.length:
            kept.append(entity)
    return _in_order(kept)

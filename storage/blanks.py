"""Blanks in a content that many get, filled with what the row of each reader says.

A blank is a name between two marks that nobody types, and maybe, after a bar, the words to stand
in where nothing is known. Without such words it goes, together with the comma before it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from storage.marked_text import Edit, Marked

OPENS, CLOSES = "\ue000", "\ue001"
BLANK = re.compile(f"{OPENS}(\\w+)(?:\\|([^{CLOSES}]*))?{CLOSES}")
SLOTS = (("text", "entities"), ("caption", "caption_entities"))
VALUES = "blanks"  # of a row's own payload
NEVER_SEEN = str.maketrans("", "", "\u115f\u1160\u2800\u3164\uffa0")  # letters, but empty ones


def blank(name: str, instead: str = "") -> str:
    return f"{OPENS}{name}|{instead}{CLOSES}" if instead else f"{OPENS}{name}{CLOSES}"


def without_marks(text: str) -> str:
    """Of the same length, so that entities stay where they are."""
    return text.replace(OPENS, " ").replace(CLOSES, " ")


def names(payload: Mapping[str, Any]) -> frozenset[str]:
    """Which blanks a content has."""
    return frozenset(match[1] for text in _texts(payload) for match in BLANK.finditer(text))


def outlined(text: str) -> str:
    """With dots for what differs from reader to reader."""
    return BLANK.sub("…", text)


def merged(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A content as one reader gets it: what their row says itself comes first."""
    rest = {name: value for name, value in own.items() if name != VALUES}
    values: Mapping[str, str] | None = own.get(VALUES)
    ready = {**shared, **rest}
    return ready if values is None else filled(ready, values)


def filled(payload: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    ready = dict(payload)
    for slot, marks in SLOTS:
        if OPENS in ready.get(slot, ""):
            said = _fill(Marked(ready[slot], ready.get(marks, ())), values)
            ready |= {slot: said.text, marks: said.entities}
    match ready.get("media"):
        case list(items):
            ready["media"] = [filled(item, values) for item in items]
        case dict(item):
            ready["media"] = filled(item, values)
    return ready


def _texts(payload: Mapping[str, Any]) -> Iterator[str]:
    """Of an album, and of what takes the place of another file, those of the media."""
    for slot, _ in SLOTS:
        yield payload.get(slot, "")
    media = payload.get("media")
    for item in media if isinstance(media, list) else (media,):
        if isinstance(item, dict):
            yield from _texts(item)


def _fill(said: Marked, values: Mapping[str, str]) -> Marked:
    edits: list[Edit] = []
    for match in BLANK.finditer(said.text):
        words = _clean(values.get(match[1], "")) or match[2]
        edits.append(
            Edit(*match.span(), words) if words else _gap(said.text, *match.span(), edits)
        )
    return said.edited(edits)


def _clean(value: str) -> str:
    """What people call themselves, without characters that would upset the words around it."""
    plain = "".join(each if each.isprintable() else " " for each in value.translate(NEVER_SEEN))
    return " ".join(plain.split())


def _gap(text: str, start: int, end: int, before: list[Edit]) -> Edit:
    """A blank taken out with its comma: „Dobrý den, …!“ turns to „Dobrý den!“."""
    earliest = before[-1].end if before else 0
    lead = re.search(r"[ \t]*,?[ \t]*\Z", text[earliest:start])
    assert lead is not None
    opening = earliest + lead.start()
    if opening and text[opening - 1] != "\n":
        return Edit(opening, end, "")
    rest = re.match(r"[ \t]*,?[ \t]*([^\W\d_]?)", text[end:])
    assert rest is not None
    return Edit(opening, end + rest.end(), rest[1].upper())

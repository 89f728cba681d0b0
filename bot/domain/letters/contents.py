"""What a letter says, as a request to the Bot API, and a head over it that tells whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from storage.marked_text import units

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024  # characters
CAPTIONED = ("Photo", "Animation", "Video", "Audio", "Voice", "Document")


@dataclass(frozen=True)
class Content:
    method: str
    payload: dict[str, Any]

    @property
    def words(self) -> str:
        """Empty for a file without a caption."""
        return str(self.payload.get("text") or self.payload.get("caption") or "")

    @property
    def is_file(self) -> bool:
        return self.method != "sendMessage"


def headed(head: str, content: Content) -> Sequence[Content]:
    """With `head` in bold above it; in a message of its own where both do not fit into one."""
    name, limit = _slot(content.method)
    if name and units(content.words) + units(head) + 2 <= limit:
        return (_joined(head, content, name),)
    alone = Content("sendMessage", {"text": head, "entities": [_bold(head)]})
    return (alone, content)


def _slot(method: str) -> tuple[str, int]:
    """Where the words of such a message stand, and how many there can be."""
    if method == "sendMessage":
        return "text", TEXT_LIMIT
    if method.removeprefix("send") in CAPTIONED:
        return "caption", CAPTION_LIMIT
    return "", 0


def _joined(head: str, content: Content, name: str) -> Content:
    marks = "entities" if name == "text" else "caption_entities"
    above = f"{head}\n\n" if content.words else head
    moved = [
        {**entity, "offset": entity["offset"] + units(above)}
        for entity in content.payload.get(marks, ())
    ]
    said = {name: f"{above}{content.words}", marks: [_bold(head), *moved]}
    return Content(content.method, {**content.payload, **said})


def _bold(head: str) -> dict[str, Any]:
    return {"type": "bold", "offset": 0, "length": units(head)}

"""Phone numbers in a text, which Telegram's servers find where its clients do not."""

import re

from bot.sandbox.entities import Entity
from bot.sandbox.finder import found_entities

PHONE = re.compile(r"(?<![\w+/.])\+\d(?:[ \-()]{0,2}\d){8,14}(?![\w@/])")


def recognised(units: str) -> list[Entity]:
    """Everything that a text without markup has of entities, in order."""
    found = found_entities(units)
    if "+" not in units:
        return found
    taken = [(entity.offset, entity.end) for entity in found]
    phones = [
        Entity("phone_number", match.start(), len(match.group()))
        for match in PHONE.finditer(units)
        if all(match.end() <= start or match.start() >= end for start, end in taken)
    ]
    return sorted([*found, *phones], key=lambda entity: entity.order)

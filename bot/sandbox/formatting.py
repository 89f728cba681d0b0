"""What becomes of a text on its way to a chat: markup parsed, space trimmed, entities in order."""

from collections.abc import Sequence
from typing import Any

from bot.sandbox import html, legacy_markdown, markdown
from bot.sandbox.entities import Entity, MarkupError, narrow, wide
from bot.sandbox.errors import bad_request
from bot.sandbox.phones import recognised
from bot.sandbox.request import Request, whole_number
from bot.sandbox.tidying import tidied

MAX_RAW_BYTES = 32_768
MAX_ENTITIES = 100
PARSERS = {"html": html.parse, "markdownv2": markdown.parse, "markdown": legacy_markdown.parse}


def formatted(
    ask: Request, name: str, entities_name: str, mode_name: str = "parse_mode"
) -> tuple[str, list[Entity]]:
    """The parameter's text in UTF-16 units and its entities; "" when nothing is left of it."""
    raw = ask.text(name)
    try:
        if len(raw.encode()) > MAX_RAW_BYTES:
            raise bad_request("text is too long")
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    units, entities = _parsed(raw, ask.text(mode_name).lower(), ask, entities_name)
    return tidied(units, entities, recognised)


def _parsed(raw: str, mode: str, ask: Request, entities_name: str) -> tuple[str, list[Entity]]:
    if mode in ("", "none"):
        units = wide(raw)
        return units, given_entities(ask, entities_name, units)
    if mode not in PARSERS:
        raise bad_request("unsupported parse_mode")
    try:
        return PARSERS[mode](raw)
    except MarkupError as complaint:
        raise bad_request(f"can't parse entities: {complaint}") from None


def given_entities(ask: Request, name: str, units: str) -> list[Entity]:
    given = ask.structure(name, f"can't parse {name} JSON object")
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad_request(f"expected an Array of MessageEntity as {name}")
    entities = [_entity(item) for item in given]
    for entity in entities:
        if entity.offset < 0 or entity.offset > len(units):
            raise bad_request(f"receive an entity with incorrect offset {entity.offset}")
        if entity.length < 0:
            raise bad_request(f"receive an entity with incorrect length {entity.length}")
        if entity.end > len(units):
            place = f"ends after the end of the text at UTF-16 offset {len(units)}"
            raise bad_request(f"entity beginning at UTF-16 offset {entity.offset} {place}")
    return sorted((e for e in entities if e.length), key=lambda entity: entity.order)


def _entity(item: Any) -> Entity:
    if not isinstance(item, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    for name in ("type", "offset", "length"):
        if name not in item:
            raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
    extra = {key: item[key] for key in item if key not in ("type", "offset", "length")}
    if isinstance(user := extra.pop("user", None), dict):
        extra["user_id"] = user.get("id", 0)
    place, length = whole_number(item["offset"]), whole_number(item["length"])
    return Entity(str(item["type"]), place, length, tuple(extra.items()))


def text_fields(
    ask: Request, units: str, entities: Sequence[Entity], text: str, entities_name: str
) -> dict[str, Any]:
    """The message fields: `text` and `entities`, or `caption` and `caption_entities`."""
    if not units:
        return {}
    listed = [_json(ask, entity) for entity in entities[:MAX_ENTITIES]]
    return {text: narrow(units), **({entities_name: listed} if listed else {})}


def _json(ask: Request, entity: Entity) -> dict[str, Any]:
    described = entity.json
    if user_id := described.pop("user_id", None):
        described["user"] = ask.sandbox.world.actor(user_id)
    return described

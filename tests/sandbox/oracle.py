"""TDLib, asked what it makes of a text: no network, no account."""

import json
from typing import Any

import tdjson

KINDS = {
    "PreCode": "pre",
    "TextUrl": "text_link",
    "MentionName": "text_mention",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "EmailAddress": "email",
    "BotCommand": "bot_command",
    "PhoneNumber": "phone_number",
    "BankCardNumber": "bank_card",
    "CustomEmoji": "custom_emoji",
    "DateTime": "date_time",
}
EXTRAS = {
    "url": "url",
    "user_id": "user_id",
    "language": "language",
    "custom_emoji_id": "custom_emoji_id",
}

SERVER_SIDE = ("phone_number", "bank_card", "mediatimestamp")

Found = list[tuple[str, int, int, tuple[tuple[str, Any], ...]]]

tdjson.td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')


def parsed(text: str, mode: dict[str, Any]) -> tuple[str, Found] | str:
    """Plain text and entities, or the complaint."""
    answer = _execute({"@type": "parseTextEntities", "text": text, "parse_mode": mode})
    if answer["@type"] == "error":
        return str(answer["message"]).removeprefix("Can't parse entities: ")
    return answer["text"], _found(answer["entities"])


def html(text: str) -> tuple[str, Found] | str:
    return parsed(text, {"@type": "textParseModeHTML"})


def markdown(text: str, version: int) -> tuple[str, Found] | str:
    return parsed(text, {"@type": "textParseModeMarkdown", "version": version})


def automatic(text: str) -> Found:
    """What TDLib recognises, without what bots are never told of."""
    found = _found(_execute({"@type": "getTextEntities", "text": text})["entities"])
    return [entity for entity in found if entity[0] not in SERVER_SIDE]


def arranged(text: str, entities: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Entities that overlap, as Telegram puts them in order."""
    names = {"pre": "Pre", "blockquote": "BlockQuote"}
    described = [
        {
            "@type": "textEntity",
            "offset": offset,
            "length": length,
            "type": {"@type": f"textEntityType{names.get(kind, kind.capitalize())}"},
        }
        for kind, offset, length in entities
    ]
    formatted = {"@type": "formattedText", "text": text, "entities": described}
    answer = _execute({"@type": "parseMarkdown", "text": formatted})
    return [found[:3] for found in _found(answer["entities"])]


def _execute(request: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(tdjson.td_execute(json.dumps(request).encode()) or b"{}")
    return answer


def _found(entities: list[dict[str, Any]]) -> Found:
    return [(_kind(one), one["offset"], one["length"], _extra(one["type"])) for one in entities]


def _kind(entity: dict[str, Any]) -> str:
    name = str(entity["type"]["@type"]).removeprefix("textEntityType")
    return KINDS.get(name, name.lower())


def _extra(described: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((EXTRAS[key], value) for key, value in described.items() if key in EXTRAS)

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
    return _found(_execute({"@type": "getTextEntities", "text": text})["entities"])


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
